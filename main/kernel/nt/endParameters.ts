/** How a caller of NtReadFile and its kin hears of the end. */
import type { Address } from "../../../native-bindings/abi/address";

/** All of it is optional: a caller that gives nothing takes what the call returns. */
export interface EndParameters {
  /** Handle of an event: reset at the start, set at the end. */
  readonly event?: number;
  /** Queued to the calling thread at the end. */
  readonly apcRoutine?: Address;
  /** Its first argument, or the ApcContext of the packet for the completion port; 0 asks for no packet. */
  readonly apcContext?: Address;
  /** In the caller's address space; filled in at the end. */
  readonly ioStatusBlock?: Address;
}
