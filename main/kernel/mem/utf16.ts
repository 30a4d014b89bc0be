/**
 * UTF-16 text in the model's memory. Code units go in and out untouched: NT names may hold lone surrogates
 * and NULs, which a text decoder would replace.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { FRAMES_PER_CHUNK, FRAMES_PER_CHUNK_SHIFT, PAGE_SHIFT } from "./frames";
import type { KernelMemory } from "./kernelMemory";

/** Function.apply takes its arguments from the stack; 2048 (one page) is far from any engine's limit. */
const UNITS_PER_PAGE = 2048;

function unitsAt(memory: KernelMemory, frame: number): Uint16Array {
  return memory.frames.units[frame >>> FRAMES_PER_CHUNK_SHIFT] as Uint16Array;
}

function unitIndex(frame: number, address: Address): number {
  return (((frame & (FRAMES_PER_CHUNK - 1)) << PAGE_SHIFT) | (address & 0xfff)) >>> 1;
}

/** @param count in code units */
export function readUtf16(memory: KernelMemory, address: Address, count: number): string {
  if ((address & 1) !== 0) return readUnaligned(memory, address, count);
  let text = "";
  for (let done = 0; done < count; ) {
    const at = address + done * 2;
    const frame = memory.translation.readFrame(at);
    const start = unitIndex(frame, at);
    const length = Math.min(count - done, UNITS_PER_PAGE - ((at & 0xfff) >>> 1));
    const units = unitsAt(memory, frame).subarray(start, start + length);
    text += String.fromCharCode.apply(null, units as unknown as number[]);
    done += length;
  }
  return text;
}

function readUnaligned(memory: KernelMemory, address: Address, count: number): string {
  const units: string[] = [];
  for (let index = 0; index < count; index++) units.push(String.fromCharCode(memory.readU16(address + index * 2)));
  return units.join("");
}

export function writeUtf16(memory: KernelMemory, address: Address, text: string): void {
  if ((address & 1) !== 0) {
    for (let index = 0; index < text.length; index++) memory.writeU16(address + index * 2, text.charCodeAt(index));
    return;
  }
  for (let done = 0; done < text.length; ) {
    const at = address + done * 2;
    const frame = memory.translation.writeFrame(at);
    const units = unitsAt(memory, frame);
    const start = unitIndex(frame, at);
    const length = Math.min(text.length - done, UNITS_PER_PAGE - ((at & 0xfff) >>> 1));
    for (let index = 0; index < length; index++) units[start + index] = text.charCodeAt(done + index);
    done += length;
  }
}

/**
 * Compares text in memory with a part of a string, code unit by code unit, without making a string.
 * @param differences what is added to both units first, by unit (modulo 2^16); undefined compares exactly
 */
export function equalsUtf16(
  memory: KernelMemory,
  address: Address,
  text: string,
  start: number,
  end: number,
  differences: Uint16Array | undefined,
): boolean {
  for (let done = start; done < end; ) {
    const at = address + (done - start) * 2;
    const frame = memory.translation.readFrame(at);
    const units = unitsAt(memory, frame);
    const first = unitIndex(frame, at) - done;
    const stop = Math.min(end, done + UNITS_PER_PAGE - ((at & 0xfff) >>> 1));
    for (; done < stop; done++) {
      const here = units[first + done] as number;
      const there = text.charCodeAt(done);
      if (here === there) continue;
      if (differences === undefined) return false;
      // Equal in the low 16 bits: the difference of the sums is a multiple of 2^16.
      if (((here + (differences[here] as number) - there - (differences[there] as number)) & 0xffff) !== 0)
        return false;
    }
  }
  return true;
}
