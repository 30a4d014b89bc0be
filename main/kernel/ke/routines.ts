/**
 * Kernel routines and TypeScript drivers' functions as addresses: structures in memory hold routine addresses
 * (DriverUnload, MajorFunction, completion routines), and `call` is the model's call instruction. Every
 * module lies in the image region at an address of its own, so that an address says whose it is.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { AddressMap } from "../mem/addressMap";
import { PAGE_SIZE } from "../mem/frames";
import { IMAGE_REGION } from "../mem/regions";
import { type Coroutine, isCoroutine, type WaitRequest } from "./call";

/** Whatever the routine's contract says: addresses, numbers, or JS values between TypeScript parts. */
export type Routine = (...parameters: never[]) => unknown;

export interface KernelModule {
  readonly name: string;
  readonly base: Address;
  /** In bytes, a multiple of the page size. */
  readonly size: number;
}

interface DefinedRoutine {
  readonly address: Address;
  readonly module: KernelModule;
  readonly name: string;
  readonly routine: Routine;
}

/** Functions are 16-byte aligned in compiled images, which also spaces the model's addresses. */
const ROUTINE_SPACING = 16;
/** The first page of an image holds its headers. */
const HEADERS = PAGE_SIZE;
const DEFAULT_MODULE_SIZE = 0x8000;
/** Images are spaced like real drivers, on 64 KiB boundaries. */
const MODULE_ALIGNMENT = 0x1_0000;
/** Deeper than any driver stack needs; a driver that calls itself for ever ends here instead of in the host. */
const MAXIMUM_CALL_DEPTH = 500;

/** Told of a call that can't be made; must not return. */
export type BadCall = (address: Address, problem: "unknownRoutine" | "stackOverflow" | "ignoredWait") => never;

export type RoutineThrew = (error: unknown, address: Address) => never;

export class RoutineTable {
  readonly #modules = new Map<string, KernelModule>();
  readonly #routines = new AddressMap<DefinedRoutine>();
  readonly #unloaded = new Map<Address, string>();
  readonly #nextRoutine = new Map<KernelModule, Address>();
  readonly #whenRemoved = new Map<KernelModule, () => void>();
  readonly #placesOf = new Map<KernelModule, () => readonly string[]>();
  readonly #calls: DefinedRoutine[] = [];
  readonly #badCall: BadCall;
  /** How deep the routine is that was handed a wait and has not begun to wait yet; -1 for none. */
  #unawaitedDepth = -1;
  /** The wait that was asked for last, and by which routines. */
  #lastWait: { readonly request: WaitRequest; readonly routines: readonly string[] } | undefined;
  #nextBase: Address = IMAGE_REGION.start + MODULE_ALIGNMENT;

  constructor(badCall: BadCall) {
    this.#badCall = badCall;
  }

