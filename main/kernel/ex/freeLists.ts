/**
 * Free pool blocks by size: doubly linked through their own bodies (LIST_ENTRY, as in NT), with a bit for each
 * size that has any, so that finding the smallest block that fits takes a few instructions.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";

/** Units of a page: a block is 1 to 255 of them, since BlockSize is one byte. */
export const UNITS_PER_PAGE = 256;
const WORDS = UNITS_PER_PAGE / 32;
const BODY = 0x10;
const FLINK = BODY;
const BLINK = BODY + 8;

export class FreeLists {
  /** First block of each size, 0 when none. */
  readonly #heads = new Float64Array(UNITS_PER_PAGE);
  readonly #nonEmpty = new Uint32Array(WORDS);

  constructor(readonly memory: KernelMemory) {}

  /** A block of one unit is all header and can't hold the links: it waits for a neighbour to be freed. */
  push(block: Address, units: number): void {
    if (units < 2) return;
    const head = this.#heads[units] as number;
    this.memory.writePointer(block + FLINK, head);
    this.memory.writePointer(block + BLINK, 0);
    if (head !== 0) this.memory.writePointer(head + BLINK, block);
    this.#setHead(units, block);
  }

  remove(block: Address, units: number): void {
    if (units < 2) return;
    const next = this.memory.readPointer(block + FLINK);
    const previous = this.memory.readPointer(block + BLINK);
    if (next !== 0) this.memory.writePointer(next + BLINK, previous);
    if (previous !== 0) this.memory.writePointer(previous + FLINK, next);
    else this.#setHead(units, next);
  }

  /** The size of the smallest free block with at least `units`, 0 when there is none. */
  smallest(units: number): number {
    let word = units >>> 5;
    let bits = (this.#nonEmpty[word] as number) & (-1 << (units & 31));
    while (bits === 0) {
      if (++word === WORDS) return 0;
      bits = this.#nonEmpty[word] as number;
    }
    return word * 32 + 31 - Math.clz32(bits & -bits);
  }

  first(units: number): Address {
    return this.#heads[units] as number;
  }

  #setHead(units: number, block: Address): void {
    this.#heads[units] = block;
    const word = units >>> 5;
    const bit = 1 << (units & 31);
    const bits = this.#nonEmpty[word] as number;
    this.#nonEmpty[word] = block === 0 ? bits & ~bit : bits | bit;
  }
}
