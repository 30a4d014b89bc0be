/**
 * One pool (paged or nonpaged): pages cut into blocks with a POOL_HEADER each, split when taken and merged
 * with free neighbours when given back, as NT's pool did until the segment heap. Requests over 4064 bytes get
 * whole pages of their own, without a header.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { POOL_HEADER } from "../../../native-bindings/abi/structures/pool";
import { AddressMap } from "../mem/addressMap";
import { PAGE_SIZE } from "../mem/frames";
import type { KernelMemory } from "../mem/kernelMemory";
import type { PageProtection } from "../mem/pageTable";
import type { Region } from "../mem/regions";
import { FreeLists, UNITS_PER_PAGE } from "./freeLists";

const UNIT_SHIFT = 4;
export const POOL_HEADER_SIZE = POOL_HEADER.size;
const TAG = POOL_HEADER.offset.PoolTag;
const BILLED = POOL_HEADER.offset.ProcessBilled;
const BACK_TRACE = POOL_HEADER.offset.AllocatorBackTraceIndex;
/** PAGE_SIZE less one header for the block and one for the unit that is left of the page. */
export const LARGEST_BLOCK_BYTES = PAGE_SIZE - 2 * POOL_HEADER_SIZE;

/** The first four bytes of a POOL_HEADER: PreviousSize, PoolIndex, BlockSize, PoolType. */
const previousSize = (header: number): number => header & 0xff;
const poolIndex = (header: number): number => (header >>> 8) & 0xff;
const blockSize = (header: number): number => (header >>> 16) & 0xff;
const poolType = (header: number): number => header >>> 24;

/**
 * Small blocks that were freed are kept as they are for the next who wants one of their size, as NT's lookaside lists of
 * each processor do: most pool lives for one request. PoolIndex marks them, so that their neighbours do not merge with them.
 */
const LOOKASIDE_UNITS = 32;
const LOOKASIDE_DEPTH = 16;
const KEPT = 0xff;

const isMergeable = (header: number): boolean => poolType(header) === 0 && poolIndex(header) !== KEPT;

export interface PoolBlock {
  /** Of the body: what the allocator returned. */
  readonly address: Address;
  /** Header included; whole pages for a large one. */
  readonly bytes: number;
  readonly tag: number;
  readonly inUse: boolean;
}

interface LargeBlock {
  readonly pages: number;
  readonly tag: number;
  allocator: number;
}

export type FreeProblem = "notPool" | "alreadyFree" | "corruptHeader" | "corruptNeighbour";

export class PoolPages {
  readonly #free: FreeLists;
  readonly #pages = new AddressMap<true>();
  /** Free blocks that were not merged, by units. */
  readonly #lookaside: Address[][] = Array.from({ length: LOOKASIDE_UNITS + 1 }, () => []);
  readonly #large = new Map<Address, LargeBlock>();
  /**
   * The rest of the page that blocks are cut from now: a free block like any other, but in no list, so that a boot full
   * of allocations does not take it out of one list and put it into the next each time. 0: none.
   */
  #rest: Address = 0;
  #restUnits = 0;
  #bytes = 0;

  /** @param headerType what PoolType says of a block in use: 1 nonpaged, 2 paged */
  constructor(
    readonly memory: KernelMemory,
    readonly region: Region,
    readonly headerType: number,
    /** In bytes, of pages. */
    public limit: number,
    readonly protection: PageProtection = { write: true },
  ) {
    this.#free = new FreeLists(memory);
  }

  /** Of all pages held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The body's address, 0 when the pool is exhausted. The contents are whatever was there. */
  allocate(bytes: number, tag: number): Address {
    if (bytes > LARGEST_BLOCK_BYTES) return this.#allocateLarge(bytes, tag);
    const units = Math.max(2, (bytes + POOL_HEADER_SIZE + 15) >>> UNIT_SHIFT);
    const block = this.#lookaside[units]?.pop() ?? this.#find(units);
    if (block === 0) return 0;
    const previous = previousSize(this.memory.readU32(block));
    this.memory.writePair(block, previous | (units << 16) | (this.headerType << 24), tag);
    this.memory.writePointer(block + BILLED, 0);
    return block + POOL_HEADER_SIZE;
  }

