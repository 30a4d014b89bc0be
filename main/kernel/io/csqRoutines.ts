/** A driver's routines behind a cancel-safe queue (IO_CSQ). */
import type { Address } from "../../../native-bindings/abi/address";

/** Addresses of the driver's routines. */
export interface CsqRoutines {
  readonly insertIrp: Address;
  readonly removeIrp: Address;
  readonly peekNextIrp: Address;
  readonly acquireLock: Address;
  readonly releaseLock: Address;
  readonly completeCanceledIrp: Address;
}
