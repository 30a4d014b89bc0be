/**
 * Values on their way into QuickJS and out of it: numbers, copies of bytes, and all else as JSON. The counterpart is
 * `inside/sandbox.ts`; what comes from there is checked, since a driver may have tampered with it.
 */
import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";

/** Kinds of an argument: two bits each. */
const NUMBER = 0;
const TEXT = 1;
const BYTES = 2;

/** What a routine that may wait answers: `yield*` takes its value out. */
export interface CallLike {
  [Symbol.iterator](): Iterator<unknown, unknown, unknown>;
}

/** Keeps calls for the driver to come back with. */
export interface CallKeeper {
  hold(call: CallLike): number;
}

/** A function in the sandbox, by its number there. */
export type FunctionOf = (id: number) => (...parameters: number[]) => unknown;

export function toHost(
  context: QuickJSContext,
  handles: readonly QuickJSHandle[],
  kinds: number,
  functionOf: FunctionOf,
): unknown[] {
  let left = kinds;
  return handles.map((handle) => {
    const kind = left % 4;
    left = Math.floor(left / 4);
    if (kind === NUMBER) return context.getNumber(handle);
    if (kind === TEXT) return fromText(context.getString(handle));
    if (kind === BYTES) return context.getArrayBuffer(handle).consume((bytes) => bytes.value.slice());
    return functionOf(context.getNumber(handle));
  });
}

function fromText(text: string): unknown {
  if (text === "") return undefined;
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? BigInt(String((value as { $bigint?: unknown }).$bigint)) : value;
}

function isCall(value: unknown): value is CallLike {
  return typeof value === "object" && value !== null && Symbol.iterator in value && !Array.isArray(value);
}

/** @returns a handle for the caller to dispose, undefined for `undefined` */
export function toSandbox(context: QuickJSContext, value: unknown, calls: CallKeeper): QuickJSHandle | undefined {
  if (typeof value === "number") return context.newNumber(value);
  if (value === undefined) return undefined;
  if (value instanceof Uint8Array) return context.newArrayBuffer(value.slice().buffer);
  if (isCall(value)) return context.newString(JSON.stringify({ $call: calls.hold(value) }));
  const bigintText = (_key: string, inner: unknown) => (typeof inner === "bigint" ? { $bigint: String(inner) } : inner);
  return context.newString(JSON.stringify(value, bigintText));
}
