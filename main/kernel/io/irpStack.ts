/**
 * The stack locations of an IRP (wdm.h macros): the current one is the running driver's, the next one the driver's
 * below. Location N of an IRP is the N-th after its header; the top driver has the highest number.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  SL_INVOKE_ON_CANCEL,
  SL_INVOKE_ON_ERROR,
  SL_INVOKE_ON_SUCCESS,
  SL_PENDING_RETURNED,
} from "../../../native-bindings/abi/stackLocationFlags";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { KernelMemory } from "../mem/kernelMemory";

const { CurrentLocation: CURRENT_LOCATION, CurrentStackLocation: CURRENT_STACK } = IRP.offset;
const LOCATION_SIZE = IO_STACK_LOCATION.size;
const { Control: CONTROL, CompletionRoutine: ROUTINE, Context: CONTEXT } = IO_STACK_LOCATION.offset;

export function IoGetCurrentIrpStackLocation(memory: KernelMemory, irp: Address): Address {
  return memory.readPointer(irp + CURRENT_STACK);
}

export function IoGetNextIrpStackLocation(memory: KernelMemory, irp: Address): Address {
  return memory.readPointer(irp + CURRENT_STACK) - LOCATION_SIZE;
}

/** Steps down to the next driver's location. */
export function IoSetNextIrpStackLocation(memory: KernelMemory, irp: Address): void {
  moveStackLocation(memory, irp, -1);
}

/** The driver below sees this driver's own location: its step down is undone in advance. */
export function IoSkipCurrentIrpStackLocation(memory: KernelMemory, irp: Address): void {
  moveStackLocation(memory, irp, 1);
}

function moveStackLocation(memory: KernelMemory, irp: Address, by: 1 | -1): void {
  memory.writeU8(irp + CURRENT_LOCATION, memory.readU8(irp + CURRENT_LOCATION) + by);
  const location = memory.readPointer(irp + CURRENT_STACK);
  memory.writePointer(irp + CURRENT_STACK, location + by * LOCATION_SIZE);
}

/** All but the completion routine and its context; Control is cleared. */
export function IoCopyCurrentIrpStackLocationToNext(memory: KernelMemory, irp: Address): void {
  const current = IoGetCurrentIrpStackLocation(memory, irp);
  const next = current - LOCATION_SIZE;
  memory.copy(next, current, ROUTINE);
  memory.writeU8(next + CONTROL, 0);
}

/** The routine lies in the location of the driver below, with the conditions that call it. Routine 0: none. */
export function IoSetCompletionRoutine(
  memory: KernelMemory,
  irp: Address,
  routine: Address,
  context: Address,
  onSuccess: boolean,
  onError: boolean,
  onCancel: boolean,
): void {
  const next = IoGetNextIrpStackLocation(memory, irp);
  memory.writePointer(next + ROUTINE, routine);
  memory.writePointer(next + CONTEXT, context);
  const control =
    (onSuccess ? SL_INVOKE_ON_SUCCESS : 0) | (onError ? SL_INVOKE_ON_ERROR : 0) | (onCancel ? SL_INVOKE_ON_CANCEL : 0);
  memory.writeU8(next + CONTROL, control);
}

export function IoMarkIrpPending(memory: KernelMemory, irp: Address): void {
  const control = IoGetCurrentIrpStackLocation(memory, irp) + CONTROL;
  memory.writeU8(control, memory.readU8(control) | SL_PENDING_RETURNED);
}
