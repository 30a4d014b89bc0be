/**
 * The pool as drivers use it. Each of their blocks is known by the routine that allocated it; the bytes around it are
 * looked at when it is freed; and a freed block is kept for a while, filled with a pattern, to see whether anybody still
 * writes to it. What NT notices too stops the machine; what it never would is reported.
 */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { STATUS_INSUFFICIENT_RESOURCES } from "../../../native-bindings/abi/ntstatus/codes";
import {
  POOL_QUOTA_FAIL_INSTEAD_OF_RAISE,
  POOL_RAISE_IF_ALLOCATION_FAILURE,
} from "../../../native-bindings/abi/poolTypes";
import { POOL_HEADER } from "../../../native-bindings/abi/structures/pool";
import type { DriverRule } from "../driverRule";
import type { KernelModule } from "../ke/routines";
import { AllocationSites } from "./allocationSites";
import { NtException } from "./ntException";
import type { Pool } from "./pool";
import { POOL_HEADER_SIZE } from "./poolPages";
import { FREED_PATTERN, firstDifference, SLACK_PATTERN } from "./poolPattern";
import { tagToString } from "./poolTags";
import type { PoolWatch } from "./poolWatch";

/** Freed blocks that are kept. Blocks with pages of their own are not: those are gone at once, and touching them faults. */
const RETIRED_BLOCKS = 256;
/** Freed blocks whose story is remembered, for those who free them again. */
const REMEMBERED_FREES = 4096;

const PROCESS_BILLED = POOL_HEADER.offset.ProcessBilled;
/** Behind the allocator's number in the last eight bytes of a header: nothing uses them here. */
const AFTER_ALLOCATOR = 2;
const UNUSED_HEADER_BYTES = POOL_HEADER_SIZE - PROCESS_BILLED - AFTER_ALLOCATOR;

export interface DriverBlock {
  readonly address: Address;
  /** As asked for. */
  readonly bytes: number;
  readonly tag: string;
  readonly module: KernelModule;
  /** A number of {@link AllocationSites}. */
  readonly allocator: number;
}

interface FreedBlock extends DriverBlock {
  readonly freer: number;
  isReported: boolean;
}

export interface LeakedBlocks {
  readonly tag: string;
  readonly blocks: number;
  readonly bytes: number;
  readonly allocatedBy: string;
}

/** @param driver the module's name */
export type PoolReport = (rule: DriverRule, message: string, driver: string) => void;

export class DriverPool implements PoolWatch {
  readonly #sites: AllocationSites;
  readonly #live = new Map<Address, DriverBlock>();
  /** In the order in which they were freed. */
  readonly #retired = new Map<Address, FreedBlock>();
  readonly #freed = new Map<Address, FreedBlock>();

  constructor(
    private readonly pool: Pool,
    private readonly report: PoolReport,
  ) {
    this.#sites = new AllocationSites(pool.ke.routines);
    pool.watch = this;
  }

  /** ExAllocatePoolWithTag. Raises STATUS_INSUFFICIENT_RESOURCES when `poolType` says so and the pool is exhausted. */
  allocate(module: KernelModule, poolType: number, bytes: number, tag: string | number): Address {
    const block = this.#track(module, bytes, () => this.pool.ExAllocatePoolWithTag(poolType, bytes, tag));
    if (block === 0 && (poolType & POOL_RAISE_IF_ALLOCATION_FAILURE) !== 0) raise("ExAllocatePoolWithTag");
    return block;
  }

  /** ExAllocatePoolWithQuotaTag: raises unless POOL_QUOTA_FAIL_INSTEAD_OF_RAISE is given. */
  allocateWithQuota(module: KernelModule, poolType: number, bytes: number, tag: string | number): Address {
    const plain = poolType & ~(POOL_QUOTA_FAIL_INSTEAD_OF_RAISE | POOL_RAISE_IF_ALLOCATION_FAILURE);
    const block = this.#track(module, bytes, () => this.pool.ExAllocatePoolWithTag(plain, bytes, tag));
    if (block === 0 && (poolType & POOL_QUOTA_FAIL_INSTEAD_OF_RAISE) === 0) raise("ExAllocatePoolWithQuotaTag");
    return block;
  }

  /** ExAllocatePool2. @param mayRaise whether POOL_FLAG_RAISE_ON_FAILURE was given */
  allocate2(module: KernelModule, flags: number, bytes: number, tag: string | number, mayRaise: boolean): Address {
    const block = this.#track(module, bytes, () => this.pool.ExAllocatePool2(flags, bytes, tag));
    if (block === 0 && mayRaise) raise("ExAllocatePool2");
    return block;
  }

