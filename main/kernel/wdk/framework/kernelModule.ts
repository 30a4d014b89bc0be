/**
 * The trait KernelModule and the macro kernel_module! of "Windows Drivers in Rust: Safe Framework", with the dispatch
 * table of "Creating Devices": from a class with `init` and `cleanup` to a DriverEntry and a DriverUnload.
 */

import type { Address } from "../../../../native-bindings/abi/address";
import { IRP_MJ_MAXIMUM_FUNCTION } from "../../../../native-bindings/abi/irpFunctions";
import { STATUS_SUCCESS } from "../../../../native-bindings/abi/ntstatus/codes";
import { DRIVER_OBJECT } from "../../../../native-bindings/abi/structures/driverObject";
import { IO_STACK_LOCATION } from "../../../../native-bindings/abi/structures/stackLocation";
import type { MayWait } from "../../ke/call";
import type { Ddk, DriverEntry, NtStatus } from "../ddk";
import { Device } from "./device";
import { DEVICE_OPERATIONS } from "./deviceExtension";
import { freeVtables } from "./deviceVtable";
import { Driver } from "./driver";
import type { Droppable } from "./drop";
import { NtError } from "./ntError";

const POINTER_BYTES = 8;

/** What a driver keeps while it is loaded. */
export abstract class KernelModule {
  /** What Rust drops field by field, in the order of declaration, once `cleanup` has returned. */
  protected abstract readonly fields: readonly Droppable[];

  /** The driver is being unloaded. (The trait requires it; the article's later drivers leave it out, so it may be left out.) */
  cleanup(_driver: Driver): void {}

  drop(): void {
    for (const field of this.fields) field.drop();
  }
}

/** `KernelModule::init`: throws an NtError to fail the load with its status. */
export type ModuleInit = (driver: Driver, registryPath: string) => KernelModule;

/** `dispatch_device`: through the device's own table to the code that knows its data. */
function dispatchDevice(ddk: Ddk, rawDevice: Address, irp: Address): MayWait<NtStatus> {
  const location = ddk.IoGetCurrentIrpStackLocation(irp);
  const major = ddk.memory.readU8(location + IO_STACK_LOCATION.offset.MajorFunction);
  const device = new Device(ddk, rawDevice);
  const dispatch = ddk.memory.readPointer(device.vtable() + DEVICE_OPERATIONS.offset.dispatch);
  return dispatch === 0 ? STATUS_SUCCESS : ddk.call(dispatch, device.intoRaw(), irp, major);
}

/**
 * Every major function goes to dispatch_device. The article counts `0..IRP_MJ_MAXIMUM_FUNCTION`, which leaves out the last
 * one (IRP_MJ_PNP); "all possible major functions" is what it says and what is done here.
 */
function fillDispatchTable(ddk: Ddk, driverObject: Address): void {
  const dispatch = ddk.routine("dispatch_device", (device = 0, irp = 0) => dispatchDevice(ddk, device, irp));
  for (let major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major += 1) {
    ddk.memory.writePointer(driverObject + DRIVER_OBJECT.offset.MajorFunction + major * POINTER_BYTES, dispatch);
  }
}

/** Makes the DriverEntry of a module. Each load has its own module; nothing is kept between loads. */
export function kernelModule(init: ModuleInit): DriverEntry {
  return (ddk, driverObject, registryPath) => {
    const driver = new Driver(ddk, driverObject);
    let loaded: KernelModule | undefined;
    const exit = ddk.routine("driver_exit", () => {
      loaded?.cleanup(driver);
      loaded?.drop();
      loaded = undefined;
      freeVtables(ddk);
      return undefined;
    });
    ddk.memory.writePointer(driverObject + DRIVER_OBJECT.offset.DriverUnload, exit);
    fillDispatchTable(ddk, driverObject);
    try {
      loaded = init(driver, ddk.unicodeString(registryPath));
      return STATUS_SUCCESS;
    } catch (error) {
      if (!(error instanceof NtError)) throw error;
      freeVtables(ddk);
      return error.toStatus();
    }
  };
}