  /**
   * Reserves an image range for a module. A module of that name must not be defined.
   * @param size in bytes; grows to hold whole pages
   */
  defineModule(name: string, size = DEFAULT_MODULE_SIZE): KernelModule {
    if (this.#modules.has(name)) throw new RangeError(`module ${name} is already defined`);
    const bytes = Math.ceil(size / PAGE_SIZE) * PAGE_SIZE;
    const module: KernelModule = { name, base: this.#nextBase, size: bytes };
    this.#nextBase += Math.ceil(bytes / MODULE_ALIGNMENT) * MODULE_ALIGNMENT;
    this.#modules.set(name, module);
    this.#nextRoutine.set(module, module.base + HEADERS);
    return module;
  }

  /**
   * Forgets a module's routines, as unloading its image does. Its addresses are not given out again, so that a call of one
   * can be told from a wild one.
   */
  removeModule(module: KernelModule): void {
    this.#modules.delete(module.name);
    this.#nextRoutine.delete(module);
    for (const [address, defined] of this.#routines.entries()) {
      if (defined.module !== module) continue;
      this.#routines.delete(address);
      this.#unloaded.set(address, spell(defined));
    }
    const removed = this.#whenRemoved.get(module);
    this.#whenRemoved.delete(module);
    this.#placesOf.delete(module);
    removed?.();
  }

  /** Told once, when the module has been removed; its code may still be on the call stack. */
  whenRemoved(module: KernelModule, removed: () => void): void {
    this.#whenRemoved.set(module, removed);
  }

  /**
   * For a module that has lines of source: asked when a call stack is to be told.
   * @param places where its code that runs now stands: "x.ts:41", for each call into the module, innermost first; "" for
   * one that is not known
   */
  setPlaces(module: KernelModule, places: () => readonly string[]): void {
    this.#placesOf.set(module, places);
  }

  /** The name that a routine had whose driver has been unloaded. */
  unloadedName(address: Address): string | undefined {
    return this.#unloaded.get(address);
  }

  hasModule(name: string): boolean {
    return this.#modules.has(name);
  }

  get modules(): readonly KernelModule[] {
    return [...this.#modules.values()];
  }

  moduleAt(address: Address): KernelModule | undefined {
    for (const module of this.#modules.values()) {
      if (address >= module.base && address < module.base + module.size) return module;
    }
    return undefined;
  }

  /** Throws a RangeError when the module's range is full: it was defined too small. */
  define(module: KernelModule, name: string, routine: Routine): Address {
    const address = this.#nextRoutine.get(module);
    if (address === undefined) throw new RangeError(`module ${module.name} is not defined`);
    if (address >= module.base + module.size) throw new RangeError(`module ${module.name} has no room for ${name}`);
    this.#nextRoutine.set(module, address + ROUTINE_SPACING);
    this.#routines.set(address, { address, module, name, routine });
    return address;
  }

  isRoutine(address: Address): boolean {
    return this.#routines.has(address);
  }

  /** "example!dispatchDevice"; "example+0x1010" inside a module; undefined elsewhere. */
  nameOf(address: Address): string | undefined {
    const defined = this.#routines.get(address);
    if (defined !== undefined) return spell(defined);
    const module = this.moduleAt(address);
    return module && `${module.name}+0x${(address - module.base).toString(16)}`;
  }

  /**
   * Calls what is defined at `address`.
   * @returns its result; a coroutine when it waits, whose first step has been made
   */
  call(address: Address, ...parameters: readonly unknown[]): unknown {
    const defined = this.#enter(address);
    try {
      return this.#settle(defined, address, defined.routine(...(parameters as never[])), passOn);
    } finally {
      this.#calls.pop();
    }
  }

  /**
   * As {@link call}, for the I/O manager's hot path: three parameters and no array of them.
   * @param threw told of what the routine threw while it is still on the call stack; must not return
   */
  call3(address: Address, first: Address, second: Address, third: Address, threw: RoutineThrew): unknown {
    const defined = this.#enter(address);
    try {
      const result = (defined.routine as (...parameters: Address[]) => unknown)(first, second, third);
      return this.#settle(defined, address, result, threw);
    } catch (error) {
      return threw(error, address);
    } finally {
      this.#calls.pop();
    }
  }

  #enter(address: Address): DefinedRoutine {
    const defined = this.#routines.get(address);
    if (defined === undefined) return this.#badCall(address, "unknownRoutine");
    if (this.#calls.length === MAXIMUM_CALL_DEPTH) return this.#badCall(address, "stackOverflow");
    this.#calls.push(defined);
    return defined;
  }

  #settle(defined: DefinedRoutine, address: Address, result: unknown, threw: RoutineThrew): unknown {
    const settled =
      typeof result === "object" && isCoroutine(result) ? this.#begin(defined, address, result, threw) : result;
    if (this.#unawaitedDepth === this.#calls.length) this.#badCall(address, "ignoredWait");
    return settled;
  }

  /** Its first step, which is all when it does not have to wait. */
  #begin(defined: DefinedRoutine, address: Address, coroutine: Coroutine<unknown>, threw: RoutineThrew): unknown {
    const first = coroutine.next(0);
    if (first.done) return first.value;
    this.#didAskToWait(first.value);
    const resume = (status: number): IteratorResult<WaitRequest, unknown> => {
      this.#calls.push(defined);
      try {
        const next = coroutine.next(status);
        if (this.#unawaitedDepth === this.#calls.length) this.#badCall(address, "ignoredWait");
        if (!next.done) this.#didAskToWait(next.value);
        return next;
      } catch (error) {
        return threw(error, address);
      } finally {
        this.#calls.pop();
      }
    };
    return new BegunCoroutine(first, resume, `${defined.module.name}!${defined.name}`);
  }

  /** What a routine answers that has to wait: its caller, who is running now, must `yield*` it. */
  awaiting<T>(coroutine: Coroutine<T>): Coroutine<T> {
    this.#unawaitedDepth = this.#calls.length;
    return new AwaitedCoroutine(coroutine, () => {
      this.#unawaitedDepth = -1;
    });
  }

  /** The innermost routine that is not the kernel's own: "example!DispatchRead". */
  get driverRoutine(): string | undefined {
    for (let at = this.#calls.length - 1; at >= 0; at -= 1) {
      const defined = this.#calls[at] as DefinedRoutine;
      if (defined.module.name !== "nt") return spell(defined);
    }
    return undefined;
  }

  /** The innermost routine that runs now and is not the kernel's own; 0 when no driver runs. */
  get runningDriverRoutine(): Address {
    for (let index = this.#calls.length - 1; index >= 0; index--) {
      const called = this.#calls[index] as DefinedRoutine;
      if (called.module.name !== "nt") return called.address;
    }
    return 0;
  }

  /** Told by each routine that the wait passes through; the innermost is the first, and all of them stand on the stack. */
  #didAskToWait(request: WaitRequest): void {
    if (this.#lastWait?.request !== request) this.#lastWait = { request, routines: this.callStack() };
  }

  /** The routines in which the wait that was asked for just now stands still, innermost first. */
  routinesOf(request: WaitRequest): readonly string[] {
    return this.#lastWait?.request === request ? this.#lastWait.routines : [];
  }

  /** The routines that run now, innermost first: "x!Write", or "x!Write (x.ts:41)" where the line is known. */
  callStack(): string[] {
    const left = new Map<KernelModule, string[]>();
    return this.#calls.toReversed().map((called) => {
      const places = left.get(called.module) ?? [...(this.#placesOf.get(called.module)?.() ?? [])];
      left.set(called.module, places);
      const place = places.shift();
      return place ? `${spell(called)} (${place})` : spell(called);
    });
  }
}

function passOn(error: unknown): never {
  throw error;
}

/** A routine that stands at its first wait. */
class BegunCoroutine implements Coroutine<unknown> {
  #first: IteratorResult<WaitRequest, unknown> | undefined;

  constructor(
    first: IteratorResult<WaitRequest, unknown>,
    private readonly resume: (status: number) => IteratorResult<WaitRequest, unknown>,
    /** Whose it is: "example!DispatchRead". */
    readonly name: string,
  ) {
    this.#first = first;
  }

  next(status: number): IteratorResult<WaitRequest, unknown> {
    const first = this.#first;
    if (first === undefined) return this.resume(status);
    this.#first = undefined;
    return first;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** Knows when somebody begins to wait for it. */
class AwaitedCoroutine<T> implements Coroutine<T> {
  constructor(
    private readonly coroutine: Coroutine<T>,
    private readonly didBegin: () => void,
  ) {}

  next(status: number): IteratorResult<WaitRequest, T> {
    this.didBegin();
    return this.coroutine.next(status);
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function spell({ module, name }: DefinedRoutine): string {
  return `${module.name}!${name}`;
}
