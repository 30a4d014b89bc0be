/** Mapping and unmapping: what Mm does for the rest of the model. */
import type { Address } from "../../../native-bindings/abi/address";
import { type Frames, PAGE_SIZE } from "./frames";
import {
  frameOf,
  PAGE_EXECUTABLE,
  PAGE_WRITABLE,
  type PageProtection,
  protectionBits,
  protectionFromBits,
} from "./pageTable";
import { RangeAllocator } from "./rangeAllocator";
import type { Region } from "./regions";
import type { Translation } from "./translation";
import type { UserSpace } from "./userSpace";

export class Pages {
  readonly #ranges = new Map<Region, RangeAllocator>();

  constructor(
    readonly frames: Frames,
    readonly translation: Translation,
  ) {}

  /** Fresh zeroed pages in a kernel region. Undefined when the region is full. */
  allocate(region: Region, count: number, protection: PageProtection): Address | undefined {
    const address = this.#rangesOf(region).allocate(count);
    if (address !== undefined) this.mapFresh(address, count, protection);
    return address;
  }

  /** Takes back what `allocate` gave. */
  free(region: Region, address: Address, count: number): void {
    this.unmap(address, count, true);
    this.#rangesOf(region).free(address, count);
  }

  /** As `allocate`, in the user half of a process, which is attached for the while. */
  allocateUser(space: UserSpace, count: number, protection: PageProtection): Address | undefined {
    const address = space.ranges.allocate(count);
    if (address === undefined) return undefined;
    this.#within(space, () => this.mapFresh(address, count, protection));
    return address;
  }

  freeUser(space: UserSpace, address: Address, count: number): void {
    this.#within(space, () => this.unmap(address, count, true));
    space.ranges.free(address, count);
  }

  /** Zeroed pages at a fixed address, such as KUSER_SHARED_DATA or a section of an image. */
  mapFresh(address: Address, count: number, protection: PageProtection): void {
    const bits = protectionBits(protection);
    const table = this.#tableFor(address);
    for (let index = 0; index < count; index++) {
      table.map(address + index * PAGE_SIZE, this.frames.allocate(), bits);
    }
  }

  /** The frames behind a range, each kept until {@link unlock}, whatever its owner does with the range. */
  lock(address: Address, count: number): number[] {
    const frames: number[] = [];
    for (let index = 0; index < count; index++) {
      frames.push(this.translation.readFrame(address + index * PAGE_SIZE));
    }
    for (const frame of frames) this.frames.lock(frame);
    return frames;
  }

  unlock(frames: readonly number[]): void {
    for (const frame of frames) this.frames.unlock(frame);
  }

  /** A second view of locked frames (MmMapLockedPages). Undefined when the region is full. */
  mapLocked(region: Region, frames: readonly number[], protection: PageProtection): Address | undefined {
    const address = this.#rangesOf(region).allocate(frames.length);
    if (address === undefined) return undefined;
    const bits = protectionBits(protection);
    for (const [index, frame] of frames.entries()) {
      this.translation.kernel.map(address + index * PAGE_SIZE, frame, bits);
    }
    return address;
  }

  unmapLocked(region: Region, address: Address, count: number): void {
    this.unmap(address, count, false);
    this.#rangesOf(region).free(address, count);
  }

  /** Pages that are not mapped stay so. */
  unmap(address: Address, count: number, freeFrames: boolean): void {
    const table = this.#tableFor(address);
    for (let index = 0; index < count; index++) {
      const page = address + index * PAGE_SIZE;
      const entry = table.unmap(page);
      this.translation.flushPage(page);
      if (entry !== 0 && freeFrames) this.frames.free(frameOf(entry));
    }
  }

  protect(address: Address, count: number, protection: PageProtection): void {
    const table = this.#tableFor(address);
    const bits = protectionBits(protection);
    for (let index = 0; index < count; index++) {
      const page = address + index * PAGE_SIZE;
      const entry = table.entry(page);
      if (entry === 0) throw new RangeError("only mapped pages have a protection");
      table.map(page, frameOf(entry), bits);
      this.translation.flushPage(page);
    }
  }

  /** Undefined when nothing is mapped there. */
  protectionAt(address: Address): PageProtection | undefined {
    const entry = this.translation.entry(address);
    return entry === 0 ? undefined : protectionFromBits(entry);
  }

  /** Whether all of a range could be read, written or executed; MmIsAddressValid for more than one byte. */
  allows(address: Address, length: number, operation: "read" | "write" | "execute"): boolean {
    const wanted = operation === "write" ? PAGE_WRITABLE : operation === "execute" ? PAGE_EXECUTABLE : 0;
    for (let page = address - (address & 0xfff); page < address + length; page += PAGE_SIZE) {
      const entry = this.translation.entry(page);
      if (entry === 0 || protectionFromBits(entry).noAccess || (entry & wanted) !== wanted) return false;
    }
    return true;
  }

  #rangesOf(region: Region): RangeAllocator {
    let ranges = this.#ranges.get(region);
    if (ranges === undefined) {
      ranges = new RangeAllocator(region);
      this.#ranges.set(region, ranges);
    }
    return ranges;
  }

  #tableFor(address: Address) {
    const table = this.translation.tableFor(address);
    if (table === undefined) throw new RangeError("no process is attached");
    return table;
  }

  #within(space: UserSpace, action: () => void): void {
    const before = this.translation.user;
    this.translation.attachUser(space);
    action();
    this.translation.attachUser(before);
  }
}
