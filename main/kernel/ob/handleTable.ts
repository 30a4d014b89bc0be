/**
 * A process's handles: 4, 8, 12... in the order they are made, a closed one given out again first, as NT does.
 * The table lives beside the model's memory: no driver may look into NT's either.
 */
import type { Address } from "../../../native-bindings/abi/address";

/** The low two bits of a handle are the caller's own (tag bits) and are ignored. */
const HANDLE_SHIFT = 2;
const INITIAL_CAPACITY = 64;
/** 2^24 handles, NT's limit for a process (Windows Internals, 7th edition, part 2, "Object handles"). */
const MAXIMUM_HANDLES = 1 << 24;

export interface HandleEntry {
  readonly handle: number;
  readonly object: Address;
  readonly grantedAccess: number;
  /** OBJ_INHERIT, OBJ_PROTECT_CLOSE, OBJ_AUDIT_OBJECT_CLOSE. */
  readonly attributes: number;
}

export class HandleTable {
  #objects = new Float64Array(INITIAL_CAPACITY);
  #access = new Uint32Array(INITIAL_CAPACITY);
  #attributes = new Uint8Array(INITIAL_CAPACITY);
  readonly #free: number[] = [];
  /** Handle 0 is no handle, so index 0 stays empty. */
  #next = 1;
  #count = 0;
  #changes = 0;

  /** How often a handle was made or closed, for those who look whether any was. */
  get changes(): number {
    return this.#changes;
  }

  get count(): number {
    return this.#count;
  }

  /** The new handle, 0 when the table is full. */
  add(object: Address, grantedAccess: number, attributes: number): number {
    const index = this.#free.pop() ?? this.#append();
    if (index === 0) return 0;
    this.#objects[index] = object;
    this.#access[index] = grantedAccess;
    this.#attributes[index] = attributes;
    this.#count++;
    this.#changes++;
    return index << HANDLE_SHIFT;
  }

  /** 0 when the handle is not open. */
  objectOf(handle: number): Address {
    return this.#objects[this.#index(handle)] ?? 0;
  }

  accessOf(handle: number): number {
    return this.#access[this.#index(handle)] ?? 0;
  }

  attributesOf(handle: number): number {
    return this.#attributes[this.#index(handle)] ?? 0;
  }

  setAttributes(handle: number, attributes: number): void {
    this.#attributes[this.#index(handle)] = attributes;
  }

  /** Only for an open handle. */
  remove(handle: number): void {
    const index = this.#index(handle);
    this.#objects[index] = 0;
    this.#count--;
    this.#changes++;
    this.#free.push(index);
  }

  *entries(): Generator<HandleEntry> {
    for (let index = 1; index < this.#next; index++) {
      const object = this.#objects[index] as number;
      if (object === 0) continue;
      yield {
        handle: index << HANDLE_SHIFT,
        object,
        grantedAccess: this.#access[index] as number,
        attributes: this.#attributes[index] as number,
      };
    }
  }

  /** An index that is never in use for what can't be a handle: NaN, fractions, too large, negative. */
  #index(handle: number): number {
    return handle > 0 && handle < MAXIMUM_HANDLES << HANDLE_SHIFT ? handle >>> HANDLE_SHIFT : 0;
  }

  #append(): number {
    if (this.#next === MAXIMUM_HANDLES) return 0;
    if (this.#next === this.#objects.length) this.#grow();
    return this.#next++;
  }

  #grow(): void {
    const capacity = this.#objects.length * 2;
    const objects = new Float64Array(capacity);
    objects.set(this.#objects);
    const access = new Uint32Array(capacity);
    access.set(this.#access);
    const attributes = new Uint8Array(capacity);
    attributes.set(this.#attributes);
    this.#objects = objects;
    this.#access = access;
    this.#attributes = attributes;
  }
}
