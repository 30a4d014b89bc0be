/**
 * `\Device\PendCancel`: a read waits until something is written, or until it is cancelled. A write goes to the read that
 * has waited longest. The same as pendCancel.c of the drivers in C.
 * Source: "Cancel-Safe IRP Queues" (Windows Driver Kit) in their long form, with a lock and a cancel routine.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DO_BUFFERED_IO } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_CLEANUP, IRP_MJ_READ, IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_CANCELLED, STATUS_PENDING, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { structure } from "../../../native-bindings/abi/structure";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { LIST_ENTRY } from "../../../native-bindings/abi/structures/lists";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Ddk, DriverEntry, NtStatus } from "../wdk/ddk";
import { completeIrp } from "./completeIrp";
import {
  createNamedDevice,
  deleteNamedDevice,
  dispatchRoutine,
  setMajorFunction,
  setUnload,
  succeedOpenAndClose,
} from "./namedDevice";

const LINK = "\\??\\PendCancel";

const DEVICE_DATA = structure("DEVICE_DATA", 0x18, {
  Lock: [0x0, "pointer", "KSPIN_LOCK around the list"],
  Reads: [0x8, LIST_ENTRY, "reads that wait, linked through IRP.Tail.Overlay.ListEntry"],
});
const { Lock: LOCK, Reads: READS } = DEVICE_DATA.offset;
const IRP_LIST_ENTRY = IRP.offset.ListEntry;

function dataOf(ddk: Ddk, device: Address): Address {
  return ddk.memory.readPointer(device + DEVICE_OBJECT.offset.DeviceExtension);
}

function fileOf(ddk: Ddk, irp: Address): Address {
  return ddk.memory.readPointer(ddk.IoGetCurrentIrpStackLocation(irp) + IO_STACK_LOCATION.offset.FileObject);
}

/** The cancel routine. */
function cancelRead(ddk: Ddk, device: Address, irp: Address): void {
  const data = dataOf(ddk, device);
  ddk.IoReleaseCancelSpinLock(ddk.memory.readU8(irp + IRP.offset.CancelIrql));
  const irql = ddk.KeAcquireSpinLock(data + LOCK);
  ddk.RemoveEntryList(irp + IRP_LIST_ENTRY);
  ddk.KeReleaseSpinLock(data + LOCK, irql);
  ddk.DbgPrint("read cancelled\n");
  completeIrp(ddk, irp, STATUS_CANCELLED);
}

/** The oldest read that nobody has begun to cancel, 0 for none; of one file, or of any where `file` is 0. */
function takeRead(ddk: Ddk, data: Address, file: Address): Address {
  const { memory } = ddk;
  const irql = ddk.KeAcquireSpinLock(data + LOCK);
  let taken = 0;
  for (let entry = memory.readPointer(data + READS); entry !== data + READS; entry = memory.readPointer(entry)) {
    const irp = entry - IRP_LIST_ENTRY;
    if (file !== 0 && fileOf(ddk, irp) !== file) continue;
    // Whoever gets the routine out of the IRP owns it; none left means that cancelRead is on its way.
    if (ddk.IoSetCancelRoutine(irp, 0) === 0) continue;
    ddk.RemoveEntryList(entry);
    taken = irp;
    break;
  }
  ddk.KeReleaseSpinLock(data + LOCK, irql);
  return taken;
}

/** The last handle is gone: its reads must not keep the file object alive. */
function cleanup(ddk: Ddk, device: Address, irp: Address): NtStatus {
  const take = () => takeRead(ddk, dataOf(ddk, device), fileOf(ddk, irp));
  for (let read = take(); read !== 0; read = take()) {
    ddk.DbgPrint("read cleaned up\n");
    completeIrp(ddk, read, STATUS_CANCELLED);
  }
  return completeIrp(ddk, irp, STATUS_SUCCESS);
}

function read(ddk: Ddk, device: Address, irp: Address, cancelRoutine: Address): NtStatus {
  const data = dataOf(ddk, device);
  const irql = ddk.KeAcquireSpinLock(data + LOCK);
  ddk.IoSetCancelRoutine(irp, cancelRoutine);
  // Cancelled before there was a routine to call: the canceller saw none, so the read ends here.
  if (ddk.memory.readU8(irp + IRP.offset.Cancel) !== 0 && ddk.IoSetCancelRoutine(irp, 0) !== 0) {
    ddk.KeReleaseSpinLock(data + LOCK, irql);
    return completeIrp(ddk, irp, STATUS_CANCELLED);
  }
  ddk.IoMarkIrpPending(irp);
  ddk.InsertTailList(data + READS, irp + IRP_LIST_ENTRY);
  ddk.DbgPrint("read pends\n");
  ddk.KeReleaseSpinLock(data + LOCK, irql);
  return STATUS_PENDING;
}

function write(ddk: Ddk, device: Address, irp: Address): NtStatus {
  const waiting = takeRead(ddk, dataOf(ddk, device), 0);
  // Nobody reads, so nothing is taken; that is no error.
  if (waiting === 0) return completeIrp(ddk, irp, STATUS_SUCCESS);
  const lengthOf = (request: Address, field: number) =>
    ddk.memory.readU32(ddk.IoGetCurrentIrpStackLocation(request) + field);
  const wanted = lengthOf(waiting, IO_STACK_LOCATION.offset["Parameters.Read.Length"]);
  const size = Math.min(wanted, lengthOf(irp, IO_STACK_LOCATION.offset["Parameters.Write.Length"]));
  const bufferOf = (request: Address) => ddk.memory.readPointer(request + IRP.offset.SystemBuffer);
  if (size > 0) ddk.RtlCopyMemory(bufferOf(waiting), bufferOf(irp), size);
  completeIrp(ddk, waiting, STATUS_SUCCESS, size);
  return completeIrp(ddk, irp, STATUS_SUCCESS, size);
}

export const pendCancelDriver: DriverEntry = (ddk, driver) => {
  const cancelRoutine = ddk.routine("CancelRead", (device = 0, irp = 0) => {
    cancelRead(ddk, device, irp);
    return undefined;
  });
  succeedOpenAndClose(ddk, driver, "PendOpenClose");
  const set = (major: number, name: string, dispatch: (device: Address, irp: Address) => NtStatus) =>
    setMajorFunction(ddk, driver, major, dispatchRoutine(ddk, name, dispatch));
  set(IRP_MJ_CLEANUP, "PendCleanup", (device, irp) => cleanup(ddk, device, irp));
  set(IRP_MJ_READ, "PendRead", (device, irp) => read(ddk, device, irp, cancelRoutine));
  set(IRP_MJ_WRITE, "PendWrite", (device, irp) => write(ddk, device, irp));
  setUnload(ddk, driver, "PendUnload", (object) => deleteNamedDevice(ddk, object, LINK));
  const made = createNamedDevice(ddk, driver, {
    deviceName: "\\Device\\PendCancel",
    linkName: LINK,
    extensionSize: DEVICE_DATA.size,
    ioFlags: DO_BUFFERED_IO,
  });
  if (!NT_SUCCESS(made.status)) return made.status;
  const data = dataOf(ddk, made.deviceObject);
  ddk.KeInitializeSpinLock(data + LOCK);
  ddk.InitializeListHead(data + READS);
  // Only now can it be opened: DO_DEVICE_INITIALIZING is cleared for us after DriverEntry.
  return STATUS_SUCCESS;
};
