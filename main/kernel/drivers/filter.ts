/**
 * A filter: it attaches itself above `\Device\Example` (builtin:example-rw and the others of that name), so that it sees
 * every request first and its end last. It changes nothing and prints what it sees.
 * Source: "Passing IRPs down the Driver Stack", "Using IoCompletion Routines" (Windows Driver Kit).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DO_BUFFERED_IO, DO_DIRECT_IO } from "../../../native-bindings/abi/deviceFlags";
import {
  IRP_MJ_CREATE,
  IRP_MJ_MAXIMUM_FUNCTION,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
  majorFunctionName,
} from "../../../native-bindings/abi/irpFunctions";
import { STATUS_NO_SUCH_DEVICE, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { FILE_READ_DATA } from "../../../native-bindings/abi/objectRights";
import { structure } from "../../../native-bindings/abi/structure";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Coroutine } from "../ke/call";
import type { Ddk, DriverEntry, NtStatus } from "../wdk/ddk";
import { dispatchRoutine, setMajorFunction, setUnload } from "./namedDevice";

const TARGET = "\\Device\\Example";

const FILTER_EXTENSION = structure("FILTER_EXTENSION", 0x8, {
  LowerDevice: [0x0, "pointer", "device that was on top before the filter came"],
});
const field = DEVICE_OBJECT.offset;

/** Requests whose way back up the filter watches; the others it lets pass as if it were not there. */
const watched: ReadonlySet<number> = new Set([IRP_MJ_CREATE, IRP_MJ_READ, IRP_MJ_WRITE]);

function lowerDevice(ddk: Ddk, device: Address): Address {
  return ddk.memory.readPointer(ddk.memory.readPointer(device + field.DeviceExtension));
}

function* dispatch(ddk: Ddk, device: Address, irp: Address, completion: Address): Coroutine<NtStatus> {
  const major = ddk.memory.readU8(ddk.IoGetCurrentIrpStackLocation(irp) + IO_STACK_LOCATION.offset.MajorFunction);
  ddk.DbgPrint("filter: %s goes down\n", majorFunctionName(major));
  if (watched.has(major)) {
    ddk.IoCopyCurrentIrpStackLocationToNext(irp);
    ddk.IoSetCompletionRoutine(irp, completion, major, true, true, true);
  } else {
    ddk.IoSkipCurrentIrpStackLocation(irp);
  }
  return yield* ddk.IoCallDriver(lowerDevice(ddk, device), irp);
}

function didComplete(ddk: Ddk, irp: Address, major: number): NtStatus {
  const status = ddk.memory.readU32(irp + IRP.offset["IoStatus.Status"]);
  ddk.DbgPrint("filter: %s comes up with %08x\n", majorFunctionName(major), status);
  // With a completion routine of one's own, the mark has to be passed on by hand.
  if (ddk.memory.readU8(irp + IRP.offset.PendingReturned) !== 0) ddk.IoMarkIrpPending(irp);
  return STATUS_SUCCESS;
}

function attach(ddk: Ddk, driver: Address, target: Address): NtStatus {
  const { memory } = ddk;
  const type = memory.readU32(target + field.DeviceType);
  const made = ddk.IoCreateDevice(driver, FILTER_EXTENSION.size, undefined, type, 0, false);
  if (!NT_SUCCESS(made.status)) return made.status;
  const device = made.deviceObject;
  const lower = ddk.IoAttachDeviceToDeviceStack(device, target);
  if (lower === 0) {
    ddk.IoDeleteDevice(device);
    return STATUS_NO_SUCH_DEVICE;
  }
  memory.writePointer(memory.readPointer(device + field.DeviceExtension), lower);
  // Buffers come as the device below wants them: the I/O manager asks the top of the stack.
  const ioFlags = memory.readU32(lower + field.Flags) & (DO_BUFFERED_IO | DO_DIRECT_IO);
  memory.writeU32(device + field.Flags, memory.readU32(device + field.Flags) | ioFlags);
  return STATUS_SUCCESS;
}

function unload(ddk: Ddk, driver: Address): void {
  const device = ddk.memory.readPointer(driver + DRIVER_OBJECT.offset.DeviceObject);
  ddk.IoDetachDevice(lowerDevice(ddk, device));
  ddk.IoDeleteDevice(device);
}

export const filterDriver: DriverEntry = function* (ddk, driver) {
  const completion = ddk.routine("FilterCompletion", (_device = 0, irp = 0, major = 0) => didComplete(ddk, irp, major));
  const filterDispatch = dispatchRoutine(ddk, "FilterDispatch", (device, irp) =>
    dispatch(ddk, device, irp, completion),
  );
  for (let major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major += 1) {
    setMajorFunction(ddk, driver, major, filterDispatch);
  }
  setUnload(ddk, driver, "FilterUnload", (object) => unload(ddk, object));
  const target = yield* ddk.IoGetDeviceObjectPointer(TARGET, FILE_READ_DATA);
  if (!NT_SUCCESS(target.status)) {
    ddk.DbgPrint("filter: there is no %s to attach to\n", TARGET);
    return target.status;
  }
  const status = attach(ddk, driver, target.deviceObject);
  ddk.ObDereferenceObject(target.fileObject);
  return status;
};
