/** NtCancelIoFile, NtCancelIoFileEx and NtCancelSynchronousIo: asks drivers to give requests up. Whether they do is theirs. */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP_MJ_CLOSE } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_NOT_FOUND, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import type { IoManager } from "../io/ioManager";
import type { IrpRecord } from "../io/irpRecord";
import type { ObjectManager } from "../ob/objectManager";

function cancelAll(io: IoManager, records: readonly IrpRecord[]): void {
  // A cancelled request may end at once and take others along.
  for (const record of records) if (!record.done) io.cancel.IoCancelIrp(record.irp);
}

/**
 * @param irp one request of that file; left out, all of them
 * @returns an NTSTATUS: STATUS_NOT_FOUND when none is under way
 */
export function cancelIoFile(ob: ObjectManager, io: IoManager, handle: number, irp: Address | undefined): number {
  const { status, object: file } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, ob.caller.mode);
  if (status !== STATUS_SUCCESS) return status;
  const found = io.irps.live.filter((record) => record.file === file && (irp === undefined || record.irp === irp));
  cancelAll(io, found);
  ob.ObDereferenceObject(file);
  return found.length === 0 ? STATUS_NOT_FOUND : STATUS_SUCCESS;
}

/** CancelIo: those that the calling thread has issued. @returns STATUS_SUCCESS, whether there were any or not */
export function cancelIoOfThread(ob: ObjectManager, io: IoManager, handle: number): number {
  const { status, object: file } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, ob.caller.mode);
  if (status !== STATUS_SUCCESS) return status;
  const { thread } = ob.caller;
  cancelAll(
    io,
    io.irps.live.filter((record) => record.file === file && record.thread === thread),
  );
  ob.ObDereferenceObject(file);
  return STATUS_SUCCESS;
}

/** For a request that has no handle yet: an open that its driver keeps. @returns an NTSTATUS */
export function cancelSynchronousIo(io: IoManager, irp: Address): number {
  if (io.irps.find(irp) === undefined) return STATUS_NOT_FOUND;
  io.cancel.IoCancelIrp(irp);
  return STATUS_SUCCESS;
}

/** A thread ends: what it has issued is cancelled, but not what a driver made and keeps. */
export function cancelThreadIo(io: IoManager, thread: Address): void {
  const isThreads = ({ origin }: IrpRecord) => origin === "system" || origin === "threaded";
  cancelAll(
    io,
    io.irps.live.filter((record) => record.thread === thread && isThreads(record) && record.major !== IRP_MJ_CLOSE),
  );
}
