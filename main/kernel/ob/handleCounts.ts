/**
 * Handles of an object by process, for types with MaintainHandleCount: OBJECT_HEADER_HANDLE_INFO holds one
 * process and its count while there is only one, else it points to an OBJECT_HANDLE_COUNT_DATABASE
 * {CountEntries u32 at 0, OBJECT_HANDLE_COUNT_ENTRY[] at 8} in pool.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { OB_FLAG_SINGLE_HANDLE_ENTRY, OB_INFOMASK_HANDLE } from "../../../native-bindings/abi/objectHeaderFlags";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import { OBJECT_HANDLE_COUNT_ENTRY } from "../../../native-bindings/abi/structures/objectManager";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";
import { hasFlag, optionalHeader, setFlag } from "./objectHeader";

const { Process, HandleCount } = OBJECT_HANDLE_COUNT_ENTRY.offset;
const ENTRY_BYTES = OBJECT_HANDLE_COUNT_ENTRY.size;
const DATABASE_HEADER = 8;
const DATABASE_TAG = "ObHd";
/** NT grows a database by four entries. */
const GROWTH = 4;

export class HandleCounts {
  constructor(
    readonly memory: KernelMemory,
    readonly pool: Pool,
  ) {}

  /** @returns the process's handles after the change; 0 when the object keeps none */
  add(object: Address, process: Address, delta: 1 | -1): number {
    const info = optionalHeader(this.memory, object, OB_INFOMASK_HANDLE);
    if (info === 0) return 0;
    const entry = this.#entryOf(object, info, process);
    const count = this.memory.readU32(entry + HandleCount) + delta;
    this.memory.writeU32(entry + HandleCount, count);
    if (count === 0) this.memory.writePointer(entry + Process, 0);
    return count;
  }

  /** Gives the database back when the object is deleted. */
  free(object: Address): void {
    const info = optionalHeader(this.memory, object, OB_INFOMASK_HANDLE);
    if (info === 0 || hasFlag(this.memory, object, OB_FLAG_SINGLE_HANDLE_ENTRY)) return;
    const database = this.memory.readPointer(info);
    if (database !== 0) this.pool.ExFreePoolWithTag(database, DATABASE_TAG);
  }

  /** The entry of the process, made when it has none. */
  #entryOf(object: Address, info: Address, process: Address): Address {
    if (hasFlag(this.memory, object, OB_FLAG_SINGLE_HANDLE_ENTRY)) {
      const owner = this.memory.readPointer(info + Process);
      if (owner === process || owner === 0) return this.#claim(info, process);
      this.#expandSingle(object, info);
    } else if (this.memory.readPointer(info) === 0) {
      setFlag(this.memory, object, OB_FLAG_SINGLE_HANDLE_ENTRY, true);
      return this.#claim(info, process);
    }
    return this.#entryInDatabase(info, process);
  }

  #claim(entry: Address, process: Address): Address {
    this.memory.writePointer(entry + Process, process);
    return entry;
  }

  #expandSingle(object: Address, info: Address): void {
    const database = this.#allocateDatabase(GROWTH);
    this.memory.copy(database + DATABASE_HEADER, info, ENTRY_BYTES);
    this.memory.writePointer(info, database);
    this.memory.writePointer(info + HandleCount, 0);
    setFlag(this.memory, object, OB_FLAG_SINGLE_HANDLE_ENTRY, false);
  }

  #entryInDatabase(info: Address, process: Address): Address {
    const database = this.memory.readPointer(info);
    const entries = this.memory.readU32(database);
    let free = 0;
    for (let index = 0; index < entries; index++) {
      const entry = database + DATABASE_HEADER + index * ENTRY_BYTES;
      const owner = this.memory.readPointer(entry + Process);
      if (owner === process) return entry;
      if (owner === 0 && free === 0) free = entry;
    }
    if (free !== 0) return this.#claim(free, process);
    const larger = this.#allocateDatabase(entries + GROWTH);
    this.memory.copy(larger + DATABASE_HEADER, database + DATABASE_HEADER, entries * ENTRY_BYTES);
    this.pool.ExFreePoolWithTag(database, DATABASE_TAG);
    this.memory.writePointer(info, larger);
    return this.#claim(larger + DATABASE_HEADER + entries * ENTRY_BYTES, process);
  }

  /** Running out of pool here would leave counts wrong; a few hundred bytes are worth a stop. */
  #allocateDatabase(entries: number): Address {
    const bytes = DATABASE_HEADER + entries * ENTRY_BYTES;
    const database = this.pool.ExAllocatePoolWithTag(PagedPool, bytes, DATABASE_TAG);
    if (database === 0) throw new RangeError("no pool is left for handle counts");
    this.memory.fill(database, bytes, 0);
    this.memory.writeU32(database, entries);
    return database;
  }
}
