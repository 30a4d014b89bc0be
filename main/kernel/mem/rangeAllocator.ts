/** Hands out page-aligned address ranges of a region. Knows nothing of what is mapped there. */
import type { Address } from "../../../native-bindings/abi/address";
import { PAGE_SIZE } from "./frames";
import type { Region } from "./regions";

export class RangeAllocator {
  readonly #free = new Map<number, Address[]>();
  #next: Address;

  constructor(readonly region: Region) {
    this.#next = region.start;
  }

  /** Undefined when the region has no such range left. */
  allocate(pages: number): Address | undefined {
    const recycled = this.#free.get(pages)?.pop();
    if (recycled !== undefined) return recycled;
    const address = this.#next;
    const end = address + pages * PAGE_SIZE;
    if (end > this.region.end) return undefined;
    this.#next = end;
    return address;
  }

  /** Only for a range that `allocate(pages)` returned. */
  free(address: Address, pages: number): void {
    const list = this.#free.get(pages);
    if (list === undefined) this.#free.set(pages, [address]);
    else list.push(address);
  }
}
