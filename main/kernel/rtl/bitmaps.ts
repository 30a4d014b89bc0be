/** RTL_BITMAP (wdm.h, "Using Bitmaps"): bits are counted from the low bit of the first ULONG. */
import type { Address } from "../../../native-bindings/abi/address";
import { RTL_BITMAP } from "../../../native-bindings/abi/structures/rtl";
import type { KernelMemory } from "../mem/kernelMemory";

const { SizeOfBitMap: SIZE, Buffer: BUFFER } = RTL_BITMAP.offset;

export interface BitRun {
  readonly start: number;
  readonly length: number;
}

export class Bitmap {
  /** In bits. */
  readonly size: number;
  readonly #buffer: Address;

  constructor(
    private readonly memory: KernelMemory,
    header: Address,
  ) {
    this.size = memory.readU32(header + SIZE);
    this.#buffer = memory.readPointer(header + BUFFER);
  }

  static initialize(memory: KernelMemory, header: Address, buffer: Address, bits: number): void {
    memory.writeU32(header + SIZE, bits);
    memory.writePointer(header + BUFFER, buffer);
  }

  test(bit: number): boolean {
    return ((this.#word(bit) >>> (bit & 31)) & 1) === 1;
  }

  /** All bits of the range; beyond the end of the bitmap, memory that is not there is a fault, as in NT. */
  write(start: number, count: number, isSet: boolean): void {
    const end = start + count;
    for (let bit = start; bit < end; ) {
      const offset = bit & 31;
      const bits = Math.min(32 - offset, end - bit);
      const mask = (bits === 32 ? 0xffff_ffff : ((1 << bits) - 1) << offset) >>> 0;
      const word = this.#word(bit);
      this.memory.writeU32(this.#addressOf(bit), isSet ? word | mask : word & ~mask);
      bit += bits;
    }
  }

  /** Whole ULONGs, the unused bits of the last one too. */
  writeAll(isSet: boolean): void {
    this.memory.fill(this.#buffer, Math.ceil(this.size / 32) * 4, isSet ? 0xff : 0);
  }

  count(isSet: boolean): number {
    let count = 0;
    for (const { length } of this.runs(isSet)) count += length;
    return count;
  }

  /** Runs of equal bits from `from` on, in their order. */
  *runs(isSet: boolean, from = 0): Generator<BitRun> {
    for (let at = from; at < this.size; ) {
      const start = this.#next(at, isSet);
      if (start >= this.size) return;
      at = this.#next(start, !isSet);
      yield { start, length: at - start };
    }
  }

  /** Whether the range lies within the bitmap and all its bits are so. */
  isAll(start: number, count: number, isSet: boolean): boolean {
    if (count === 0 || start + count > this.size) return false;
    return this.#next(start, !isSet) >= start + count;
  }

  /** A run of at least `count`, first from the hint on, then from the start. @returns its first bit, undefined: none */
  find(count: number, hint: number, isSet: boolean): number | undefined {
    if (count > this.size) return undefined;
    const from = hint < this.size ? hint : 0;
    // A byte, since that is where NT begins.
    if (count === 0) return from - (from % 8);
    for (const first of [from, 0]) {
      for (const { start, length } of this.runs(isSet, first)) if (length >= count) return start;
    }
    return undefined;
  }

  /** The first bit from `at` on that is so; the size when there is none. */
  #next(at: number, isSet: boolean): number {
    for (let bit = at; bit < this.size; ) {
      const word = isSet ? this.#word(bit) : ~this.#word(bit);
      const rest = (word >>> (bit & 31)) >>> 0;
      if (rest !== 0) return Math.min(this.size, bit + 31 - Math.clz32(rest & -rest));
      bit += 32 - (bit & 31);
    }
    return this.size;
  }

  #addressOf(bit: number): Address {
    return this.#buffer + Math.floor(bit / 32) * 4;
  }

  #word(bit: number): number {
    return this.memory.readU32(this.#addressOf(bit));
  }
}
