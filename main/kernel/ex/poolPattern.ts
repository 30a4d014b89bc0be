/** Bytes that nobody has a reason to write, and where somebody did. */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";

/** In freed blocks: what a debugger's user knows from freed memory. */
export const FREED_PATTERN = 0xdd;
/** Between the end of a block and the end of what the pool rounded it up to. */
export const SLACK_PATTERN = 0xfd;

/** @returns the offset of the first byte that differs; undefined when all are as they were */
export function firstDifference(
  memory: KernelMemory,
  address: Address,
  bytes: number,
  pattern: number,
): number | undefined {
  const found = memory.readBytes(address, bytes).findIndex((byte) => byte !== pattern);
  return found < 0 ? undefined : found;
}
