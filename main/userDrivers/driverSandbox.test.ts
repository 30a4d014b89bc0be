/** The bridge by itself, against routines that are not the kernel's: waits, answers that are handed on, what is left over. */
import { describe, expect, it } from "vitest";
import { BufferMemory } from "../../native-bindings/abi/byteMemory";
import { BugcheckSignal } from "../kernel/ke/bugcheck";
import type { Ddk } from "../kernel/wdk/ddk";
import { DriverSandbox } from "./driverSandbox";

type Routine = (...parameters: number[]) => unknown;

/** A routine's answer as the kernel gives it: `waits` yields before the value is there. */
function* answer(value: unknown, waits: number): Generator<string, unknown, unknown> {
  for (let wait = 0; wait < waits; wait++) yield `wait ${wait}`;
  return value;
}

interface Rig {
  readonly sandbox: DriverSandbox;
  readonly printed: unknown[];
  /** By the names that the driver gave them. */
  readonly routines: Record<string, Routine>;
  readonly result: unknown;
}

async function rig(code: string, more: Record<string, unknown> = {}): Promise<Rig> {
  const sandbox = await DriverSandbox.load(code, { fileName: "x.js" });
  if ("problem" in sandbox) throw new Error(sandbox.problem);
  const printed: unknown[] = [];
  const routines: Record<string, Routine> = {};
  const ddk = {
    memory: new BufferMemory(64),
    DbgPrint: (_format: string, text: string) => void printed.push(text),
    routine: (name: string, routine: Routine) => {
      routines[name] = routine;
      return Object.keys(routines).length;
    },
    Wait: (value: number, waits: number) => answer(value, waits),
    ...more,
  };
  const result = sandbox.start(ddk as unknown as Ddk, 1, 2);
  return { sandbox, printed, routines, result };
}

/** Runs a coroutine as a scheduler does: each yield, and what it came to. */
function drive(coroutine: unknown): { yields: unknown[]; value: unknown } {
  const yields: unknown[] = [];
  const iterator = coroutine as Iterator<unknown, unknown, unknown>;
  for (;;) {
    const step = iterator.next(undefined);
    if (step.done) return { yields, value: step.value };
    yields.push(step.value);
  }
}

const sum = `export default function* (ddk) {
  const first = yield* ddk.Wait(20, 2);
  const second = yield* ddk.Wait(2, 1);
  console.log("after", first, second);
  return first + second;
}`;

describe("a routine that waits", () => {
  it("is a coroutine of the host's, which goes on when its wait is over", async () => {
    const { result, printed, sandbox } = await rig(sum);
    expect(printed).toEqual([]);
    expect(drive(result)).toEqual({ yields: ["wait 0", "wait 1", "wait 0"], value: 22 });
    expect(printed).toEqual(["after 20 2"]);
    sandbox.dispose();
    expect(sandbox.freeProblem).toBeUndefined();
  });

  it("has its number at once when nothing blocks", async () => {
    const { result } = await rig(sum.replace(/, [12]\)/g, ", 0)"));
    expect(result).toBe(22);
  });

  it("may hand the answer of a routine on, from a plain function as from a generator", async () => {
    const plain = await rig("export default (ddk) => ddk.Wait(7, 1);");
    expect(drive((plain.result as Iterable<unknown>)[Symbol.iterator]())).toEqual({ yields: ["wait 0"], value: 7 });
    const generator = await rig("export default function* (ddk) { yield* ddk.Wait(1, 1); return ddk.Wait(8, 1); }");
    expect(drive(generator.result)).toEqual({ yields: ["wait 0", "wait 0"], value: 8 });
  });

  it("runs beside others, and is forgotten when it is given up", async () => {
    const { routines, printed, sandbox } = await rig(`export default (ddk) => {
      ddk.routine("A", function* (n) { const v = yield* ddk.Wait(n, 1); console.log("A", v); return v; });
      ddk.routine("B", function* (n) { try { yield* ddk.Wait(n, 1); } finally { console.log("never"); } });
      return 0;
    }`);
    const [first, second, third] = [routines.A?.(1), routines.A?.(2), routines.B?.(3)] as Generator[];
    for (const waiting of [first, second, third]) expect(waiting?.next().value).toBe("wait 0");
    third?.return(undefined);
    expect([second?.next(), first?.next()]).toEqual([
      { done: true, value: 2 },
      { done: true, value: 1 },
    ]);
    expect(printed).toEqual(["A 2", "A 1"]);
    sandbox.dispose();
    expect(sandbox.freeProblem).toBeUndefined();
  });

  it("takes an answer once, and gets objects, texts and bigints through it", async () => {
    const { result, printed } = await rig(
      `export default function* (ddk) {
        const call = ddk.Open();
        const { status, name, size, none } = yield* call;
        console.log(status, name === "\\ud800\\0", size, none);
        try { yield* call; } catch (error) { console.log(error.message); }
        return 1;
      }`,
      { Open: () => answer({ status: 5, name: "\ud800\0", size: 1n << 63n, none: null }, 1) },
    );
    expect(drive(result).value).toBe(1);
    expect(printed).toEqual([
      "5 true 9223372036854775808 null",
      "the answer of a routine can be taken with yield* only once",
    ]);
  });

  it("throws what ended the wait, and runs no more of the driver after a bugcheck", async () => {
    const signal = new BugcheckSignal({ code: 1, name: "X", parameters: [], rule: "", stack: [] });
    const { result, printed, sandbox } = await rig(
      "export default function* (ddk) { try { yield* ddk.Fail(); } finally { console.log('never'); } }",
      {
        Fail: function* () {
          yield "wait";
          throw signal;
        },
      },
    );
    expect(() => drive(result)).toThrow(signal);
    expect(printed).toEqual([]);
    sandbox.dispose();
    expect(sandbox.freeProblem).toBeUndefined();
  });
});

