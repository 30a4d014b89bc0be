/**
 * Objects in pool memory: header and optional headers in front of the body, reference counts, deletion.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  OB_FLAG_EXCLUSIVE_OBJECT,
  OB_FLAG_KERNEL_OBJECT,
  OB_FLAG_NEW_OBJECT,
  OB_FLAG_PERMANENT_OBJECT,
  OB_INFOMASK_CREATOR_INFO,
  OB_INFOMASK_HANDLE,
  OB_INFOMASK_NAME,
  OB_INFOMASK_PROCESS_INFO,
} from "../../../native-bindings/abi/objectHeaderFlags";
import { OBJECT_HEADER_CREATOR_INFO } from "../../../native-bindings/abi/structures/objectManager";
import type { Pool } from "../ex/pool";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import { HandleCounts } from "./handleCounts";
import {
  FLAGS,
  HEADER_BYTES,
  INFO_MASK,
  NAME_BUFFER,
  NAME_DIRECTORY,
  nameInfoOf,
  optionalBytes,
  optionalHeader,
  POINTER_COUNT,
  TYPE_INDEX,
} from "./objectHeader";
import { freeObjectName } from "./objectName";
import type { ObjectType } from "./objectType";
import { SharedDescriptors } from "./sharedDescriptors";

const REFERENCE_BY_POINTER = 0x18;

/** OBJECT_CREATE_INFORMATION, as far as it shapes the object. */
export interface NewObject {
  /** Has a name header; the name itself comes when it is inserted. */
  readonly named: boolean;
  readonly bodySize: number;
  readonly permanent: boolean;
  readonly exclusive: boolean;
  readonly kernel: boolean;
  readonly maintainHandleCount: boolean;
  readonly creatorProcessId: number;
  /** Keep CREATOR_INFO: who made it. */
  readonly recordCreator: boolean;
}

export class ObjectStore {
  /** By OBJECT_HEADER.TypeIndex. */
  readonly types: (ObjectType | undefined)[] = [];
  readonly handleCounts: HandleCounts;
  readonly descriptors: SharedDescriptors;
  readonly #dead: Address[] = [];
  #reaping = false;

  constructor(
    readonly memory: KernelMemory,
    readonly pool: Pool,
    readonly ke: Ke,
  ) {
    this.handleCounts = new HandleCounts(memory, pool);
    this.descriptors = new SharedDescriptors(memory, pool);
  }

  typeOf(object: Address): ObjectType {
    const type = this.types[this.memory.readU8(object + TYPE_INDEX)];
    if (type === undefined) throw new RangeError("no object begins at this address");
    return type;
  }

  /** The body's address with one reference, 0 when the pool is exhausted. The body is zeroed. */
  create(type: ObjectType, wanted: NewObject): Address {
    const object = this.build(type.index, type.options.poolType, type.tag, wanted);
    if (object !== 0) type.countObject(1);
    return object;
  }

  /** `create` without a type that counts it. */
  build(typeIndex: number, poolType: number, tag: number, wanted: NewObject): Address {
    const mask = infoMaskOf(wanted);
    const before = optionalBytes(mask) + HEADER_BYTES;
    const bytes = before + wanted.bodySize;
    const block = this.pool.ExAllocatePoolWithTag(poolType, bytes, tag);
    if (block === 0) return 0;
    this.memory.fill(block, bytes, 0);
    const object = block + before;
    this.memory.writePointer(object + POINTER_COUNT, 1);
    this.memory.writeU8(object + TYPE_INDEX, typeIndex);
    this.memory.writeU8(object + INFO_MASK, mask);
    this.memory.writeU8(object + FLAGS, flagsOf(wanted));
    if ((mask & OB_INFOMASK_CREATOR_INFO) !== 0) {
      const creator = optionalHeader(this.memory, object, OB_INFOMASK_CREATOR_INFO);
      this.memory.writePointer(
        creator + OBJECT_HEADER_CREATOR_INFO.offset.CreatorUniqueProcess,
        wanted.creatorProcessId,
      );
    }
    return object;
  }

  /** @returns the new count */
  reference(object: Address, count = 1): number {
    return this.memory.addPointer(object + POINTER_COUNT, count);
  }

  /**
   * Deletes the object at zero. Objects that die in the course of this (a directory when its last child is
   * deleted) wait in a list, so that deep trees do not nest calls.
   * @returns the new count
   */
  dereference(object: Address): number {
    const count = this.memory.addPointer(object + POINTER_COUNT, -1);
    if (count > 0) return count;
    if (count < 0) this.#overDereferenced(object, count);
    this.#dead.push(object);
    if (!this.#reaping) this.#reap();
    return 0;
  }

  #reap(): void {
    this.#reaping = true;
    try {
      for (let object = this.#dead.pop(); object !== undefined; object = this.#dead.pop()) this.#delete(object);
    } finally {
      this.#reaping = false;
    }
  }

  #delete(object: Address): void {
    const { options } = this.typeOf(object);
    options.delete?.(object);
    if (options.beginDelete?.(object) !== true) this.destroy(object);
  }

  /** Frees an object that nothing refers to any more. */
  destroy(object: Address): void {
    const type = this.typeOf(object);
    const mask = this.memory.readU8(object + INFO_MASK);
    const nameInfo = nameInfoOf(this.memory, object);
    if (nameInfo !== 0) {
      const directory = this.memory.readPointer(nameInfo + NAME_DIRECTORY);
      freeObjectName(this.pool, this.memory.readPointer(nameInfo + NAME_BUFFER));
      if (directory !== 0) this.dereference(directory);
    }
    this.descriptors.clear(object);
    this.handleCounts.free(object);
    type.countObject(-1);
    // No object has this index: a stale pointer is noticed instead of read.
    this.memory.writeU8(object + TYPE_INDEX, 0);
    this.pool.ExFreePoolWithTag(object - HEADER_BYTES - optionalBytes(mask), type.tag);
  }

  #overDereferenced(object: Address, count: number): never {
    return this.ke.bugCheck(REFERENCE_BY_POINTER, [this.typeOf(object).address, object, 1, count], {
      rule: `An object of type ${this.typeOf(object).name} was dereferenced more often than referenced.`,
      routine: "ObDereferenceObject",
    });
  }
}

function infoMaskOf({ recordCreator, named, maintainHandleCount, exclusive }: NewObject): number {
  return (
    (recordCreator ? OB_INFOMASK_CREATOR_INFO : 0) |
    (named ? OB_INFOMASK_NAME : 0) |
    (maintainHandleCount ? OB_INFOMASK_HANDLE : 0) |
    (exclusive ? OB_INFOMASK_PROCESS_INFO : 0)
  );
}

function flagsOf({ permanent, exclusive, kernel }: NewObject): number {
  return (
    OB_FLAG_NEW_OBJECT |
    (permanent ? OB_FLAG_PERMANENT_OBJECT : 0) |
    (exclusive ? OB_FLAG_EXCLUSIVE_OBJECT : 0) |
    (kernel ? OB_FLAG_KERNEL_OBJECT : 0)
  );
}
