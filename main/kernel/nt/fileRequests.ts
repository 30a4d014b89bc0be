/** What all system calls that send a file's driver a request have in common: the caller's buffers, the end of the request. */
import { type Address, isKernelAddress } from "../../../native-bindings/abi/address";
import { STATUS_PENDING } from "../../../native-bindings/abi/ntstatus/codes";
import type { IrpRecord } from "../io/irpRecord";
import type { KernelMemory } from "../mem/kernelMemory";
import { USER_PROBE_ADDRESS } from "../mem/regions";
import type { ObjectManager } from "../ob/objectManager";
import { type IoOutcome, ioDone, ioPending } from "./ioOutcome";

const LARGEST_LENGTH = 0xffff_ffff;

export function isLength(length: number): boolean {
  return Number.isInteger(length) && length >= 0 && length <= LARGEST_LENGTH;
}

/** What ProbeForRead and ProbeForWrite find out, without an exception. */
export function isUserBuffer(
  memory: KernelMemory,
  buffer: Address,
  length: number,
  operation: "read" | "write",
): boolean {
  if (length === 0) return true;
  if (!Number.isInteger(buffer) || isKernelAddress(buffer) || buffer + length > USER_PROBE_ADDRESS) return false;
  return memory.pages.allows(buffer, length, operation);
}

/**
 * The file stays referenced while the request is under way.
 * @param status what sending it answered
 */
export function concludeRequest(ob: ObjectManager, record: IrpRecord, status: number, file: Address): IoOutcome {
  if (status === STATUS_PENDING && !record.isOver) {
    record.finish = () => ob.ObDereferenceObject(file);
    return ioPending(record, () => ioDone(record.status, record.information));
  }
  if (record.done) ob.ObDereferenceObject(file);
  // An IRP that the driver forgot keeps its file open for good, as on NT.
  return ioDone(status, record.done ? record.information : 0);
}
