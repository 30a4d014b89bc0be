/** UNICODE_STRING in memory (ntdef.h): Length and MaximumLength in bytes at 0 and 2, Buffer at 8. */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "./kernelMemory";

export const UNICODE_STRING_SIZE = 0x10;
/** Length is a USHORT and counts bytes, so at most 32767 code units fit. */
export const MAXIMUM_UNICODE_STRING_UNITS = 0x7fff;

export function readUnicodeString(memory: KernelMemory, at: Address): string {
  const length = memory.readU16(at);
  return length === 0 ? "" : memory.readUtf16(memory.readPointer(at + 8), length);
}

/** Writes the structure only; the text is already at `buffer`. */
export function setUnicodeString(
  memory: KernelMemory,
  at: Address,
  buffer: Address,
  length: number,
  maximumLength = length,
): void {
  memory.writePair(at, length | (maximumLength << 16), 0);
  memory.writePointer(at + 8, buffer);
}

/** The structure at `at` and the text, with a terminating NUL, right behind it at `at + 16`. */
export function writeUnicodeString(memory: KernelMemory, at: Address, text: string): void {
  const buffer = at + UNICODE_STRING_SIZE;
  setUnicodeString(memory, at, buffer, text.length * 2, text.length * 2 + 2);
  memory.writeUtf16(buffer, text);
  memory.writeU16(buffer + text.length * 2, 0);
}
