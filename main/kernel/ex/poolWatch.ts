/** Who knows more of some blocks than the pool does: who allocated them, and which wait to be given back. */
import type { Address } from "../../../native-bindings/abi/address";

export interface PoolWatch {
  /** " The block, 64 bytes, was allocated by example!DriverEntry."; "" where nothing is known. */
  storyOf(address: Address): string;
  /** Freed by its driver, and kept for a while to see whether anyone still writes to it. */
  isRetired(address: Address): boolean;
  /** Given back by whoever: what was known of it is past. */
  didFree(address: Address): void;
}