  /** ExFreePoolWithTag */
  free(module: KernelModule, address: Address, tag?: string | number): void {
    const block = this.#live.get(address);
    if (block === undefined) {
      this.pool.ExFreePoolWithTag(address, tag);
      return;
    }
    if (hasOwnPages(address)) {
      this.#checkSlack(block);
      this.pool.ExFreePoolWithTag(address, tag);
      this.#remember({ ...block, freer: this.#sites.current(module), isReported: false });
      return;
    }
    this.pool.retire(address, tag);
    this.#checkSlack(block);
    this.#checkHeader(block);
    this.#live.delete(address);
    const freed: FreedBlock = { ...block, freer: this.#sites.current(module), isReported: false };
    this.#retired.set(address, freed);
    this.#remember(freed);
    this.pool.memory.fill(address, this.#roomOf(address), FREED_PATTERN);
    if (this.#retired.size > RETIRED_BLOCKS) this.#releaseOldest();
  }

  /** Looks at all freed blocks that are kept; each that was written to is reported once. */
  sweep(): void {
    for (const block of this.#retired.values()) this.#checkFreed(block);
  }

  /** The name of the routine that allocated a block; undefined when no driver did. */
  allocatorOf(address: Address): string | undefined {
    const block = this.#live.get(address);
    return block && this.#sites.at(block.allocator).name;
  }

  /** The block in use that an address lies in. */
  blockAt(address: Address): DriverBlock | undefined {
    for (const block of this.#live.values()) {
      if (address >= block.address && address < block.address + block.bytes) return block;
    }
    return undefined;
  }

  /** What a driver has allocated and nobody has freed, by tag and routine, in the order of allocation. */
  leakedBy(module: KernelModule): LeakedBlocks[] {
    const sums = new Map<string, LeakedBlocks>();
    for (const block of this.#live.values()) {
      if (block.module !== module) continue;
      const key = `${block.tag}${block.allocator}`;
      const { blocks, bytes } = sums.get(key) ?? { blocks: 0, bytes: 0 };
      const allocatedBy = this.#sites.at(block.allocator).name;
      sums.set(key, { tag: block.tag, blocks: blocks + 1, bytes: bytes + block.bytes, allocatedBy });
    }
    return [...sums.values()];
  }

  storyOf(address: Address): string {
    const live = this.#live.get(address);
    if (live !== undefined) {
      return ` The block, ${live.bytes} bytes, was allocated by ${this.#sites.at(live.allocator).name}.`;
    }
    const freed = this.#freed.get(address);
    return freed === undefined ? "" : ` The block, ${freed.bytes} bytes, was ${this.#pastOf(freed)}.`;
  }

  isRetired(address: Address): boolean {
    return this.#retired.has(address) || (this.#freed.has(address) && !this.#isMapped(address));
  }

  didFree(address: Address): void {
    this.#live.delete(address);
  }

  #track(module: KernelModule, bytes: number, allocate: () => Address): Address {
    // A SIZE_T that large, or negative, or no integer: as much as no pool has.
    if (!Number.isSafeInteger(bytes) || bytes < 0) return 0;
    let address = allocate();
    if (address === 0 && this.#retired.size > 0) {
      while (this.#retired.size > 0) this.#releaseOldest();
      address = allocate();
    }
    if (address === 0) return 0;
    const allocator = this.#sites.current(module);
    this.pool.setAllocator(address, allocator);
    const tag = tagToString(this.pool.tagOf(address));
    this.#live.set(address, { address, bytes, tag, module, allocator });
    this.#freed.delete(address);
    const slack = this.#roomOf(address) - bytes;
    if (slack > 0) this.pool.memory.fill(address + bytes, slack, SLACK_PATTERN);
    return address;
  }

  /** Bytes from the block's address to the end of what the pool holds for it. */
  #roomOf(address: Address): number {
    const bytes = this.pool.bytesOf(address);
    return hasOwnPages(address) ? bytes : bytes - POOL_HEADER_SIZE;
  }

  #isMapped(address: Address): boolean {
    return this.pool.memory.pages.allows(address, 1, "read");
  }

  #checkSlack(block: DriverBlock): void {
    const { address, bytes } = block;
    const slack = this.#roomOf(address) - bytes;
    const at = slack > 0 ? firstDifference(this.pool.memory, address + bytes, slack, SLACK_PATTERN) : undefined;
    if (at === undefined) return;
    const message =
      `A pool block with the tag '${block.tag}' was written ${at + 1} byte(s) or more beyond its ${bytes}; it was ` +
      `allocated by ${this.#sites.at(block.allocator).name}. Nothing lay there this time.`;
    this.report("poolOverrun", message, block.module.name);
  }

  #checkHeader(block: DriverBlock): void {
    const header = block.address - POOL_HEADER_SIZE + PROCESS_BILLED;
    const isIntact =
      this.pool.allocatorOf(block.address) === block.allocator &&
      firstDifference(this.pool.memory, header + AFTER_ALLOCATOR, UNUSED_HEADER_BYTES, 0) === undefined;
    if (isIntact) return;
    const message =
      `The bytes before a pool block with the tag '${block.tag}' were written to; it was allocated by ` +
      `${this.#sites.at(block.allocator).name}. They belong to the pool, which did not use them this time.`;
    this.report("poolUnderrun", message, block.module.name);
  }

  #checkFreed(block: FreedBlock): void {
    if (block.isReported) return;
    const at = firstDifference(this.pool.memory, block.address, this.#roomOf(block.address), FREED_PATTERN);
    if (at === undefined) return;
    block.isReported = true;
    const message =
      `A pool block with the tag '${block.tag}' at ${addressToHex(block.address)} was written to at offset ${at} ` +
      `after it was freed; it was ${this.#pastOf(block)}.`;
    this.report("poolUseAfterFree", message, block.module.name);
  }

  #pastOf({ allocator, freer }: FreedBlock): string {
    return `allocated by ${this.#sites.at(allocator).name} and freed by ${this.#sites.at(freer).name}`;
  }

  #remember(freed: FreedBlock): void {
    this.#freed.delete(freed.address);
    this.#freed.set(freed.address, freed);
    if (this.#freed.size <= REMEMBERED_FREES) return;
    const [oldest] = this.#freed.keys();
    if (oldest !== undefined) this.#freed.delete(oldest);
  }

  #releaseOldest(): void {
    const [oldest] = this.#retired.values();
    if (oldest === undefined) return;
    this.#checkFreed(oldest);
    this.#retired.delete(oldest.address);
    this.pool.release(oldest.address);
  }
}

/** A large block begins with a page; a small one has its header there. */
function hasOwnPages(address: Address): boolean {
  return (address & 0xfff) === 0;
}

function raise(routine: string): never {
  throw new NtException(STATUS_INSUFFICIENT_RESOURCES, routine);
}
