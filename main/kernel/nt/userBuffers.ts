/** What system calls find out about a caller's lengths and buffers before they use them. */
import { type Address, isKernelAddress } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";
import { USER_PROBE_ADDRESS } from "../mem/regions";

const LARGEST_LENGTH = 0xffff_ffff;

export function isLength(length: number): boolean {
  return Number.isInteger(length) && length >= 0 && length <= LARGEST_LENGTH;
}

/** What ProbeForRead and ProbeForWrite find out, without an exception. */
export function isUserBuffer(
  memory: KernelMemory,
  buffer: Address,
  length: number,
  operation: "read" | "write",
): boolean {
  if (length === 0) return true;
  if (!Number.isInteger(buffer) || isKernelAddress(buffer) || buffer + length > USER_PROBE_ADDRESS) return false;
  return memory.pages.allows(buffer, length, operation);
}
