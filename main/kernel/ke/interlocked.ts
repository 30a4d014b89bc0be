/**
 * Interlocked operations on kernel memory (wdm.h). One processor that switches threads at waits only: every operation is
 * atomic; what counts here is which value each answers. 32-bit values are signed, 64-bit ones bigint.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";

/** @returns the value before */
export function exchange32(memory: KernelMemory, target: Address, change: (value: number) => number): number {
  const before = memory.readI32(target);
  memory.writeI32(target, change(before) | 0);
  return before;
}

/** @returns the value before */
export function exchange64(memory: KernelMemory, target: Address, change: (value: bigint) => bigint): bigint {
  const before = BigInt.asIntN(64, memory.readU64(target));
  memory.writeU64(target, BigInt.asUintN(64, change(before)));
  return before;
}

export function exchangePointer(memory: KernelMemory, target: Address, change: (value: Address) => Address): Address {
  const before = memory.readPointer(target);
  memory.writePointer(target, change(before));
  return before;
}

/** @param bit counted from the low bit of the ULONG at `target`. @returns whether it was set */
export function changeBit(memory: KernelMemory, target: Address, bit: number, isSet: boolean): boolean {
  const mask = 1 << (bit & 31);
  const before = exchange32(memory, target, (value) => (isSet ? value | mask : value & ~mask));
  return (before & mask) !== 0;
}
