/**
 * RtlMoveMemory, RtlFillMemory, RtlCompareMemory (wdm.h). A size is a SIZE_T: a negative one is so large that the
 * operation runs into a page that is not there, as it does on NT.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";

/** Copied and compared in pieces, so that a wrong size costs a fault and not the host's memory. */
const PIECE = 0x1_0000;
const ADDRESS_SPACE = 0x8000_0000_0000;

export function sizeOf(bytes: number): number {
  return bytes >= 0 && bytes < ADDRESS_SPACE ? Math.trunc(bytes) : ADDRESS_SPACE;
}

/** The ranges may overlap. */
export function moveMemory(memory: KernelMemory, destination: Address, source: Address, bytes: number): void {
  const size = sizeOf(bytes);
  const isUpwards = destination <= source;
  for (let done = 0; done < size; done += PIECE) {
    const count = Math.min(PIECE, size - done);
    const offset = isUpwards ? done : size - done - count;
    memory.copy(destination + offset, source + offset, count);
  }
}

export function fillMemory(memory: KernelMemory, destination: Address, bytes: number, value: number): void {
  memory.fill(destination, sizeOf(bytes), value & 0xff);
}

/** @returns how many bytes are equal, from the start */
export function compareMemory(memory: KernelMemory, first: Address, second: Address, bytes: number): number {
  const size = sizeOf(bytes);
  for (let done = 0; done < size; done += PIECE) {
    const count = Math.min(PIECE, size - done);
    const one = memory.readBytes(first + done, count);
    const other = memory.readBytes(second + done, count);
    const differs = one.findIndex((byte, index) => byte !== other[index]);
    if (differs >= 0) return done + differs;
  }
  return size;
}
