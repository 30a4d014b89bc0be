/**
 * Kernel routines that may wait. JavaScript has one stack, so a routine that waits is a generator: what it waits for is
 * what it yields, and the scheduler goes on with it when the wait is over. Who calls such a routine writes
 * `yield* routine(...)`, and the whole chain of callers stands still with it, as a thread's stack does in NT.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { ProcessorMode } from "../ob/caller";
import { Later } from "./later";

/** A wait as the scheduler sees it. */
export interface WaitRequest {
  /** Dispatcher objects, in the order that decides what the wait answers; none for a delay. */
  readonly objects: readonly Address[];
  readonly waitAll: boolean;
  readonly alertable: boolean;
  /** KWAIT_REASON: told, without effect. */
  readonly reason: number;
  readonly mode: ProcessorMode;
  /** Interrupt time at which it gives up, in 100 ns; Infinity for never. */
  readonly due: number;
  /** For what is no dispatcher object: how the end comes to be known, and what it is, in words. */
  readonly other?: OtherWait;
}

export interface OtherWait {
  /** Called when the thread stands still; `resume` may be called at once, and counts once. */
  begin(resume: (status: number) => void): void;
  readonly kind: string;
  readonly name: string;
  /** What it is, in memory; 0 for nothing. */
  readonly address: Address;
}

/** A routine under way: yields what it waits for, is given the wait's NTSTATUS, and returns its result in the end. */
export type Coroutine<T> = Iterator<WaitRequest, T, number> & { [Symbol.iterator](): Coroutine<T> };

/** What a routine that may wait answers: its result, or itself for as long as it waits. */
export type MayWait<T> = T | Coroutine<T>;

/**
 * A call whose result is there already. It is its own iterator and its own end, so that `yield*` of it costs one object.
 */
class Done<T> {
  readonly done = true;

  constructor(readonly value: T) {}

  next(): IteratorReturnResult<T> {
    return this;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** What drivers are given: `yield*` takes the result out, whether there was a wait or not. */
export type Call<T> = Coroutine<T>;

/** For what is known not to wait. Throws a RangeError when it does. */
export function atOnce<T>(result: T | Coroutine<T> | Later<T>): T {
  if (result instanceof Later || isCoroutine(result)) throw new RangeError("a routine that must not wait waits");
  return result;
}

export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** A result as drivers take it, with `yield*`. */
export function asCall<T extends number | object>(result: MayWait<T>): Call<T> {
  return isCoroutine(result) ? (result as Coroutine<T>) : new Done(result as T);
}
