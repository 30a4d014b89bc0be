/** DdkInterlocked over the kernel's memory. */
import { changeBit, exchange32, exchange64, exchangePointer } from "../ke/interlocked";
import type { Kernel } from "../kernel";
import type { DdkInterlocked } from "./ddkInterlocked";

export function interlockedDdk({ mem }: Kernel): DdkInterlocked {
  return {
    InterlockedIncrement: (at) => (exchange32(mem, at, (value) => value + 1) + 1) | 0,
    InterlockedDecrement: (at) => (exchange32(mem, at, (value) => value - 1) - 1) | 0,
    InterlockedAdd: (at, addend) => (exchange32(mem, at, (value) => value + addend) + addend) | 0,
    InterlockedExchangeAdd: (at, addend) => exchange32(mem, at, (value) => value + addend),
    InterlockedExchange: (at, value) => exchange32(mem, at, () => value),
    InterlockedCompareExchange: (at, exchange, comparand) =>
      exchange32(mem, at, (value) => (value === (comparand | 0) ? exchange : value)),
    InterlockedOr: (at, bits) => exchange32(mem, at, (value) => value | bits),
    InterlockedAnd: (at, bits) => exchange32(mem, at, (value) => value & bits),
    InterlockedXor: (at, bits) => exchange32(mem, at, (value) => value ^ bits),
    InterlockedBitTestAndSet: (at, bit) => changeBit(mem, at, bit, true),
    InterlockedBitTestAndReset: (at, bit) => changeBit(mem, at, bit, false),
    InterlockedIncrement64: (at) => BigInt.asIntN(64, exchange64(mem, at, (value) => value + 1n) + 1n),
    InterlockedDecrement64: (at) => BigInt.asIntN(64, exchange64(mem, at, (value) => value - 1n) - 1n),
    InterlockedAdd64: (at, addend) => BigInt.asIntN(64, exchange64(mem, at, (value) => value + addend) + addend),
    InterlockedExchange64: (at, value) => exchange64(mem, at, () => value),
    InterlockedCompareExchange64: (at, exchange, comparand) =>
      exchange64(mem, at, (value) => (value === BigInt.asIntN(64, comparand) ? exchange : value)),
    InterlockedExchangePointer: (at, value) => exchangePointer(mem, at, () => value),
    InterlockedCompareExchangePointer: (at, exchange, comparand) =>
      exchangePointer(mem, at, (value) => (value === comparand ? exchange : value)),
  };
}
