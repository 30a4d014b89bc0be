/**
 * ExAllocatePoolWithTag and its kin (wdm.h). What a driver does wrong with pool stops the machine with NT's
 * own codes: double frees, wrong tags, overruns, paged pool at raised IRQL.
 */
import { type Address, isKernelAddress } from "../../../native-bindings/abi/address";
import { BAD_POOL_CALLER, BAD_POOL_HEADER } from "../../../native-bindings/abi/bugcheckCodes";
import {
  POOL_FLAG_NON_PAGED,
  POOL_FLAG_NON_PAGED_EXECUTE,
  POOL_FLAG_PAGED,
  POOL_FLAG_UNINITIALIZED,
  POOL_ZERO_ALLOCATION,
} from "../../../native-bindings/abi/poolTypes";
import { APC_LEVEL, DISPATCH_LEVEL, type Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import { NONPAGED_POOL_REGION, PAGED_POOL_REGION } from "../mem/regions";
import { type FreeProblem, PoolPages } from "./poolPages";
import { type TagUsage, TagUsageTable, tagToNumber, tagToString } from "./poolTags";

/** First parameters of BAD_POOL_CALLER (debugger reference, bug check 0xC2). */
const ALREADY_FREE = 0x07;
const ALLOCATE_AT_IRQL = 0x08;
const FREE_AT_IRQL = 0x09;
const WRONG_TAG = 0x0a;
const USER_ADDRESS = 0x40;
const INVALID_ADDRESS = 0x46;
const CORRUPT_HEADER = 0x99;
const ZERO_TAG = 0x9b;
/** First parameter of BAD_POOL_HEADER: the sizes of a block and its neighbour disagree. */
const SIZES_DISAGREE = 0x20;

/** Enough for a namespace of ten million objects; what a driver can leak before it is told. */
const DEFAULT_LIMIT = 8 * 1024 ** 3;

const freeProblems: Readonly<
  Record<FreeProblem, { code: number; rule: string; parameters: (address: Address) => readonly number[] }>
> = {
  alreadyFree: {
    code: BAD_POOL_CALLER,
    rule: "A pool block was freed that is already free.",
    parameters: (address) => [ALREADY_FREE, 0, 0, address],
  },
  notPool: {
    code: BAD_POOL_CALLER,
    rule: "An address was freed that no pool allocation returned.",
    parameters: (address) => [INVALID_ADDRESS, address],
  },
  corruptHeader: {
    code: BAD_POOL_CALLER,
    rule: "A pool block was freed whose header was overwritten.",
    parameters: (address) => [CORRUPT_HEADER, address],
  },
  corruptNeighbour: {
    code: BAD_POOL_HEADER,
    rule: "A pool block was written beyond its end: the header of the block after it is destroyed.",
    parameters: (address) => [SIZES_DISAGREE, address],
  },
};

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

  constructor(
    readonly memory: KernelMemory,
    readonly ke: Ke,
    limits: PoolLimits = {},
  ) {
    this.#nonpaged = new PoolPages(memory, NONPAGED_POOL_REGION, 1, limits.nonpaged ?? DEFAULT_LIMIT);
    this.#paged = new PoolPages(memory, PAGED_POOL_REGION, 2, limits.paged ?? DEFAULT_LIMIT);
  }

  /**
   * Not zeroed unless `poolType` has POOL_ZERO_ALLOCATION. Zero bytes give the smallest block, as NT does.
   * @param tag four characters, or their ULONG
   * @returns 0 when the pool is exhausted
   */
  ExAllocatePoolWithTag(poolType: number, bytes: number, tag: string | number): Address {
    const paged = (poolType & 1) === 1;
    const number = typeof tag === "string" ? tagToNumber(tag) : tag;
    this.#checkAllocation(paged, bytes, number);
    const pool = paged ? this.#paged : this.#nonpaged;
    const address = pool.allocate(bytes, number);
    if (address === 0) return 0;
    this.#usage.didAllocate(number, paged, pool.bytesOf(address));
    if ((poolType & POOL_ZERO_ALLOCATION) !== 0) this.memory.fill(address, bytes, 0);
    return address;
  }

  /**
   * Zeroed unless POOL_FLAG_UNINITIALIZED is given.
   * @param flags the lower half of POOL_FLAGS
   * @returns 0 when the pool is exhausted, or when the flags name no pool or zero bytes are asked for
   */
  ExAllocatePool2(flags: number, bytes: number, tag: string | number): Address {
    const kinds = flags & (POOL_FLAG_PAGED | POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE);
    const oneKind = kinds !== 0 && (kinds & (kinds - 1)) === 0;
    if (!oneKind || bytes === 0) return 0;
    const zero = (flags & POOL_FLAG_UNINITIALIZED) === 0 ? POOL_ZERO_ALLOCATION : 0;
    return this.ExAllocatePoolWithTag((kinds === POOL_FLAG_PAGED ? 1 : 0) | zero, bytes, tag);
  }

  /** @param tag undefined or 0: not compared, as ExFreePool does */
  ExFreePoolWithTag(address: Address, tag?: string | number): void {
    const pool = this.#poolOf(address);
    const paged = pool === this.#paged;
    this.#checkIrql(paged, FREE_AT_IRQL, address);
    this.#checkFree(pool, address);
    const allocated = pool.tagOf(address);
    const given = typeof tag === "string" ? tagToNumber(tag) : (tag ?? 0);
    if (given !== 0 && given !== allocated) {
      const rule = `Pool allocated with tag '${tagToString(allocated)}' was freed with tag '${tagToString(given)}'.`;
      this.#stopFree(BAD_POOL_CALLER, [WRONG_TAG, address, allocated, given], rule);
    }
    this.#usage.didFree(allocated, paged, pool.bytesOf(address));
    pool.free(address);
  }

  usageByTag(): readonly TagUsage[] {
    return this.#usage.all();
  }

  /** Bytes of pages held. */
  get pagedBytes(): number {
    return this.#paged.bytes;
  }

  get nonpagedBytes(): number {
    return this.#nonpaged.bytes;
  }

  /** Every block, free ones too, in the order of pages; live: must not be interleaved with allocations. */
  *blocks(): Generator<PoolAllocation> {
    for (const pool of [this.#nonpaged, this.#paged]) {
      const paged = pool === this.#paged;
      for (const block of pool.blocks()) yield { ...block, tag: tagToString(block.tag), paged };
    }
  }

  #poolOf(address: Address): PoolPages {
    if (!isKernelAddress(address)) {
      const rule = address === 0 ? "ExFreePool was called with NULL." : "A user-mode address was freed as pool.";
      const code = address === 0 ? INVALID_ADDRESS : USER_ADDRESS;
      this.#stopFree(BAD_POOL_CALLER, [code, address], rule);
    }
    const { start, end } = PAGED_POOL_REGION;
    return address >= start && address < end ? this.#paged : this.#nonpaged;
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
    const problem = pool.problemWith(address);
    if (problem === undefined) return;
    const { code, rule, parameters } = freeProblems[problem];
    this.#stopFree(code, parameters(address), rule);
  }

  #stopAllocation(parameters: readonly number[], rule: string): never {
    return this.ke.bugCheck(BAD_POOL_CALLER, parameters, { rule, routine: "ExAllocatePoolWithTag" });
  }

  #stopFree(code: number, parameters: readonly number[], rule: string): never {
    return this.ke.bugCheck(code, parameters, { rule, routine: "ExFreePoolWithTag" });
  }
}
