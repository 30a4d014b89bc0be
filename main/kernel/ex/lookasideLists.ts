/**
 * Lookaside lists (wdm.h: ExInitializeNPagedLookasideList, ExInitializeLookasideListEx...): blocks of one size that are
 * kept when they are freed, up to a depth, so that the next allocation need not ask the pool. The depth stays at what NT
 * begins with; only its balance set manager would change it.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INVALID_PARAMETER_4,
  STATUS_INVALID_PARAMETER_5,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import {
  NonPagedPool,
  POOL_QUOTA_FAIL_INSTEAD_OF_RAISE,
  POOL_RAISE_IF_ALLOCATION_FAILURE,
  poolTypes,
} from "../../../native-bindings/abi/poolTypes";
import { LIST_ENTRY } from "../../../native-bindings/abi/structures/lists";
import { GENERAL_LOOKASIDE, LOOKASIDE_LIST_EX } from "../../../native-bindings/abi/structures/sync";
import { initializeListHead } from "../ke/dispatcherObjects";
import { InsertTailList, RemoveEntryList } from "../ke/linkedLists";
import type { KernelModule } from "../ke/routines";
import type { KernelMemory } from "../mem/kernelMemory";
import type { DriverPool } from "./driverPool";
import type { Pool } from "./pool";
import { tagToNumber } from "./poolTags";
import { InitializeSListHead, PopEntrySList, PushEntrySList, QueryDepthSList } from "./sequencedLists";

/** EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL and -FAIL_NO_RAISE (wdm.h). */
const RAISE_ON_FAIL = 1;
const FAIL_NO_RAISE = 2;
/** ExMinimumLookasideDepth and ExMaximumLookasideDepth. */
const INITIAL_DEPTH = 4;
const MAXIMUM_DEPTH = 256;
/** A free block holds the link to the next one. */
const SMALLEST_BLOCK = 8;

const field = GENERAL_LOOKASIDE.offset;

export interface LookasideOptions {
  /** Address of the driver's routine, 0: the pool. */
  readonly allocate: Address;
  readonly free: Address;
  readonly poolType: number;
  readonly bytes: number;
  readonly tag: string | number;
}

