/**
 * A driver's file in a QuickJS of its own, and the bridge to the kernel: the driver calls the routines of its Ddk, the
 * kernel the functions that the driver has given addresses. A bugcheck unwinds through it without the driver being able to
 * catch it: from then on no call out of the sandbox does anything, and whatever it comes to, the host throws the bugcheck.
 */
import type { QuickJSHandle } from "quickjs-emscripten-core";
import { BugcheckSignal } from "../kernel/ke/bugcheck";
import { KernelFault } from "../kernel/mem/kernelFault";
import type { Ddk, NtStatus } from "../kernel/wdk/ddk";
import { type DdkRoutines, routinesOf } from "./ddkRoutines";
import { placedText, placesIn, stackText, thrownText } from "./driverException";
import { HeldThings } from "./heldThings";
import kitText from "./inside/driverKit.ts?sandbox";
import sandboxText from "./inside/sandbox.ts?sandbox";
import { newQuickJs, type QuickJs } from "./quickJs";
import { type CallLike, toHost, toSandbox } from "./sandboxValues";

export interface SandboxOptions {
  /** The driver's file without folders: it stands in stacks. */
  readonly fileName: string;
  /** Milliseconds from any beginning. */
  now?(): number;
  /** Milliseconds that one call into the driver may take, with all that it calls. */
  readonly runLimit?: number;
}

/** Longer than any routine needs, and than a window takes to offer the restart of an engine that does not answer. */
const RUN_LIMIT = 30_000;
/** Calls of the driver within calls of the driver: each takes some 3 KB of the host's stack. */
const MAX_DEPTH = 100;

const KIT = "ntscope/driver";
const OWN = "ntscope:sandbox";

interface Inside {
  readonly start: QuickJSHandle;
  readonly invoke: QuickJSHandle;
  readonly resume: QuickJSHandle;
  readonly forget: QuickJSHandle;
  readonly describe: QuickJSHandle;
  readonly stack: QuickJSHandle;
}

/** A generator of the driver's waits for what a routine of the kernel answered. */
interface Blocked {
  readonly generator: number;
  readonly call: number;
}

/** What a routine of the driver's came to; with a call alone, it returned the answer of a routine of the kernel. */
type Outcome = number | undefined | Blocked | { readonly call: number };

interface Failure {
  readonly error: unknown;
}

/** Errors of JavaScript itself, as against what the kernel throws to unwind its callers. */
const plainErrors: readonly unknown[] = [
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  EvalError,
  URIError,
];

function isPlain(error: unknown): boolean {
  return error instanceof Error && plainErrors.includes(Object.getPrototypeOf(error).constructor);
}

/** Whether a driver could handle it with __try: a fault at an address of the kernel is a bugcheck on the spot. */
function isCatchable(error: unknown): boolean {
  if (error instanceof KernelFault) return error.reason === "nonCanonical" || error.address >= 0;
  return isPlain(error) && !isHostStackOverflow(error);
}

/** What unwinds one thread, such as the end of it; the driver goes on with its others. */
function unwindsOnly(error: unknown): boolean {
  return !(error instanceof BugcheckSignal || error instanceof KernelFault || isPlain(error));
}

/** Where the kernel's own code ran out of stack, nobody knows what it has left undone. */
function isHostStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

function detailsOf(error: unknown): object {
  if (!(error instanceof KernelFault)) return {};
  return { address: error.address, operation: error.operation, reason: error.reason };
}

/** Whether a frame is one in which the kernel calls into the driver. */
function isEntry(name: string, source: string): boolean {
  return source === OWN && /^(?:start|invoke|resume)$/.test(name);
}

/** Goes on with a generator that has been run up to its first `yield`. */
function* continued(first: unknown, rest: Generator<unknown, unknown, unknown>): Generator<unknown, unknown, unknown> {
  try {
    let step = rest.next(yield first);
    while (!step.done) step = rest.next(yield step.value);
    return step.value;
  } finally {
    rest.return(undefined);
  }
}

