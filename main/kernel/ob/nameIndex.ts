/**
 * The index beside a directory's hash chains: an open-addressing table from the case-folded name's hash to the
 * OBJECT_DIRECTORY_ENTRY. NT's 37 chains stay in memory as NT has them, but a look-up in a directory of a
 * million names must not walk 27,000 entries. Names are compared where they lie, in memory: about 40 bytes an
 * entry, no strings.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { KernelMemory } from "../mem/kernelMemory";
import { equalsUtf16 } from "../mem/utf16";
import { RtlUpcaseUnicodeChar, upcaseDifferences } from "./upcase";

const INITIAL_CAPACITY = 8;
const FNV_OFFSET = 0x811c_9dc5;
const FNV_PRIME = 0x0100_0193;

/** One step of the index's hash (FNV-1a over folded code units): cheap, and spread well enough for names. */
export function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ RtlUpcaseUnicodeChar(unit), FNV_PRIME);
}

export const HASH_START = FNV_OFFSET | 0;

export function nameHash(text: string, start = 0, end = text.length): number {
  let hash = HASH_START;
  for (let index = start; index < end; index++) hash = hashStep(hash, text.charCodeAt(index));
  return hash;
}

export class NameIndex {
  #mask = INITIAL_CAPACITY - 1;
  #hashes = new Int32Array(INITIAL_CAPACITY);
  /** OBJECT_DIRECTORY_ENTRY, 0: the slot is empty. */
  #entries = new Float64Array(INITIAL_CAPACITY);
  #buffers = new Float64Array(INITIAL_CAPACITY);
  #lengths = new Uint16Array(INITIAL_CAPACITY);
  /** Rising with each insertion: of names that differ only in case, the newest is found first, as in a chain. */
  #orders = new Uint32Array(INITIAL_CAPACITY);
  #count = 0;
  #order = 0;
  #version = 0;

  constructor(readonly memory: KernelMemory) {}

  /** Changes with every addition and removal. */
  get version(): number {
    return this.#version;
  }

  get count(): number {
    return this.#count;
  }

  /** The entry of the name `text[start..end)`, 0 when there is none. */
  find(hash: number, text: string, start: number, end: number, caseInsensitive: boolean): Address {
    const mask = this.#mask;
    const length = end - start;
    let found = 0;
    let order = -1;
    for (let slot = home(hash, mask); ; slot = (slot + 1) & mask) {
      const entry = this.#entries[slot] as number;
      if (entry === 0) return found;
      if (this.#hashes[slot] !== hash || this.#lengths[slot] !== length) continue;
      const buffer = this.#buffers[slot] as number;
      if (!equalsUtf16(this.memory, buffer, text, start, end, caseInsensitive ? upcaseDifferences : undefined))
        continue;
      if (!caseInsensitive) return entry;
      if ((this.#orders[slot] as number) <= order) continue;
      order = this.#orders[slot] as number;
      found = entry;
    }
  }

  /** @param length in code units; `buffer` must stay where it is until the entry is removed */
  add(hash: number, entry: Address, buffer: Address, length: number): void {
    if ((this.#count + 1) * 4 > this.#entries.length * 3) this.#grow();
    this.#put(hash, entry, buffer, length, this.#order++);
    this.#count++;
    this.#version++;
  }

  /** Only for an entry that was added with this hash. */
  remove(hash: number, entry: Address): void {
    const mask = this.#mask;
    let slot = home(hash, mask);
    while (this.#entries[slot] !== entry) slot = (slot + 1) & mask;
    // Later entries of the run move up, so that no search ends at the gap.
    for (let next = (slot + 1) & mask; this.#entries[next] !== 0; next = (next + 1) & mask) {
      const wanted = home(this.#hashes[next] as number, mask);
      if (((next - wanted) & mask) < ((next - slot) & mask)) continue;
      this.#move(next, slot);
      slot = next;
    }
    this.#entries[slot] = 0;
    this.#count--;
    this.#version++;
  }

  #put(hash: number, entry: Address, buffer: Address, length: number, order: number): void {
    let slot = home(hash, this.#mask);
    while (this.#entries[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#hashes[slot] = hash;
    this.#entries[slot] = entry;
    this.#buffers[slot] = buffer;
    this.#lengths[slot] = length;
    this.#orders[slot] = order;
  }

  #move(from: number, to: number): void {
    this.#hashes[to] = this.#hashes[from] as number;
    this.#entries[to] = this.#entries[from] as number;
    this.#buffers[to] = this.#buffers[from] as number;
    this.#lengths[to] = this.#lengths[from] as number;
    this.#orders[to] = this.#orders[from] as number;
  }

  #grow(): void {
    const [hashes, entries, buffers] = [this.#hashes, this.#entries, this.#buffers];
    const [lengths, orders] = [this.#lengths, this.#orders];
    const capacity = entries.length * 2;
    this.#mask = capacity - 1;
    this.#hashes = new Int32Array(capacity);
    this.#entries = new Float64Array(capacity);
    this.#buffers = new Float64Array(capacity);
    this.#lengths = new Uint16Array(capacity);
    this.#orders = new Uint32Array(capacity);
    for (let slot = 0; slot < entries.length; slot++) {
      const entry = entries[slot] as number;
      if (entry === 0) continue;
      const buffer = buffers[slot] as number;
      this.#put(hashes[slot] as number, entry, buffer, lengths[slot] as number, orders[slot] as number);
    }
  }
}

/** The low bits of FNV-1a depend mostly on the last characters; folding in the high half spreads counters. */
function home(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}
