/**
 * A device with a DOS name, for drivers written against the plain DDK: made in DriverEntry, gone in DriverUnload.
 * The same as namedDevice.h of the drivers in C.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_DEVICE_SECURE_OPEN } from "../../../native-bindings/abi/deviceCharacteristics";
import { FILE_DEVICE_UNKNOWN } from "../../../native-bindings/abi/deviceTypes";
import { IRP_MJ_CLEANUP, IRP_MJ_CLOSE, IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { Ddk, DispatchRoutine, NtStatus } from "../wdk/ddk";
import { completeIrp } from "./completeIrp";

const POINTER_BYTES = 8;

export interface NamedDevice {
  readonly deviceName: string;
  readonly linkName: string;
  /** In bytes; none when left out. */
  readonly extensionSize?: number;
  /** DO_BUFFERED_IO or DO_DIRECT_IO: without one of them reads and writes would bring bare user addresses. */
  readonly ioFlags?: number;
}

export function createNamedDevice(
  ddk: Ddk,
  driver: Address,
  { deviceName, linkName, extensionSize = 0, ioFlags = 0 }: NamedDevice,
): { status: NtStatus; deviceObject: Address } {
  const made = ddk.IoCreateDevice(
    driver,
    extensionSize,
    deviceName,
    FILE_DEVICE_UNKNOWN,
    FILE_DEVICE_SECURE_OPEN,
    false,
  );
  if (!NT_SUCCESS(made.status)) return made;
  const flags = made.deviceObject + DEVICE_OBJECT.offset.Flags;
  ddk.memory.writeU32(flags, ddk.memory.readU32(flags) | ioFlags);
  const status = ddk.IoCreateSymbolicLink(linkName, deviceName);
  // DriverUnload is not called after a failed DriverEntry, so what was made goes here.
  if (!NT_SUCCESS(status)) ddk.IoDeleteDevice(made.deviceObject);
  return { status, deviceObject: made.deviceObject };
}

/** The driver's first device and its link. */
export function deleteNamedDevice(ddk: Ddk, driver: Address, linkName: string): void {
  ddk.IoDeleteSymbolicLink(linkName);
  ddk.IoDeleteDevice(ddk.memory.readPointer(driver + DRIVER_OBJECT.offset.DeviceObject));
}

export function setMajorFunction(ddk: Ddk, driver: Address, major: number, routine: Address): void {
  ddk.memory.writePointer(driver + DRIVER_OBJECT.offset.MajorFunction + major * POINTER_BYTES, routine);
}

/** A dispatch routine's address, for {@link setMajorFunction}. */
export function dispatchRoutine(ddk: Ddk, name: string, dispatch: DispatchRoutine): Address {
  return ddk.routine(name, (device = 0, irp = 0) => dispatch(device, irp));
}

/** Opens and closes that have nothing to do. */
export function succeedOpenAndClose(ddk: Ddk, driver: Address, name: string): void {
  const routine = dispatchRoutine(ddk, name, (_device, irp) => completeIrp(ddk, irp, STATUS_SUCCESS));
  for (const major of [IRP_MJ_CREATE, IRP_MJ_CLOSE, IRP_MJ_CLEANUP]) setMajorFunction(ddk, driver, major, routine);
}

export function setUnload(ddk: Ddk, driver: Address, name: string, unload: (driver: Address) => void): void {
  const routine = ddk.routine(name, (object = 0) => {
    unload(object);
    return undefined;
  });
  ddk.memory.writePointer(driver + DRIVER_OBJECT.offset.DriverUnload, routine);
}