export class DriverSandbox {
  readonly #fileName: string;
  readonly #now: () => number;
  readonly #runLimit: number;
  readonly #errors = new HeldThings<unknown>();
  readonly #calls = new HeldThings<CallLike>();
  #inside: Inside | undefined;
  #entry: QuickJSHandle | undefined;
  #toHost: QuickJSHandle | undefined;
  #ddk: DdkRoutines | undefined;
  /** What every call throws from now on: a bugcheck is on its way, or QuickJS is of no use any more. */
  #end: { readonly error: unknown; readonly isPassing?: boolean } | undefined;
  /** WebAssembly was left in the middle: it can't be asked to clean up. */
  #isBroken = false;
  #isDisposed = false;
  #freeProblem: unknown;
  #depth = 0;
  #deadline = Number.POSITIVE_INFINITY;

  private constructor(
    private readonly js: QuickJs,
    { fileName, now = () => performance.now(), runLimit = RUN_LIMIT }: SandboxOptions,
  ) {
    this.#fileName = fileName;
    this.#now = now;
    this.#runLimit = runLimit;
    js.runtime.setModuleLoader((name) => (name === KIT ? kitText : { error: new Error(this.#cantImport(name)) }));
    js.runtime.setInterruptHandler(() => this.#shouldStop());
  }

  /** A sandbox that holds a file's code, which has been run up to its exports; else why it can't be a driver. */
  static async load(code: string, options: SandboxOptions): Promise<DriverSandbox | { readonly problem: string }> {
    const sandbox = new DriverSandbox(await newQuickJs(), options);
    let problem: string | undefined;
    try {
      sandbox.#prepare();
      problem = sandbox.#evaluate(code);
    } catch (error) {
      problem = `${options.fileName}: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (problem === undefined) return sandbox;
    sandbox.dispose();
    return { problem };
  }

  #cantImport(name: string): string {
    return `"${name}" can't be imported: a driver is one file, and "${KIT}" all that it may import.`;
  }

  #shouldStop(): boolean {
    if (this.#end === undefined && this.#now() > this.#deadline) {
      const seconds = this.#runLimit / 1000;
      this.#end = { error: new Error(`a routine of ${this.#fileName} has run for ${seconds} s without returning`) };
    }
    return this.#end !== undefined;
  }

  #prepare(): void {
    const { context } = this.js;
    const own = context.evalCode(sandboxText, OWN, { type: "module" }).unwrap();
    const member = (name: keyof Inside) => context.getProp(own, name);
    this.#inside = {
      start: member("start"),
      invoke: member("invoke"),
      resume: member("resume"),
      forget: member("forget"),
      describe: member("describe"),
      stack: member("stack"),
    };
    own.dispose();
    this.#toHost = context.newFunction("kernel", (...handles) => this.#callHost(handles));
  }

  /** @returns the sentence that says what is wrong with the file */
  #evaluate(code: string): string | undefined {
    const { context } = this.js;
    const evaluated = this.#bracket(() => context.evalCode(code, this.#fileName, { type: "module" }));
    if (this.#end !== undefined) {
      evaluated.dispose();
      throw this.#end.error;
    }
    if (evaluated.error) return placedText(this.#fileName, this.#describe(evaluated.error));
    const state = context.getPromiseState(evaluated.value);
    const isModule = state.type === "fulfilled" && state.notAPromise === true;
    try {
      if (!isModule) return `${this.#fileName}: "await" outside of functions is nothing that a driver can do.`;
      const entry = context.getProp(evaluated.value, "default");
      if (context.typeof(entry) === "function") {
        this.#entry = entry;
        return undefined;
      }
      entry.dispose();
      return `${this.#fileName}: there is no DriverEntry: "export default" must give a function (ddk, driverObject, registryPath).`;
    } finally {
      evaluated.value.dispose();
    }
  }

  /** DriverEntry, once. Throws what the driver throws, but for an NtError, which is its status. */
  start(ddk: Ddk, driverObject: number, registryPath: number): NtStatus {
    const { context } = this.js;
    this.#ddk = routinesOf(ddk);
    const shape = context.newString(JSON.stringify(this.#ddk.shape));
    const { start } = this.#inside as Inside;
    const kept = [this.#toHost, shape, this.#entry] as QuickJSHandle[];
    try {
      return this.#started(this.#ask(start, this.#numbers([driverObject, registryPath]), kept)) as NtStatus;
    } finally {
      if (shape.alive) shape.dispose();
    }
  }

  #numbers(values: readonly unknown[]): QuickJSHandle[] {
    return values.map((value) => this.js.context.newNumber(typeof value === "number" ? value : Number.NaN));
  }

  #invoke(id: number, parameters: readonly unknown[]): unknown {
    this.#throwIfEnded();
    return this.#started(this.#ask((this.#inside as Inside).invoke, this.#numbers([id, ...parameters])));
  }

  #throwIfEnded(): void {
    if (this.#end !== undefined) throw this.#end.error;
    if (this.#isDisposed) throw new Error(`${this.#fileName} is not loaded any more`);
  }

  /** One call into QuickJS. Ends with what ends the sandbox, whatever the driver made of it. */
  #bracket<T>(call: () => T): T {
    this.#throwIfEnded();
    if (this.#depth === MAX_DEPTH) {
      const error = new Error(`${this.#fileName} has called itself through the kernel ${MAX_DEPTH} times deep`);
      this.#end = { error };
      throw error;
    }
    if (this.#depth === 0) this.#deadline = this.#now() + this.#runLimit;
    this.#depth++;
    try {
      return call();
    } catch (error) {
      // Only QuickJS itself throws here: what a driver or the kernel throws comes back as a value.
      this.#isBroken = true;
      this.#end ??= { error: isHostStackOverflow(error) ? new Error("the driver's stack is exhausted") : error };
      throw this.#end.error;
    } finally {
      this.#depth--;
      if (this.#depth === 0) this.#didLeave();
    }
  }

  #didLeave(): void {
    this.#deadline = Number.POSITIVE_INFINITY;
    if (this.#end?.isPassing) this.#end = undefined;
    if (this.#isDisposed) this.#free();
  }

  /**
   * @param handles are disposed
   * @param kept come before them and are not
   */
  #ask(routine: QuickJSHandle, handles: readonly QuickJSHandle[], kept: readonly QuickJSHandle[] = []): Outcome {
    const outcome = this.#bracket(() => {
      const { context } = this.js;
      const result = context.callFunction(routine, context.undefined, [...kept, ...handles]);
      for (const handle of handles) handle.dispose();
      const end = this.#end;
      if (end === undefined) return result.error ? this.#thrown(result.error) : this.#read(result.value);
      result.dispose();
      return end;
    });
    if (this.#end !== undefined) throw this.#end.error;
    if (typeof outcome === "object" && "error" in outcome) throw outcome.error;
    return outcome;
  }

  /** What the driver did not catch. */
  #thrown(handle: QuickJSHandle): NtStatus | Failure {
    const thrown = this.#describe(handle);
    if (thrown.status !== undefined) return thrown.status;
    const where = stackText(this.#fileName, thrown.stack);
    const known = thrown.hostError === undefined ? undefined : this.#errors.take(thrown.hostError);
    if (known instanceof KernelFault) {
      known.message += where;
      return { error: known };
    }
    const error = new Error(`${thrown.message}${where}`);
    error.name = thrown.name;
    return { error };
  }

  #describe(handle: QuickJSHandle): ReturnType<typeof thrownText> {
    const { context } = this.js;
    const described = context.callFunction((this.#inside as Inside).describe, context.undefined, handle);
    handle.dispose();
    const text = described.error ? "" : context.getString(described.value);
    described.dispose();
    return text === ""
      ? { ...thrownText(""), message: "something was thrown that can't be looked at" }
      : thrownText(text);
  }

  #read(handle: QuickJSHandle): Outcome | Failure {
    const { context } = this.js;
    const number = context.getNumber(handle);
    const isNumber = !Number.isNaN(number) || context.typeof(handle) === "number";
    const text = isNumber ? "" : context.getString(handle);
    handle.dispose();
    if (isNumber) return number;
    const { nothing, bad, blocked, call } = JSON.parse(text) as Record<string, unknown>;
    if (nothing === true) return undefined;
    if (typeof blocked === "object" && blocked !== null) return blocked as Blocked;
    if (typeof call === "number") return { call };
    return { error: new TypeError(`a routine returned ${bad}; it returns a number, such as an NTSTATUS, or nothing`) };
  }

  /** Runs a routine on to its first real wait: one that need not wait has its number at once. */
  #started(outcome: Outcome): unknown {
    if (typeof outcome !== "object") return outcome;
    if (!("generator" in outcome)) return this.#taken(outcome.call);
    const run = this.#drive(outcome);
    const step = run.next();
    return step.done ? step.value : continued(step.value, run);
  }

  /** An iterable whose value, as that of any Call, is what it returns in the end. */
  #taken(call: number): CallLike {
    const taken = this.#calls.take(call);
    if (taken === undefined) throw new TypeError("the answer of a routine can be taken with yield* only once");
    return taken;
  }

  *#drive(first: Blocked): Generator<unknown, unknown, unknown> {
    let blocked: Blocked | undefined = first;
    try {
      for (;;) {
        const { generator, call }: Blocked = blocked;
        let handle: QuickJSHandle | undefined;
        try {
          const value: unknown = yield* this.#taken(call);
          this.#throwIfEnded();
          handle = toSandbox(this.js.context, value, this.#calls) ?? this.js.context.undefined;
        } catch (error) {
          this.#throwIfEnded();
          if (!isCatchable(error)) throw error;
          handle = this.#throwInto(error);
        }
        // From here on it has ended, or waits under the next outcome.
        blocked = undefined;
        const outcome: Outcome = this.#ask((this.#inside as Inside).resume, [...this.#numbers([generator]), handle]);
        if (typeof outcome !== "object") return outcome;
        if (!("generator" in outcome)) return yield* this.#taken(outcome.call);
        blocked = outcome;
      }
    } finally {
      if (blocked !== undefined) this.#forget(blocked.generator);
    }
  }

  #forget(generator: number): void {
    if (this.#end !== undefined || this.#isDisposed) return;
    this.#ask((this.#inside as Inside).forget, this.#numbers([generator]));
  }

  /** A call out of the sandbox. Nothing is thrown through QuickJS: errors go in as texts. */
  #callHost([index, kinds, ...handles]: QuickJSHandle[]): QuickJSHandle | undefined {
    const { context } = this.js;
    try {
      if (this.#end !== undefined) throw this.#end.error;
      const routine = index && this.#ddk?.routines[context.getNumber(index)];
      if (!routine || kinds === undefined) throw new TypeError("no such routine");
      const functionOf =
        (id: number) =>
        (...parameters: number[]) =>
          this.#invoke(id, parameters);
      const values = toHost(context, handles, context.getNumber(kinds), functionOf);
      return toSandbox(context, routine.code(...values), this.#calls);
    } catch (error) {
      return this.#throwInto(error);
    }
  }

  #throwInto(error: unknown): QuickJSHandle {
    if (!isCatchable(error)) this.#end ??= { error, isPassing: unwindsOnly(error) };
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    const id = this.#errors.hold(error);
    return this.js.context.newString(`!${JSON.stringify({ id, name, message, details: detailsOf(error) })}`);
  }

  /** For a stop screen: where each call into the file that is under way stands, innermost first. */
  places(): readonly string[] {
    if (this.#depth === 0 || this.#end !== undefined || this.#isBroken || this.#inside === undefined) return [];
    const { context } = this.js;
    try {
      const asked = context.callFunction(this.#inside.stack, context.undefined);
      const stack = asked.error ? "" : context.getString(asked.value);
      asked.dispose();
      return placesIn(this.#fileName, stack, isEntry);
    } catch {
      // The host's stack has run out below WebAssembly, which is of no use then.
      this.#isBroken = true;
      return [];
    }
  }

  /** Lets go of QuickJS, at once or when the call that runs in it has returned. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    if (this.#depth === 0) this.#free();
  }

  #free(): void {
    this.#ddk = undefined;
    if (this.#isBroken) return;
    const { start, invoke, resume, forget, describe, stack } = this.#inside ?? {};
    try {
      for (const handle of [start, invoke, resume, forget, describe, stack, this.#entry, this.#toHost])
        handle?.dispose();
      this.js.context.dispose();
      this.js.runtime.dispose();
    } catch (error) {
      this.#freeProblem = error;
    }
  }

  /** QuickJS counts its references: what it says when some were left. All of it goes with the WebAssembly anyway. */
  get freeProblem(): unknown {
    return this.#freeProblem;
  }
}
