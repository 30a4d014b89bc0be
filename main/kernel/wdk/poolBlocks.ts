/** The pool blocks that one driver has allocated and not freed yet: what it leaks when it goes. */
import type { Address } from "../../../native-bindings/abi/address";

export interface LeakedTag {
  readonly tag: string;
  readonly blocks: number;
  readonly bytes: number;
}

export interface PoolBlock {
  readonly address: Address;
  readonly tag: string;
}

export class PoolBlocks {
  readonly #blocks = new Map<Address, { tag: string; bytes: number }>();

  /** @param block 0 when the pool was exhausted; @returns it */
  didAllocate(block: Address, bytes: number, tag: string): Address {
    if (block !== 0) this.#blocks.set(block, { tag, bytes });
    return block;
  }

  didFree(block: Address): void {
    this.#blocks.delete(block);
  }

  /** The block that an address lies in. */
  blockAt(address: Address): PoolBlock | undefined {
    for (const [block, { tag, bytes }] of this.#blocks) {
      if (address >= block && address < block + bytes) return { address: block, tag };
    }
    return undefined;
  }

  /** By tag, in the order of their first allocation. */
  get byTag(): LeakedTag[] {
    const tags = new Map<string, LeakedTag>();
    for (const { tag, bytes } of this.#blocks.values()) {
      const sum = tags.get(tag) ?? { tag, blocks: 0, bytes: 0 };
      tags.set(tag, { tag, blocks: sum.blocks + 1, bytes: sum.bytes + bytes });
    }
    return [...tags.values()];
  }
}