export class LookasideLists {
  readonly #head: Address;
  /** ExAllocatePoolWithTag and ExFreePool as addresses: what a list without routines of its own has in it. */
  readonly #allocate: Address;
  readonly #free: Address;
  /** Whose list it is. */
  readonly #owners = new Map<Address, KernelModule>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly driverPool: DriverPool,
    nt: KernelModule,
  ) {
    const { routines } = pool.ke;
    this.#allocate = routines.define(nt, "ExAllocatePoolWithTag", (type: number, bytes: number, tag: number) =>
      driverPool.allocate(nt, type, bytes, tag),
    );
    this.#free = routines.define(nt, "ExFreePool", (block: Address) => driverPool.free(nt, block));
    this.#head = pool.ExAllocatePoolWithTag(NonPagedPool, LIST_ENTRY.size, "Look");
    initializeListHead(memory, this.#head);
  }

  /** ExInitializeNPagedLookasideList, ExInitializePagedLookasideList. */
  initialize(owner: KernelModule, list: Address, options: LookasideOptions): void {
    this.#initialize(owner, list, options, GENERAL_LOOKASIDE.size);
  }

  /** ExInitializeLookasideListEx. @returns an NTSTATUS */
  initializeEx(owner: KernelModule, list: Address, options: LookasideOptions, flags: number): number {
    const isKnown = poolTypes.values.some(({ value }) => value === options.poolType);
    if (!isKnown) return STATUS_INVALID_PARAMETER_4;
    if ((flags & ~(RAISE_ON_FAIL | FAIL_NO_RAISE)) !== 0 || flags === (RAISE_ON_FAIL | FAIL_NO_RAISE)) {
      return STATUS_INVALID_PARAMETER_5;
    }
    const raise = (flags & RAISE_ON_FAIL) !== 0 ? POOL_RAISE_IF_ALLOCATION_FAILURE : 0;
    const fail = (flags & FAIL_NO_RAISE) !== 0 ? POOL_QUOTA_FAIL_INSTEAD_OF_RAISE : 0;
    const poolType = options.poolType | raise | fail;
    this.#initialize(owner, list, { ...options, poolType }, LOOKASIDE_LIST_EX.size);
    return STATUS_SUCCESS;
  }

  /** ExAllocateFromNPagedLookasideList and its kin. @returns 0 when the pool is exhausted */
  allocate(list: Address): Address {
    const { memory } = this;
    this.#count(list, field.TotalAllocates);
    const kept = PopEntrySList(memory, list + field.ListHead);
    if (kept !== 0) return kept;
    this.#count(list, field.AllocateMisses);
    const type = memory.readU32(list + field.Type);
    const bytes = memory.readU32(list + field.Size);
    const tag = memory.readU32(list + field.Tag);
    const routine = memory.readPointer(list + field.Allocate);
    const owner = this.#owners.get(list);
    // As if the list's owner had asked the pool itself, so that the block is known by its routine.
    if (routine === this.#allocate && owner !== undefined) return this.driverPool.allocate(owner, type, bytes, tag);
    const block = this.pool.ke.routines.call(routine, type, bytes, tag, list);
    return typeof block === "number" ? block : 0;
  }

  /** ExFreeToNPagedLookasideList and its kin. */
  free(list: Address, block: Address): void {
    const { memory } = this;
    this.#count(list, field.TotalFrees);
    if (QueryDepthSList(memory, list + field.ListHead) < memory.readU16(list + field.Depth)) {
      PushEntrySList(memory, list + field.ListHead, block);
      return;
    }
    this.#count(list, field.FreeMisses);
    this.#release(list, block);
  }

  /** ExDeleteNPagedLookasideList and its kin. */
  delete(list: Address): void {
    const { memory } = this;
    RemoveEntryList(memory, this.pool.ke, list + field.ListEntry);
    this.flush(list);
    this.#owners.delete(list);
  }

  /** ExFlushLookasideListEx: frees what the list keeps. */
  flush(list: Address): void {
    for (;;) {
      const block = PopEntrySList(this.memory, list + field.ListHead);
      if (block === 0) return;
      this.#release(list, block);
    }
  }

  /** Lists of a driver that it has not deleted. */
  listsOf(owner: KernelModule): Address[] {
    return [...this.#owners].filter(([, module]) => module === owner).map(([list]) => list);
  }

  #initialize(owner: KernelModule, list: Address, options: LookasideOptions, size: number): void {
    const { memory } = this;
    const { allocate, free, poolType, bytes, tag } = options;
    memory.fill(list, size, 0);
    InitializeSListHead(memory, list + field.ListHead);
    memory.writeU16(list + field.Depth, INITIAL_DEPTH);
    memory.writeU16(list + field.MaximumDepth, MAXIMUM_DEPTH);
    memory.writeU32(list + field.Type, poolType);
    memory.writeU32(list + field.Tag, typeof tag === "string" ? tagToNumber(tag) : tag);
    memory.writeU32(list + field.Size, Math.max(bytes, SMALLEST_BLOCK));
    memory.writePointer(list + field.Allocate, allocate || this.#allocate);
    memory.writePointer(list + field.Free, free || this.#free);
    InsertTailList(memory, this.pool.ke, this.#head, list + field.ListEntry);
    this.#owners.set(list, owner);
  }

  #release(list: Address, block: Address): void {
    const routine = this.memory.readPointer(list + field.Free);
    const owner = this.#owners.get(list);
    if (routine === this.#free && owner !== undefined) this.driverPool.free(owner, block);
    else this.pool.ke.routines.call(routine, block, list);
  }

  #count(list: Address, offset: number): void {
    this.memory.writeU32(list + offset, this.memory.readU32(list + offset) + 1);
  }
}
