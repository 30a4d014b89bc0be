/**
 * Loading the in-box drivers: each gets its service key and goes through NtLoadDriver like any other, so that services,
 * driver objects and devices are as real as a user's own. The few that NT makes with IoCreateDriver have no service.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { DO_DEVICE_INITIALIZING } from "../../../native-bindings/abi/deviceFlags";
import { DRVO_BUILTIN_DRIVER, DRVO_INITIALIZED } from "../../../native-bindings/abi/driverFlags";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { DriverImage } from "../io/driverImage";
import { atOnce } from "../ke/call";
import { ServiceDatabase, servicePath } from "../scm/serviceDatabase";
import { errorControls, serviceTypes, startTypes } from "../scm/serviceTypes";
import type { BootParts } from "./bootParts";
import { type InboxDriver, parseDriverTable } from "./driverTable";
import { type InboxDeviceIndex, startInboxDriver } from "./inboxDevices";
import { networkDrivers } from "./tables/networkDrivers";
import { storageDrivers } from "./tables/storageDrivers";
import { systemDrivers } from "./tables/systemDrivers";

const starts = {
  boot: startTypes.SERVICE_BOOT_START,
  system: startTypes.SERVICE_SYSTEM_START,
  auto: startTypes.SERVICE_AUTO_START,
  demand: startTypes.SERVICE_DEMAND_START,
} as const;

/** Parsed once for all boots of the process. */
export const inboxDrivers: readonly InboxDriver[] = parseDriverTable(systemDrivers + storageDrivers + networkDrivers);

/** Where the image of an in-box driver lies, as its service key says. */
export function inboxImagePath(driver: InboxDriver): string {
  return `\\SystemRoot\\System32\\drivers\\${driver.image}`;
}

/** Modules are named after files; two drivers of one file share a name, which the loader makes unique. */
function moduleName(driver: InboxDriver): string {
  return driver.image.replace(/\.[^.]*$/, "").toLowerCase();
}

export function inboxImage(parts: BootParts, driver: InboxDriver, index: InboxDeviceIndex): DriverImage {
  return {
    name: moduleName(driver),
    entry: (module, driverObject) => startInboxDriver(parts, module, driver, driverObject, index),
  };
}

/** Writes the service key as Windows' own set-up does; the service control manager reads it from there. */
function writeService(database: ServiceDatabase, driver: InboxDriver): void {
  database.create({
    name: driver.name,
    displayName: driver.title,
    type: driver.fileSystem ? serviceTypes.SERVICE_FILE_SYSTEM_DRIVER : serviceTypes.SERVICE_KERNEL_DRIVER,
    start: starts[driver.start],
    errorControl: errorControls.SERVICE_ERROR_NORMAL,
    binaryPath: inboxImagePath(driver),
  });
}

/** IoCreateDriver: a driver object without an image, whose code is the kernel's own. */
function makeKernelDriver(parts: BootParts, driver: InboxDriver, index: InboxDeviceIndex): void {
  const { ke, io, memory } = parts;
  const module = ke.routines.modules.find(({ name }) => name === "nt");
  if (module === undefined) throw new RangeError("the kernel's own module is not defined");
  const name = `${driver.fileSystem ? "\\FileSystem" : "\\Driver"}\\${driver.name}`;
  const init = ke.routines.define(module, `${driver.name}Entry`, (object: Address) =>
    startInboxDriver(parts, module, driver, object, index),
  );
  const { status, object } = io.drivers.create({ name, servicePath: "", imagePath: driver.image, module }, init);
  if (!NT_SUCCESS(status)) throw new RangeError(`${name}: 0x${status.toString(16)}`);
  memory.writePointer(object + DRIVER_OBJECT.offset.DriverStart, 0);
  memory.writeU32(object + DRIVER_OBJECT.offset.DriverSize, 0);
  io.calls.call(init, object, 0, 0);
  io.drivers.addFlags(object, DRVO_BUILTIN_DRIVER | DRVO_INITIALIZED);
  for (const device of io.records.devicesOf(object)) {
    const flags = device + DEVICE_OBJECT.offset.Flags;
    memory.writeU32(flags, memory.readU32(flags) & ~DO_DEVICE_INITIALIZING);
  }
}

/** A driver a step. Throws a RangeError when a driver of the tables does not load: they are part of the program. */
export function* loadInboxDrivers(parts: BootParts, index: InboxDeviceIndex): Generator<void, void> {
  const database = new ServiceDatabase(parts.registry);
  for (const driver of inboxDrivers) {
    yield;
    if (driver.kernelMade) {
      makeKernelDriver(parts, driver, index);
      continue;
    }
    writeService(database, driver);
    const status = atOnce(parts.io.NtLoadDriver(servicePath(driver.name)));
    if (!NT_SUCCESS(status)) throw new RangeError(`${driver.name} does not load: 0x${status.toString(16)}`);
  }
}
