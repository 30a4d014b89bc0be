/**
 * ExAllocatePoolWithTag and its kin (wdm.h). What a driver does wrong with pool stops the machine with NT's
 * own codes: double frees, wrong tags, overruns, paged pool at raised IRQL.
 */
import { type Address, isKernelAddress } from "../../../native-bindings/abi/address";
import { BAD_POOL_CALLER } from "../../../native-bindings/abi/bugcheckCodes";
import {
  NonPagedPool,
  NonPagedPoolNx,
  PagedPool,
  POOL_FLAG_CACHE_ALIGNED,
  POOL_FLAG_NON_PAGED,
  POOL_FLAG_NON_PAGED_EXECUTE,
  POOL_FLAG_PAGED,
  POOL_FLAG_UNINITIALIZED,
  POOL_ZERO_ALLOCATION,
  poolFlags,
} from "../../../native-bindings/abi/poolTypes";
import { APC_LEVEL, DISPATCH_LEVEL, type Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import { EXECUTABLE_POOL_REGION, NONPAGED_POOL_REGION, PAGED_POOL_REGION } from "../mem/regions";
import { PoolPages } from "./poolPages";
import {
  ALLOCATE_AT_IRQL,
  FREE_AT_IRQL,
  INVALID_ADDRESS,
  stopFor,
  USER_ADDRESS,
  WRONG_TAG,
  ZERO_TAG,
} from "./poolProblems";
import { type TagUsage, TagUsageTable, tagToNumber, tagToString } from "./poolTags";
import type { PoolWatch } from "./poolWatch";

/** Enough for a namespace of ten million objects; what a driver can leak before it is told. */
const DEFAULT_LIMIT = 8 * 1024 ** 3;

/** POOL_TYPE bits: paged, and at a multiple of a cache line. */
const PAGED = 1;
const CACHE_ALIGNED = 4;
/** Of x64 processors (KeGetRecommendedSharedDataAlignment). */
const CACHE_LINE = 64;
/** MmSystemRangeStart. */
const SYSTEM_SPACE: Address = -0x8000_0000_0000;
/** NonPagedPoolNx. */
const NO_EXECUTE = 0x200;
/** The lower half of POOL_FLAGS: what is not known there makes the call fail; the upper half is optional. */
const REQUIRED_FLAGS = 0x1_0000_0000;
const KNOWN_FLAGS = Object.values(poolFlags.bit).reduce((all, bit) => all | bit, 0);

export interface PoolLimits {
  /** In bytes of whole pages. */
  readonly paged?: number;
  readonly nonpaged?: number;
}

export interface PoolAllocation {
  readonly address: Address;
  /** In use for it, header included. */
  readonly bytes: number;
  readonly tag: string;
  readonly paged: boolean;
  readonly inUse: boolean;
}

export class Pool {
  readonly #usage = new TagUsageTable();
  readonly #paged: PoolPages;
  readonly #nonpaged: PoolPages;
  readonly #executable: PoolPages;
  /** Told of blocks that have an allocator; see {@link setAllocator}. */
  watch: PoolWatch | undefined;

  constructor(
    readonly memory: KernelMemory,
    readonly ke: Ke,
    limits: PoolLimits = {},
  ) {
    this.#nonpaged = new PoolPages(memory, NONPAGED_POOL_REGION, 1, limits.nonpaged ?? DEFAULT_LIMIT);
    const executable = { write: true, execute: true };
    this.#executable = new PoolPages(memory, EXECUTABLE_POOL_REGION, 1, limits.nonpaged ?? DEFAULT_LIMIT, executable);
    this.#paged = new PoolPages(memory, PAGED_POOL_REGION, 2, limits.paged ?? DEFAULT_LIMIT);
  }

  /**
   * Not zeroed unless `poolType` has POOL_ZERO_ALLOCATION. Zero bytes give the smallest block, as NT does.
   * @param tag four characters, or their ULONG
   * @returns 0 when the pool is exhausted
   */
  ExAllocatePoolWithTag(poolType: number, bytes: number, tag: string | number): Address {
    const paged = (poolType & PAGED) !== 0;
    const number = typeof tag === "string" ? tagToNumber(tag) : tag;
    this.#checkAllocation(paged, bytes, number);
    const pool = paged ? this.#paged : (poolType & NO_EXECUTE) !== 0 ? this.#nonpaged : this.#executable;
    const isAligned = (poolType & CACHE_ALIGNED) !== 0;
    const address = isAligned ? pool.allocateAligned(bytes, number, CACHE_LINE) : pool.allocate(bytes, number);
    if (address === 0) return 0;
    this.#usage.didAllocate(number, paged, pool.bytesOf(address));
    if ((poolType & POOL_ZERO_ALLOCATION) !== 0) this.memory.fill(address, bytes, 0);
    return address;
  }

  /**
   * Zeroed unless POOL_FLAG_UNINITIALIZED is given.
   * @param flags POOL_FLAGS; the upper half, which is optional, has no meaning here
   * @returns 0 when the pool is exhausted, when the flags name no pool or hold unknown bits, or when zero bytes are
   * asked for
   */
  ExAllocatePool2(flags: number, bytes: number, tag: string | number): Address {
    const poolType = poolTypeOf(flags);
    return poolType === undefined || bytes === 0 ? 0 : this.ExAllocatePoolWithTag(poolType, bytes, tag);
  }

  /** @param tag undefined or 0: not compared, as ExFreePool does */
  ExFreePoolWithTag(address: Address, tag?: string | number): void {
    const pool = this.#prepareFree(address, tag);
    if (pool.allocatorOf(address) !== 0) this.watch?.didFree(address);
    pool.free(address);
  }

  /** As {@link ExFreePoolWithTag}, but the block itself stays until {@link release}. */
  retire(address: Address, tag?: string | number): void {
    this.#prepareFree(address, tag);
  }

  release(address: Address): void {
    const pool = this.#poolOf(address);
    this.#checkFree(pool, address);
    pool.free(address);
  }

  #prepareFree(address: Address, tag: string | number | undefined): PoolPages {
    const pool = this.#poolOf(address);
    const paged = pool === this.#paged;
    this.#checkIrql(paged, FREE_AT_IRQL, address);
    this.#checkFree(pool, address);
    const allocated = pool.tagOf(address);
    const given = typeof tag === "string" ? tagToNumber(tag) : (tag ?? 0);
    if (given !== 0 && given !== allocated) {
      const rule = `Pool allocated with tag '${tagToString(allocated)}' was freed with tag '${tagToString(given)}'.`;
      const parameters = [WRONG_TAG, address, allocated, given];
      this.#stopFree(BAD_POOL_CALLER, parameters, rule + this.#storyOf(address));
    }
    this.#usage.didFree(allocated, paged, pool.bytesOf(address));
    return pool;
  }

  /** Marks a block as one that {@link watch} knows. @param allocator 16 bits, 0: none */
  setAllocator(address: Address, allocator: number): void {
    this.#poolOf(address).setAllocator(address, allocator);
  }

  allocatorOf(address: Address): number {
    return this.#poolOf(address).allocatorOf(address);
  }

  /** Bytes that a block in use takes, header included. */
  bytesOf(address: Address): number {
    return this.#poolOf(address).bytesOf(address);
  }

  /** PoolTag of a block in use. */
  tagOf(address: Address): number {
    return this.#poolOf(address).tagOf(address);
  }

  usageByTag(): readonly TagUsage[] {
    return this.#usage.all();
  }

  /** Gives back the pages that only blocks kept for reuse lie in; done by itself when the pool is used up. */
  trim(): void {
    for (const pool of [this.#nonpaged, this.#executable, this.#paged]) pool.trim();
  }

  /** Bytes of pages held. */
  get pagedBytes(): number {
    return this.#paged.bytes;
  }

  get nonpagedBytes(): number {
    return this.#nonpaged.bytes + this.#executable.bytes;
  }

  /** Every block, free ones too, in the order of pages; live: must not be interleaved with allocations. */
  *blocks(): Generator<PoolAllocation> {
    for (const pool of [this.#nonpaged, this.#executable, this.#paged]) {
      const paged = pool === this.#paged;
      for (const block of pool.blocks()) {
        const inUse = block.inUse && !(this.watch?.isRetired(block.address) ?? false);
        yield { ...block, inUse, tag: tagToString(block.tag), paged };
      }
    }
  }

  #poolOf(address: Address): PoolPages {
    if (!isKernelAddress(address)) {
      const rule = address === 0 ? "ExFreePool was called with NULL." : "A user-mode address was freed as pool.";
      const code = address === 0 ? INVALID_ADDRESS : USER_ADDRESS;
      this.#stopFree(BAD_POOL_CALLER, address === 0 ? [code, 0] : [code, address, SYSTEM_SPACE], rule);
    }
    if (address >= PAGED_POOL_REGION.start && address < PAGED_POOL_REGION.end) return this.#paged;
    const { start, end } = EXECUTABLE_POOL_REGION;
    return address >= start && address < end ? this.#executable : this.#nonpaged;
  }

  #checkAllocation(paged: boolean, bytes: number, tag: number): void {
    if (tag === 0) {
      this.#stopAllocation([ZERO_TAG, paged ? 1 : 0, bytes], "Pool was allocated with a tag of zero.");
    }
    this.#checkIrql(paged, ALLOCATE_AT_IRQL, bytes);
  }

  #checkIrql(paged: boolean, kind: number, detail: number): void {
    const irql = this.ke.irql;
    if (irql <= (paged ? APC_LEVEL : DISPATCH_LEVEL)) return;
    const what = paged ? "Paged pool" : "Pool";
    const limit = paged ? "APC_LEVEL" : "DISPATCH_LEVEL";
    const parameters = [kind, irql, paged ? 1 : 0, detail];
    if (kind === ALLOCATE_AT_IRQL) {
      this.#stopAllocation(parameters, `${what} was allocated at IRQL ${irql}; the highest allowed is ${limit}.`);
    }
    this.#stopFree(BAD_POOL_CALLER, parameters, `${what} was freed at IRQL ${irql}; the highest allowed is ${limit}.`);
  }

  #checkFree(pool: PoolPages, address: Address): void {
    let problem = pool.problemWith(address);
    if (problem === undefined && pool.allocatorOf(address) === 0) return;
    if (this.watch?.isRetired(address)) problem = "alreadyFree";
    if (problem === undefined) return;
    const { code, parameters, rule } = stopFor(this.memory, problem, address);
    const before = problem === "corruptHeader" ? pool.blockBefore(address) : 0;
    const ofBefore = before === 0 ? "" : this.#storyOf(before).replace("The block", "The block before it");
    this.#stopFree(code, parameters, rule + this.#storyOf(address) + ofBefore);
  }

  #storyOf(address: Address): string {
    return this.watch?.storyOf(address) ?? "";
  }

  #stopAllocation(parameters: readonly number[], rule: string): never {
    return this.ke.bugCheck(BAD_POOL_CALLER, parameters, { rule, routine: "ExAllocatePoolWithTag" });
  }

  #stopFree(code: number, parameters: readonly number[], rule: string): never {
    return this.ke.bugCheck(code, parameters, { rule, routine: "ExFreePoolWithTag" });
  }
}

/** @returns a POOL_TYPE with its modifiers; undefined for flags that ExAllocatePool2 refuses */
function poolTypeOf(flags: number): number | undefined {
  const required = flags % REQUIRED_FLAGS;
  if (required < 0 || (required & ~KNOWN_FLAGS) !== 0) return undefined;
  const zero = (required & POOL_FLAG_UNINITIALIZED) === 0 ? POOL_ZERO_ALLOCATION : 0;
  const modifiers = zero | ((required & POOL_FLAG_CACHE_ALIGNED) === 0 ? 0 : CACHE_ALIGNED);
  switch (required & (POOL_FLAG_PAGED | POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE)) {
    case POOL_FLAG_PAGED:
      return PagedPool | modifiers;
    case POOL_FLAG_NON_PAGED:
      return NonPagedPoolNx | modifiers;
    case POOL_FLAG_NON_PAGED_EXECUTE:
      return NonPagedPool | modifiers;
    default:
      return undefined;
  }
}
