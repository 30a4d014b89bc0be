/**
 * Which frame lies behind which page, and what may be done there: one table for the kernel half, one for the
 * user half of each process. Three levels as on the processor, in spirit: the high 32 address bits, then
 * 4 MiB, then 4 KiB.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { PAGE_SIZE } from "./frames";

/** An entry: the frame in the low 24 bits, above it these. 0 is "not present". */
const PRESENT = 1 << 24;
export const PAGE_WRITABLE = 1 << 25;
export const PAGE_EXECUTABLE = 1 << 26;
/** Reserved address space that faults on any access (PAGE_NOACCESS, guard ranges). */
export const PAGE_NO_ACCESS = 1 << 27;
const FRAME_MASK = 0xff_ffff;

const TWO_TO_32 = 0x1_0000_0000;

export interface PageProtection {
  readonly write?: boolean;
  readonly execute?: boolean;
  readonly noAccess?: boolean;
}

export interface MappedPage {
  readonly address: Address;
  readonly frame: number;
  readonly protection: PageProtection;
}

export function protectionBits({ write, execute, noAccess }: PageProtection): number {
  return (write ? PAGE_WRITABLE : 0) | (execute ? PAGE_EXECUTABLE : 0) | (noAccess ? PAGE_NO_ACCESS : 0);
}

export function protectionFromBits(entry: number): PageProtection {
  return {
    write: (entry & PAGE_WRITABLE) !== 0,
    execute: (entry & PAGE_EXECUTABLE) !== 0,
    noAccess: (entry & PAGE_NO_ACCESS) !== 0,
  };
}

export function frameOf(entry: number): number {
  return entry & FRAME_MASK;
}

type Leaf = Int32Array;
type Middle = (Leaf | undefined)[];

export class PageTable {
  readonly #top = new Map<number, Middle>();

  /** 0 when nothing is mapped. `page` is a multiple of 4096. */
  entry(page: Address): number {
    const leaf = this.#top.get(Math.floor(page / TWO_TO_32))?.[(page >>> 22) & 0x3ff];
    return leaf === undefined ? 0 : (leaf[(page >>> 12) & 0x3ff] as number);
  }

  map(page: Address, frame: number, bits: number): void {
    const high = Math.floor(page / TWO_TO_32);
    let middle = this.#top.get(high);
    if (middle === undefined) {
      middle = new Array<Leaf | undefined>(1024);
      this.#top.set(high, middle);
    }
    const index = (page >>> 22) & 0x3ff;
    let leaf = middle[index];
    if (leaf === undefined) {
      leaf = new Int32Array(1024);
      middle[index] = leaf;
    }
    leaf[(page >>> 12) & 0x3ff] = frame | PRESENT | bits;
  }

  /** The entry that was there, 0 when none. */
  unmap(page: Address): number {
    const leaf = this.#top.get(Math.floor(page / TWO_TO_32))?.[(page >>> 22) & 0x3ff];
    if (leaf === undefined) return 0;
    const index = (page >>> 12) & 0x3ff;
    const entry = leaf[index] as number;
    leaf[index] = 0;
    return entry;
  }

  /** Every mapped page, in no particular order of the high halves, ascending within each 4 GiB. */
  *pages(): Generator<MappedPage> {
    for (const [high, middle] of this.#top) {
      for (const [middleIndex, leaf] of middle.entries()) {
        if (leaf === undefined) continue;
        for (const [leafIndex, entry] of leaf.entries()) {
          if (entry === 0) continue;
          const address = high * TWO_TO_32 + (middleIndex * 1024 + leafIndex) * PAGE_SIZE;
          yield { address, frame: frameOf(entry), protection: protectionFromBits(entry) };
        }
      }
    }
  }
}
