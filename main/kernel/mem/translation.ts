/**
 * The way from an address to a frame, with a direct-mapped cache in front of the page tables (a TLB), since
 * every field the model reads passes here.
 */
import { type Address, isCanonicalAddress } from "../../../native-bindings/abi/address";
import type { Frames } from "./frames";
import { type FaultOperation, KernelFault } from "./kernelFault";
import { frameOf, PAGE_EXECUTABLE, PAGE_NO_ACCESS, PAGE_WRITABLE, PageTable } from "./pageTable";
import type { UserSpace } from "./userSpace";

/** 1024 pages = 4 MiB of reach; the arrays of a kind take 20 KiB, of which the part in use stays in the processor's cache. */
const SLOTS = 1024;

export class Translation {
  readonly kernel = new PageTable();
  #user: UserSpace | undefined;
  readonly #readTags = new Float64Array(SLOTS).fill(Number.NaN);
  readonly #readFrames = new Int32Array(SLOTS);
  readonly #readPages: DataView[];
  readonly #writeTags = new Float64Array(SLOTS).fill(Number.NaN);
  readonly #writeFrames = new Int32Array(SLOTS);
  readonly #writePages: DataView[];
  /** Slots that were filled from the user half since the process changed; more than there are means: all of them. */
  readonly #userSlots = new Int32Array(SLOTS);
  #userSlotCount = 0;

  constructor(private readonly frames: Frames) {
    const none = new DataView(new ArrayBuffer(0));
    this.#readPages = new Array<DataView>(SLOTS).fill(none);
    this.#writePages = new Array<DataView>(SLOTS).fill(none);
  }

  get user(): UserSpace | undefined {
    return this.#user;
  }

  attachUser(space: UserSpace | undefined): void {
    if (space === this.#user) return;
    this.#user = space;
    this.#flushUser();
  }

  /** The page to read at `address`, its 4096 bytes; the fault is thrown. */
  readPage(address: Address): DataView {
    return this.#readPages[this.#readSlot(address)] as DataView;
  }

  writePage(address: Address): DataView {
    return this.#writePages[this.#writeSlot(address)] as DataView;
  }

  readFrame(address: Address): number {
    return this.#readFrames[this.#readSlot(address)] as number;
  }

  writeFrame(address: Address): number {
    return this.#writeFrames[this.#writeSlot(address)] as number;
  }

  #readSlot(address: Address): number {
    const slot = (address >>> 12) & (SLOTS - 1);
    if (this.#readTags[slot] !== address - (address & 0xfff)) {
      this.#fill(address, slot, "read", this.#readTags, this.#readFrames, this.#readPages);
    }
    return slot;
  }

  #writeSlot(address: Address): number {
    const slot = (address >>> 12) & (SLOTS - 1);
    if (this.#writeTags[slot] !== address - (address & 0xfff)) {
      this.#fill(address, slot, "write", this.#writeTags, this.#writeFrames, this.#writePages);
    }
    return slot;
  }

  /** Apart from those above, which V8 inlines everywhere while they are short. */
  #fill(
    address: Address,
    slot: number,
    operation: FaultOperation,
    tags: Float64Array,
    frames: Int32Array,
    pages: DataView[],
  ): void {
    const page = address - (address & 0xfff);
    const frame = this.#walk(address, page, operation);
    pages[slot] = this.frames.view(frame);
    frames[slot] = frame;
    tags[slot] = page;
    if (address >= 0) this.#noteUserSlot(slot);
  }

  /** Not cached: whoever executes caches decoded blocks, not pages. */
  executeFrame(address: Address): number {
    return this.#walk(address, address - (address & 0xfff), "execute");
  }

  /** The page-table entry of the page that holds `address`, 0 when none. */
  entry(address: Address): number {
    if (!isCanonicalAddress(address)) return 0;
    return this.tableFor(address)?.entry(address - (address & 0xfff)) ?? 0;
  }

  /** Undefined for a user address while no process is attached. */
  tableFor(address: Address): PageTable | undefined {
    return address < 0 ? this.kernel : this.#user?.pages;
  }

  /** After any change that takes a right away. */
  flush(): void {
    this.#readTags.fill(Number.NaN);
    this.#writeTags.fill(Number.NaN);
  }

  /** After a change to one page. */
  flushPage(page: Address): void {
    const slot = (page >>> 12) & (SLOTS - 1);
    this.#readTags[slot] = Number.NaN;
    this.#writeTags[slot] = Number.NaN;
  }

  #noteUserSlot(slot: number): void {
    if (this.#userSlotCount < SLOTS) this.#userSlots[this.#userSlotCount] = slot;
    this.#userSlotCount++;
  }

  /** Another process: its pages are others, the kernel's are the same. Every system call comes by here twice. */
  #flushUser(): void {
    if (this.#userSlotCount > SLOTS) {
      this.flush();
    } else {
      for (let index = 0; index < this.#userSlotCount; index++) {
        const slot = this.#userSlots[index] as number;
        this.#readTags[slot] = Number.NaN;
        this.#writeTags[slot] = Number.NaN;
      }
    }
    this.#userSlotCount = 0;
  }

  #walk(address: Address, page: Address, operation: FaultOperation): number {
    if (!isCanonicalAddress(address)) throw new KernelFault(address, operation, "nonCanonical");
    const entry = this.tableFor(address)?.entry(page) ?? 0;
    if (entry === 0) throw new KernelFault(address, operation, "notPresent");
    const wanted = operation === "write" ? PAGE_WRITABLE : operation === "execute" ? PAGE_EXECUTABLE : 0;
    if ((entry & PAGE_NO_ACCESS) !== 0 || (entry & wanted) !== wanted) {
      throw new KernelFault(address, operation, "protection");
    }
    return frameOf(entry);
  }
}
