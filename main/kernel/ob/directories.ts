/**
 * Object directories: OBJECT_DIRECTORY with its 37 chains of OBJECT_DIRECTORY_ENTRY, newest entry first, and
 * the index beside it. NT also moves an entry that was looked up to the head of its chain; the model does not,
 * so that looking changes nothing and an enumeration in pages is not disturbed by it.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import {
  NUMBER_HASH_BUCKETS,
  OBJECT_DIRECTORY,
  OBJECT_DIRECTORY_ENTRY,
} from "../../../native-bindings/abi/structures/objectManager";
import type { Pool } from "../ex/pool";
import { AddressMap } from "../mem/addressMap";
import type { KernelMemory } from "../mem/kernelMemory";
import { NameIndex, nameHash } from "./nameIndex";
import { NAME_BUFFER, NAME_STRING, nameInfoOf } from "./objectHeader";
import { RtlUpcaseUnicodeChar } from "./upcase";

const { ChainLink, Object: ENTRY_OBJECT, HashValue } = OBJECT_DIRECTORY_ENTRY.offset;
const { ShadowDirectory, SessionId } = OBJECT_DIRECTORY.offset;
/**
 * The entry's pool block is rounded up to 32 bytes anyway; in the last eight lies the address of the pointer
 * that points to the entry, so that it is taken out of a long chain without a walk.
 */
const BACK_LINK = OBJECT_DIRECTORY_ENTRY.size;
const ENTRY_BYTES = BACK_LINK + 8;
const ENTRY_TAG = "ObDi";
const NO_SESSION = 0xffff_ffff;

/** The hash whose remainder modulo 37 is the bucket: unsigned 32-bit, over uppercase code units. */
export function directoryHash(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) {
    hash = (hash + (hash << 1) + (hash >>> 1) + RtlUpcaseUnicodeChar(name.charCodeAt(index))) >>> 0;
  }
  return hash;
}

interface Cursor {
  readonly directory: Address;
  readonly version: number;
  /** Objects before it. */
  readonly position: number;
  readonly bucket: number;
  /** The next entry of the bucket, 0 at its end. */
  readonly entry: Address;
}

export class Directories {
  readonly #indices = new AddressMap<NameIndex>();
  /** Where the last enumeration stands: valid while the directory has the same version. */
  #cursor: Cursor = { directory: 0, version: 0, position: 0, bucket: 0, entry: 0 };

  constructor(
    readonly memory: KernelMemory,
    readonly pool: Pool,
  ) {}

  /** Makes the zeroed body of a new directory object one. */
  initialize(directory: Address): void {
    this.memory.writeU32(directory + SessionId, NO_SESSION);
  }

  /** Forgets a directory that is being deleted; it is empty, since each entry references it. */
  forget(directory: Address): void {
    this.#indices.delete(directory);
  }

  count(directory: Address): number {
    return this.#indexOf(directory).count;
  }

  /** Body of the object named `text[start..end)`, 0 when there is none. The hash is that of nameHash. */
  find(directory: Address, hash: number, text: string, start: number, end: number, caseInsensitive: boolean): Address {
    const entry = this.#indexOf(directory).find(hash, text, start, end, caseInsensitive);
    return entry === 0 ? 0 : this.memory.readPointer(entry + ENTRY_OBJECT);
  }

  /** The directory to search next, 0: none. */
  shadowOf(directory: Address): Address {
    return this.memory.readPointer(directory + ShadowDirectory);
  }

  setShadow(directory: Address, shadow: Address): void {
    this.memory.writePointer(directory + ShadowDirectory, shadow);
  }

