/**
 * A Map by address with a direct-mapped cache in front: V8 hashes a double by way of a call and a box, which costs ten
 * times what the comparison here does. For what is asked at every system call; a Map serves what is not.
 */
import type { Address } from "../../../native-bindings/abi/address";

const SLOTS = 256;
/** Blocks of pool and functions of an image begin at multiples of 16. */
const ALIGNMENT_SHIFT = 4;

function slotOf(address: Address): number {
  // Pages differ only above bit 12, blocks mostly below it.
  return ((address >>> ALIGNMENT_SHIFT) ^ (address >>> 12)) & (SLOTS - 1);
}

export class AddressMap<Value> {
  readonly #map = new Map<Address, Value>();
  readonly #keys = new Float64Array(SLOTS).fill(Number.NaN);
  readonly #values: (Value | undefined)[] = new Array(SLOTS).fill(undefined);

  get size(): number {
    return this.#map.size;
  }

  get(address: Address): Value | undefined {
    const slot = slotOf(address);
    return this.#keys[slot] === address ? this.#values[slot] : this.#fetch(address, slot);
  }

  has(address: Address): boolean {
    return this.get(address) !== undefined;
  }

  set(address: Address, value: Value): void {
    this.#forget(address);
    this.#map.set(address, value);
  }

  /** @returns whether it was there */
  delete(address: Address): boolean {
    this.#forget(address);
    return this.#map.delete(address);
  }

  entries(): IterableIterator<[Address, Value]> {
    return this.#map.entries();
  }

  keys(): IterableIterator<Address> {
    return this.#map.keys();
  }

  #fetch(address: Address, slot: number): Value | undefined {
    const value = this.#map.get(address);
    if (value === undefined) return undefined;
    this.#keys[slot] = address;
    this.#values[slot] = value;
    return value;
  }

  #forget(address: Address): void {
    const slot = slotOf(address);
    if (this.#keys[slot] !== address) return;
    this.#keys[slot] = Number.NaN;
    this.#values[slot] = undefined;
  }
}