describe("what unwinds a thread", () => {
  /** As the end of a system thread is: no Error of JavaScript's. */
  class ThreadEnd {}

  it("can't be caught, and leaves the driver's other routines as they are", async () => {
    const end = new ThreadEnd();
    const { routines, printed, sandbox } = await rig(
      `export default (ddk) => {
        ddk.routine("Thread", function* () {
          yield* ddk.Wait(1, 1);
          for (;;) { try { ddk.End(); } catch { } console.log("never"); }
        });
        ddk.routine("Other", () => { console.log("other"); return 4; });
        return 0;
      }`,
      {
        End: () => {
          throw end;
        },
      },
    );
    let thrown: unknown;
    try {
      drive(routines.Thread?.());
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBe(end);
    expect(routines.Other?.()).toBe(4);
    expect(printed).toEqual(["other"]);
    sandbox.dispose();
    expect(sandbox.freeProblem).toBeUndefined();
  });

  it("is no matter for an error that a wait ends with: that is thrown where the driver waits", async () => {
    const { result, printed } = await rig(
      `export default function* (ddk) {
        try { yield* ddk.Fail(); } catch (error) { console.log(error.name, error.message); }
        return yield* ddk.Wait(6, 1);
      }`,
      {
        Fail: function* () {
          yield "wait";
          throw new TypeError("bad name");
        },
      },
    );
    expect(drive(result).value).toBe(6);
    expect(printed).toEqual(["TypeError bad name"]);
  });
});

describe("a sandbox", () => {
  it("offers a routine that the kit has gained, and no more of memory than its bytes", async () => {
    const { printed } = await rig(
      "export default (ddk) => { console.log(Object.keys(ddk).join(), Object.keys(ddk.memory).every((n) => /^(read|write)/.test(n))); return ddk.New(1, 'a', true, 5n, new Uint8Array(2)); }",
      {
        New: (...args: unknown[]) => {
          expect(args).toEqual([1, "a", true, 5n, new Uint8Array(2)]);
          return 0;
        },
      },
    );
    expect(printed).toEqual(["DbgPrint,routine,Wait,New,memory true"]);
  });

  it("counts its references right through thousands of calls, errors and bytes", async () => {
    const { sandbox, routines } = await rig(
      `export default (ddk) => {
        ddk.routine("Work", (n) => {
          ddk.memory.writeBytes(n % 32, new Uint8Array([n, n + 1]));
          try { ddk.memory.readU8(1e6); } catch { }
          try { ddk.Nothing(); } catch { }
          ddk.memory.readBytes(0, 64);
          return ddk.memory.readU8(n % 32);
        });
        ddk.routine("Throw", () => { throw new TypeError("no"); });
        return 0;
      }`,
      { Nothing: () => ({ a: 1n }) },
    );
    for (let n = 0; n < 3000; n++) expect(routines.Work?.(n)).toBe(n % 256);
    for (let n = 0; n < 300; n++) expect(() => routines.Throw?.()).toThrow("no (at");
    sandbox.dispose();
    expect(sandbox.freeProblem).toBeUndefined();
    expect(() => routines.Work?.(1)).toThrow("not loaded any more");
  });

  it("is let go of by a call from within only when that has returned", async () => {
    const state: { sandbox?: DriverSandbox } = {};
    const { sandbox, routines } = await rig(
      "export default (ddk) => { ddk.routine('Unload', () => { ddk.Unload(); return 3; }); return 0; }",
      { Unload: () => state.sandbox?.dispose() },
    );
    state.sandbox = sandbox;
    expect(routines.Unload?.()).toBe(3);
    expect(sandbox.freeProblem).toBeUndefined();
    expect(() => routines.Unload?.()).toThrow("not loaded any more");
  });

  it("stays usable for the host after WebAssembly itself ran out of stack", async () => {
    const { sandbox, routines } = await rig("export default (ddk) => { ddk.routine('R', (n) => n + 1); return 0; }");
    const deep = (): unknown => {
      try {
        return deep();
      } catch {
        return routines.R?.(1);
      }
    };
    // Whether the call comes through depends on the few bytes left; either way nothing worse than an error happens.
    let outcome: unknown;
    try {
      outcome = deep();
    } catch (error) {
      outcome = error;
    }
    expect(outcome === 2 || outcome instanceof Error).toBe(true);
    sandbox.dispose();
  });
});