  /**
   * @param buffer where the name lies in memory; it stays there while the entry lives
   * @returns false when there is no pool for the entry
   */
  insert(directory: Address, object: Address, name: string, buffer: Address): boolean {
    const index = this.#indexOf(directory);
    const entry = this.pool.ExAllocatePoolWithTag(PagedPool, ENTRY_BYTES, ENTRY_TAG);
    if (entry === 0) return false;
    const hash = directoryHash(name);
    const bucket = directory + (hash % NUMBER_HASH_BUCKETS) * 8;
    const next = this.memory.readPointer(bucket);
    this.memory.writePointer(entry + ChainLink, next);
    this.memory.writePointer(entry + ENTRY_OBJECT, object);
    this.memory.writePointer(entry + HashValue, hash);
    this.memory.writePointer(entry + BACK_LINK, bucket);
    if (next !== 0) this.memory.writePointer(next + BACK_LINK, entry + ChainLink);
    this.memory.writePointer(bucket, entry);
    index.add(nameHash(name), entry, buffer, name.length);
    return true;
  }

  /** Only for an object that was inserted here under this name. */
  remove(directory: Address, name: string): void {
    const index = this.#indexOf(directory);
    const hash = nameHash(name);
    const entry = index.find(hash, name, 0, name.length, false);
    if (entry === 0) throw new RangeError("the name is not in the directory");
    index.remove(hash, entry);
    const next = this.memory.readPointer(entry + ChainLink);
    const backLink = this.memory.readPointer(entry + BACK_LINK);
    this.memory.writePointer(backLink, next);
    if (next !== 0) this.memory.writePointer(next + BACK_LINK, backLink);
    this.pool.ExFreePoolWithTag(entry, ENTRY_TAG);
  }

  /**
   * The objects in NT's order: bucket by bucket, newest first. Live: what is inserted or removed meanwhile may
   * be skipped; removing the object that was just yielded is safe.
   * @param skip how many to leave out. Going on where the last enumeration stopped takes no walk, so that a
   *   large directory is read in pages in linear time.
   */
  *objects(directory: Address, skip = 0): Generator<Address> {
    const index = this.#indexOf(directory);
    if (skip >= index.count && skip > 0) return;
    const cursor = this.#cursor;
    const goesOn = cursor.directory === directory && cursor.version === index.version && cursor.position === skip;
    let position = goesOn ? skip : 0;
    let bucket = goesOn ? cursor.bucket : 0;
    let entry = goesOn ? cursor.entry : this.memory.readPointer(directory);
    for (;;) {
      while (entry === 0) {
        if (++bucket === NUMBER_HASH_BUCKETS) return;
        entry = this.memory.readPointer(directory + bucket * 8);
      }
      const next = this.memory.readPointer(entry + ChainLink);
      if (position++ >= skip) {
        this.#cursor = { directory, version: index.version, position, bucket, entry: next };
        yield this.memory.readPointer(entry + ENTRY_OBJECT);
      }
      entry = next;
    }
  }

  /** The entries chain by chain, for tools that show them and for checks. */
  *chains(directory: Address): Generator<{ bucket: number; entry: Address; object: Address; hash: number }> {
    for (let bucket = 0; bucket < NUMBER_HASH_BUCKETS; bucket++) {
      for (let entry = this.memory.readPointer(directory + bucket * 8); entry !== 0; ) {
        const object = this.memory.readPointer(entry + ENTRY_OBJECT);
        yield { bucket, entry, object, hash: this.memory.readU32(entry + HashValue) };
        entry = this.memory.readPointer(entry + ChainLink);
      }
    }
  }

  #indexOf(directory: Address): NameIndex {
    return this.#indices.get(directory) ?? this.#makeIndex(directory);
  }

  /** From the chains: they are the truth. */
  #makeIndex(directory: Address): NameIndex {
    const index = new NameIndex(this.memory);
    // The oldest first, so that of names that differ only in case the newest is found first.
    for (const { entry, object } of [...this.chains(directory)].reverse()) {
      const nameInfo = nameInfoOf(this.memory, object);
      const name = this.memory.readUnicodeString(nameInfo + NAME_STRING);
      index.add(nameHash(name), entry, this.memory.readPointer(nameInfo + NAME_BUFFER), name.length);
    }
    this.#indices.set(directory, index);
    return index;
  }
}
