/**
 * What the processor would raise as #PF or #GP: thrown by memory access in the model and turned into
 * STATUS_ACCESS_VIOLATION (a system call's user buffer) or a bugcheck (anything else) by whoever ran the code.
 */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";

export type FaultOperation = "read" | "write" | "execute";
export type FaultReason = "notPresent" | "protection" | "nonCanonical";

const reasons: Readonly<Record<FaultReason, string>> = {
  notPresent: "nothing is mapped there",
  protection: "the page does not allow it",
  nonCanonical: "it is not a canonical address",
};

export class KernelFault extends Error {
  constructor(
    readonly address: Address,
    readonly operation: FaultOperation,
    readonly reason: FaultReason,
  ) {
    super(`${operation} at ${describe(address, reason)}: ${reasons[reason]}`);
    this.name = "KernelFault";
  }
}

/** A number that is no address at all has no sixteen digits. */
function describe(address: Address, reason: FaultReason): string {
  return reason === "nonCanonical" ? String(address) : addressToHex(address);
}
