/** A driver object with its routines. Source: WinDbg's !drvobj, whose parts these are. */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { IRP_MJ_MAXIMUM_FUNCTION, majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import { DRIVER_EXTENSION, DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { DriverObject, DriverRoutine } from "../../machine/driverObject";
import type { KernelParts } from "./kernelParts";

const field = DRIVER_OBJECT.offset;
const POINTER_SIZE = 8;

export function driverObject(parts: KernelParts, driver: Address): DriverObject {
  const { memory, io, ke, ob } = parts;
  const routine = (name: string, at: Address): DriverRoutine => {
    const address = memory.readPointer(at);
    const symbol = address === 0 ? "" : (ke.routines.nameOf(address) ?? "");
    return { name, address: addressToHex(address), symbol };
  };
  const extension = memory.readPointer(driver + field.DriverExtension);
  return {
    address: addressToHex(driver),
    path: ob.names.pathOf(driver),
    driverExtension: addressToHex(extension),
    devices: io.records.devicesOf(driver).map((device) => {
      return { address: addressToHex(device), path: ob.names.pathOf(device) };
    }),
    entries: [
      routine("DriverEntry", driver + field.DriverInit),
      routine("DriverStartIo", driver + field.DriverStartIo),
      routine("DriverUnload", driver + field.DriverUnload),
      routine("AddDevice", extension + DRIVER_EXTENSION.offset.AddDevice),
    ],
    dispatch: Array.from({ length: IRP_MJ_MAXIMUM_FUNCTION + 1 }, (_, major) =>
      routine(majorFunctionName(major), driver + field.MajorFunction + major * POINTER_SIZE),
    ),
  };
}
