/** The memory of an IRP and of the stack locations behind it, which outlives the requests that it serves. */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Fields } from "../mem/fields";

export const STACK_LOCATION_SIZE = IO_STACK_LOCATION.size;

export interface IrpBlock {
  readonly irp: Address;
  /** From the beginning of the IRP: the offsets of {@link IRP}, then those of {@link locationOffset}. */
  readonly fields: Fields;
  /** How many locations there is room for. */
  readonly stackSize: number;
  /** Where the model's own list of IRPs has it. */
  readonly slot: number;
  /** Its memory is the driver's (IoInitializeIrp), not the I/O manager's to free. */
  readonly isForeign: boolean;
}

/** In bytes, with its stack locations: IoSizeOfIrp. */
export function irpSize(stackSize: number): number {
  return IRP.size + stackSize * STACK_LOCATION_SIZE;
}

/** From the IRP to its stack location of that number; the top driver's is the highest, the lowest driver's is 1. */
export function locationOffset(location: number): number {
  return irpSize(location - 1);
}