  #find(units: number): Address {
    const found = this.#free.smallest(units);
    if (found !== 0) return this.#takeFree(found, units);
    const cut = this.#cutRest(units);
    return cut === 0 && this.trim() ? this.#find(units) : cut;
  }

  /** Gives up the free blocks that are kept for speed only. @returns whether there were any */
  trim(): boolean {
    let any = false;
    for (const [units, blocks] of this.#lookaside.entries()) {
      any ||= blocks.length > 0;
      // The size is known here; what stands in the header may have been overrun since.
      for (const block of blocks.splice(0)) this.#merge(block, previousSize(this.memory.readU32(block)), units);
    }
    return any;
  }

  /**
   * As {@link allocate}, at a multiple of `alignment`: cut out of a larger block, whose front is free again.
   * @param alignment a power of two from 16 to a page
   */
  allocateAligned(bytes: number, tag: number, alignment: number): Address {
    const address = this.allocate(bytes + alignment - POOL_HEADER_SIZE, tag);
    const misplaced = address & (alignment - 1);
    if (address === 0 || misplaced === 0) return address;
    const gap = alignment - misplaced;
    const front = address - POOL_HEADER_SIZE;
    const frontUnits = gap >>> UNIT_SHIFT;
    const header = this.memory.readU32(front);
    const units = blockSize(header) - frontUnits;
    this.memory.writePair(front + gap, frontUnits | (units << 16) | (this.headerType << 24), tag);
    this.memory.writePointer(front + gap + BILLED, 0);
    const next = front + gap + units * 16;
    if ((next & (PAGE_SIZE - 1)) !== 0) this.memory.writeU8(next, units);
    this.memory.writeU32(front, previousSize(header) | (frontUnits << 16) | (this.headerType << 24));
    this.free(address);
    return address + gap;
  }

  /** The number that {@link setAllocator} gave a block, 0 when none: what NT's header has a back trace's index for. */
  allocatorOf(address: Address): number {
    return this.#largeAt(address)?.allocator ?? this.memory.readU16(address - POOL_HEADER_SIZE + BACK_TRACE);
  }

  /** @param allocator 16 bits */
  setAllocator(address: Address, allocator: number): void {
    const large = this.#largeAt(address);
    if (large === undefined) this.memory.writeU16(address - POOL_HEADER_SIZE + BACK_TRACE, allocator);
    else large.allocator = allocator;
  }

  /** The last block of the page that begins before the one at `address`, as far as its headers can be walked. */
  blockBefore(address: Address): Address {
    const block = address - POOL_HEADER_SIZE;
    const page = block - (block & (PAGE_SIZE - 1));
    let before = 0;
    if (!this.#pages.has(page)) return 0;
    for (let at = page; at < block; ) {
      before = at + POOL_HEADER_SIZE;
      const size = blockSize(this.memory.readU32(at));
      if (size === 0) break;
      at += size * 16;
    }
    return before;
  }

  /** What is wrong with freeing `address`, if anything. Changes nothing. */
  problemWith(address: Address): FreeProblem | undefined {
    if (this.#largeAt(address) !== undefined) return undefined;
    const block = address - POOL_HEADER_SIZE;
    const offset = block & (PAGE_SIZE - 1);
    if ((offset & 15) !== 0 || !this.#pages.has(block - offset)) return "notPool";
    const header = this.memory.readU32(block);
    const size = blockSize(header);
    if (poolType(header) === 0) return "alreadyFree";
    if (poolType(header) !== this.headerType || size < 2 || offset + size * 16 > PAGE_SIZE) return "corruptHeader";
    const next = block + size * 16;
    if (offset + size * 16 < PAGE_SIZE && previousSize(this.memory.readU32(next)) !== size) return "corruptNeighbour";
    return undefined;
  }

  tagOf(address: Address): number {
    return this.#largeAt(address)?.tag ?? this.memory.readU32(address - POOL_HEADER_SIZE + TAG);
  }

  /** As PoolBlock.bytes. */
  bytesOf(address: Address): number {
    const large = this.#largeAt(address);
    return large === undefined
      ? blockSize(this.memory.readU32(address - POOL_HEADER_SIZE)) * 16
      : large.pages * PAGE_SIZE;
  }

  /** Only after {@link problemWith} found nothing. */
  free(address: Address): void {
    const large = this.#largeAt(address);
    if (large !== undefined) {
      this.#large.delete(address);
      this.memory.pages.free(this.region, address, large.pages);
      this.#bytes -= large.pages * PAGE_SIZE;
      return;
    }
    const block = address - POOL_HEADER_SIZE;
    const header = this.memory.readU32(block);
    const kept = this.#lookaside[blockSize(header)];
    if (kept === undefined || kept.length === LOOKASIDE_DEPTH) {
      this.#merge(block, previousSize(header), blockSize(header));
      return;
    }
    this.memory.writeU32(block, (header & 0x00ff_00ff) | (KEPT << 8));
    kept.push(block);
  }

  /** A block becomes free, with the free ones beside it. */
  #merge(freed: Address, previousUnits: number, units: number): void {
    let block = freed;
    let size = units;
    let previous = previousUnits;
    this.memory.writeU32(block, previous | (size << 16));
    const next = block + size * 16;
    if ((next & (PAGE_SIZE - 1)) !== 0) {
      const nextHeader = this.memory.readU32(next);
      if (isMergeable(nextHeader)) {
        this.#unlink(next, blockSize(nextHeader));
        size += blockSize(nextHeader);
      }
    }
    if (previous !== 0) {
      const before = block - previous * 16;
      const beforeHeader = this.memory.readU32(before);
      if (isMergeable(beforeHeader)) {
        this.#unlink(before, previous);
        size += previous;
        block = before;
        previous = previousSize(beforeHeader);
      }
    }
    if (size === UNITS_PER_PAGE) this.#removePage(block);
    else this.#putFree(block, previous, size);
  }

  /** Every block, in use or free, page by page. */
  *blocks(): Generator<PoolBlock> {
    for (const page of this.#pages.keys()) {
      for (let offset = 0; offset < PAGE_SIZE; ) {
        const header = this.memory.readU32(page + offset);
        const size = blockSize(header);
        // An overrun can destroy a header: the rest of the page can't be walked then.
        if (size === 0) break;
        const tag = this.memory.readU32(page + offset + TAG);
        yield { address: page + offset + POOL_HEADER_SIZE, bytes: size * 16, tag, inUse: poolType(header) !== 0 };
        offset += size * 16;
      }
    }
    for (const [address, { pages, tag }] of this.#large) yield { address, bytes: pages * PAGE_SIZE, tag, inUse: true };
  }

  /** Only large blocks begin with a page; asking costs the others nothing. */
  #largeAt(address: Address): LargeBlock | undefined {
    return (address & (PAGE_SIZE - 1)) === 0 ? this.#large.get(address) : undefined;
  }

  #takeFree(found: number, units: number): Address {
    const block = this.#free.first(found);
    this.#free.remove(block, found);
    if (found > units) this.#putFree(block + units * 16, units, found - units);
    return block;
  }

  /** From the rest of the page, or from a new page when it is too small; 0 when there is none. */
  #cutRest(units: number): Address {
    if (this.#restUnits < units) {
      const page = this.#addPage();
      if (page === undefined) return 0;
      if (this.#rest !== 0) this.#free.push(this.#rest, this.#restUnits);
      this.#rest = page;
      this.#restUnits = UNITS_PER_PAGE;
    }
    const block = this.#rest;
    const left = this.#restUnits - units;
    this.#restUnits = left;
    this.#rest = left === 0 ? 0 : block + units * 16;
    if (left !== 0) this.memory.writeU32(this.#rest, units | (left << 16));
    return block;
  }

  /** A free block that becomes part of another. */
  #unlink(block: Address, units: number): void {
    if (block !== this.#rest) {
      this.#free.remove(block, units);
      return;
    }
    this.#rest = 0;
    this.#restUnits = 0;
  }

  /** At a page's end it becomes the rest if there is none: what was cut last is often freed first. */
  #putFree(block: Address, previous: number, size: number): void {
    this.memory.writeU32(block, previous | (size << 16));
    const next = block + size * 16;
    if ((next & (PAGE_SIZE - 1)) !== 0) this.memory.writeU8(next, size);
    else if (this.#rest === 0) {
      this.#rest = block;
      this.#restUnits = size;
      return;
    }
    this.#free.push(block, size);
  }

  #addPage(): Address | undefined {
    const page = this.#takePages(1);
    if (page !== undefined) this.#pages.set(page, true);
    return page;
  }

  #removePage(page: Address): void {
    this.#pages.delete(page);
    this.memory.pages.free(this.region, page, 1);
    this.#bytes -= PAGE_SIZE;
  }

  #allocateLarge(bytes: number, tag: number): Address {
    const pages = Math.ceil(bytes / PAGE_SIZE);
    const address = this.#takePages(pages);
    if (address === undefined) return this.trim() ? this.#allocateLarge(bytes, tag) : 0;
    this.#large.set(address, { pages, tag, allocator: 0 });
    return address;
  }

  #takePages(pages: number): Address | undefined {
    const bytes = pages * PAGE_SIZE;
    if (this.#bytes + bytes > this.limit) return undefined;
    const address = this.memory.pages.allocate(this.region, pages, this.protection);
    if (address !== undefined) this.#bytes += bytes;
    return address;
  }
}
