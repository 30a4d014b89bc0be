/** What is in the pool, by tag and by block. */

export interface PoolTagUsage {
  tag: string;
  type: "Nonp" | "Paged";
  allocations: number;
  frees: number;
  /** Bytes in use now. */
  bytes: number;
}

export interface PoolBlock {
  /** Hex, of the bytes that the allocation answered. */
  address: string;
  /** In use for it, header included. */
  bytes: number;
  tag: string;
  type: "Nonp" | "Paged";
  /** `example!DriverEntry`; left out where no driver did. */
  allocatedBy?: string;
}

/** The first blocks in use, in the pool's own order. */
export interface PoolBlockList {
  blocks: PoolBlock[];
  /** How many there are; more than `blocks` holds when that was cut. */
  total: number;
}
