/** An object type: what it is in memory (OBJECT_TYPE) and the procedures that its owner registered. */
import { type GenericMapping, mapGenericAccess } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import { OBJECT_TYPE } from "../../../native-bindings/abi/structures/objectManager";
import { tagToNumber } from "../ex/poolTags";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObProcess } from "./caller";
import type { ParseProcedure } from "./parse";

/**
 * Called when a handle is closed, after it is gone from its table.
 * @param processHandleCount this process's handles before the close; 0 when the type does not keep them
 * @param systemHandleCount all handles before the close: 1 means the last one
 */
export type CloseProcedure = (
  process: ObProcess,
  object: Address,
  grantedAccess: number,
  processHandleCount: number,
  systemHandleCount: number,
) => void;

/** The path that ObQueryNameString answers. */
export type QueryNameProcedure = (object: Address) => { status: number; name: string };

/** What is not given is taken from the type of that name in Windows 10, or else plain. */
export interface ObjectTypeOptions {
  /** In bytes; ObCreateObject can be given another for a single object. */
  readonly bodySize?: number;
  readonly genericMapping?: GenericMapping;
  readonly validAccessMask?: number;
  /** Names are matched without case for this type even without OBJ_CASE_INSENSITIVE. */
  readonly caseInsensitive?: boolean;
  readonly maintainHandleCount?: boolean;
  /** NonPagedPool... or PagedPool. */
  readonly poolType?: number;
  /** OBJ_ attributes that are refused. */
  readonly invalidAttributes?: number;
  readonly parse?: ParseProcedure;
  readonly close?: CloseProcedure;
  /** The last reference is gone; the body is still there. */
  readonly delete?: (object: Address) => void;
  /** As `delete`, for what may take its time: true keeps the body until ObjectStore.destroy is called for it. */
  readonly beginDelete?: (object: Address) => boolean;
  readonly queryName?: QueryNameProcedure;
  /** The object whose security descriptor counts for one of this type; 0: none does. Left out: its own. */
  readonly securityObject?: (object: Address) => Address;
}

const offset = OBJECT_TYPE.offset;

/** The pool tag of a type's objects: the first four letters of its name, as NT makes it. */
export function objectTag(typeName: string): number {
  return tagToNumber(typeName.slice(0, 4));
}

export class ObjectType {
  constructor(
    readonly memory: KernelMemory,
    readonly name: string,
    readonly index: number,
    /** Of its OBJECT_TYPE: what `*IoFileObjectType` points to. */
    readonly address: Address,
    readonly options: Required<
      Omit<ObjectTypeOptions, "parse" | "close" | "delete" | "beginDelete" | "queryName" | "securityObject">
    > &
      ObjectTypeOptions,
  ) {
    this.parse = options.parse;
    this.tag = objectTag(name);
  }

  /** PoolTag of its objects. */
  readonly tag: number;

  /** Public fields where the look-up asks on every component. */
  readonly parse: ParseProcedure | undefined;

  get genericMapping(): GenericMapping {
    return this.options.genericMapping;
  }

  get validAccessMask(): number {
    return this.options.validAccessMask;
  }

  get objectCount(): number {
    return this.memory.readU32(this.address + offset.TotalNumberOfObjects);
  }

  get handleCount(): number {
    return this.memory.readU32(this.address + offset.TotalNumberOfHandles);
  }

  get highWaterObjects(): number {
    return this.memory.readU32(this.address + offset.HighWaterNumberOfObjects);
  }

  get highWaterHandles(): number {
    return this.memory.readU32(this.address + offset.HighWaterNumberOfHandles);
  }

  countObject(delta: 1 | -1): void {
    this.#count(offset.TotalNumberOfObjects, offset.HighWaterNumberOfObjects, delta);
  }

  countHandle(delta: 1 | -1): void {
    this.#count(offset.TotalNumberOfHandles, offset.HighWaterNumberOfHandles, delta);
  }

  /** GENERIC_READ and its kin replaced by what they stand for (RtlMapGenericMask). */
  mapAccess(access: number): number {
    return mapGenericAccess(this.options.genericMapping, access);
  }

  #count(total: number, highWater: number, delta: 1 | -1): void {
    const count = this.memory.readU32(this.address + total) + delta;
    this.memory.writeU32(this.address + total, count);
    if (delta === 1 && count > this.memory.readU32(this.address + highWater)) {
      this.memory.writeU32(this.address + highWater, count);
    }
  }
}
