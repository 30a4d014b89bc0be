/** NtCancelIoFileEx and NtCancelSynchronousIoFile: asks drivers to give requests up. Whether they do is theirs. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_NOT_FOUND, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import type { IoManager } from "../io/ioManager";
import type { ObjectManager } from "../ob/objectManager";

/**
 * @param irp one request of that file; left out, all of them
 * @returns an NTSTATUS: STATUS_NOT_FOUND when none is under way
 */
export function cancelIoFile(ob: ObjectManager, io: IoManager, handle: number, irp: Address | undefined): number {
  const { status, object: file } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, ob.caller.mode);
  if (status !== STATUS_SUCCESS) return status;
  const found = io.irps.live.filter((record) => record.file === file && (irp === undefined || record.irp === irp));
  // A cancelled request may end at once and take others along.
  for (const record of found) if (!record.done) io.cancel.IoCancelIrp(record.irp);
  ob.ObDereferenceObject(file);
  return found.length === 0 ? STATUS_NOT_FOUND : STATUS_SUCCESS;
}

/** For a request that has no handle yet: an open that its driver keeps. @returns an NTSTATUS */
export function cancelSynchronousIo(io: IoManager, irp: Address): number {
  if (io.irps.find(irp) === undefined) return STATUS_NOT_FOUND;
  io.cancel.IoCancelIrp(irp);
  return STATUS_SUCCESS;
}
