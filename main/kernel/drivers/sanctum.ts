/**
 * The driver of the article "Building the Driver Object": `\Device\SanctumEDR` with the link `\??\SanctumEDR`, and no
 * dispatch routine yet, so that nobody can open it. Its texts are the article's. The same as sanctum.c of the drivers in C.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_DEVICE_SECURE_OPEN } from "../../../native-bindings/abi/deviceCharacteristics";
import { FILE_DEVICE_UNKNOWN } from "../../../native-bindings/abi/deviceTypes";
import { STATUS_SUCCESS, STATUS_UNSUCCESSFUL } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import type { Ddk, DriverEntry, NtStatus } from "../wdk/ddk";
import { deleteNamedDevice, setUnload } from "./namedDevice";

const DEVICE = "\\Device\\SanctumEDR";
const LINK = "\\??\\SanctumEDR";

function driverExit(ddk: Ddk, driver: Address): void {
  deleteNamedDevice(ddk, driver, LINK);
  ddk.DbgPrint("[sanctum] driver unloaded successfully...\n");
}

function configureDriver(ddk: Ddk, driver: Address): NtStatus {
  const made = ddk.IoCreateDevice(driver, 0, DEVICE, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, false);
  if (!NT_SUCCESS(made.status)) {
    const format = "[sanctum] [-] Unable to create device via IoCreateDevice. Failed with code: %d.\n";
    ddk.DbgPrint(format, made.status | 0);
    return made.status;
  }
  const linked = ddk.IoCreateSymbolicLink(LINK, DEVICE);
  if (!NT_SUCCESS(linked)) {
    ddk.DbgPrint("[sanctum] [-] Failed to create driver symbolic link. Error: %d\n", linked | 0);
    // The article's own way: it also deletes the link that somebody else made.
    driverExit(ddk, driver);
    return STATUS_UNSUCCESSFUL;
  }
  return STATUS_SUCCESS;
}

export const sanctumDriver: DriverEntry = (ddk, driver) => {
  setUnload(ddk, driver, "DriverExit", (object) => driverExit(ddk, object));
  return configureDriver(ddk, driver);
};
