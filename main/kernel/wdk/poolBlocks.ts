/** The pool blocks that one driver has allocated and not freed yet: what it leaks when it goes. */
import type { LeakedBlocks } from "../ex/driverPool";

export class PoolBlocks {
  #leaked: () => LeakedBlocks[] = () => [];

  /** @param leaked what the driver has in the pool now */
  attach(leaked: () => LeakedBlocks[]): void {
    this.#leaked = leaked;
  }

  /** By tag and allocating routine, in the order of their first allocation. */
  get byTag(): LeakedBlocks[] {
    return this.#leaked();
  }
}
