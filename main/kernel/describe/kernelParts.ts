/** The parts of a kernel that descriptions read, and small questions that several of them ask. */
import type { Address } from "../../../native-bindings/abi/address";
import type { IoManager } from "../io/ioManager";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { ServiceControl } from "../scm/serviceControl";
import type { Se } from "../se/se";
import type { AddressNames } from "./structureDump";

export interface KernelParts {
  readonly memory: KernelMemory;
  readonly ke: Ke;
  readonly ob: ObjectManager;
  readonly io: IoManager;
  readonly scm: ServiceControl;
  readonly se: Se;
  /** What the boot tables say of an in-box device; undefined for others. */
  deviceNote(device: Address): string | undefined;
}

/** Types whose bodies have a structure of their own in `dt`. */
const bodyStructures: Readonly<Record<string, string>> = {
  Directory: "OBJECT_DIRECTORY",
  SymbolicLink: "OBJECT_SYMBOLIC_LINK",
  Type: "OBJECT_TYPE",
  Event: "KEVENT",
  Mutant: "KMUTANT",
  Semaphore: "KSEMAPHORE",
  Timer: "KTIMER",
  Device: "DEVICE_OBJECT",
  Driver: "DRIVER_OBJECT",
  File: "FILE_OBJECT",
  Token: "TOKEN",
  Process: "EPROCESS",
  Thread: "ETHREAD",
};

export function bodyStructure(typeName: string): string | undefined {
  return Object.hasOwn(bodyStructures, typeName) ? bodyStructures[typeName] : undefined;
}

/** The service name of a driver: the last component of its object's name. */
export function serviceOf(parts: KernelParts, driver: Address): string {
  const record = parts.io.drivers.find(driver);
  const path = record?.servicePath ?? "";
  return path.slice(path.lastIndexOf("\\") + 1);
}

/** The display name of the driver's service; its image for a driver without one. */
export function driverTitle(parts: KernelParts, driver: Address): string {
  const found = parts.scm.QueryServiceConfig(serviceOf(parts, driver));
  if ("value" in found && found.value.displayName !== "") return found.value.displayName;
  return parts.io.drivers.find(driver)?.imagePath ?? "";
}

/** Names for addresses that stand in structures: routines, and the devices and drivers they point to. */
export function addressNames(parts: KernelParts): AddressNames {
  const { io, ke, ob } = parts;
  return {
    symbolOf: (address) => {
      if (io.records.isLive(address) || io.drivers.find(address) !== undefined) {
        return ob.names.pathOf(address) || undefined;
      }
      return ke.routines.nameOf(address);
    },
    structureAt: (address) => {
      if (io.records.isLive(address)) return "DEVICE_OBJECT";
      return io.drivers.find(address) === undefined ? undefined : "DRIVER_OBJECT";
    },
  };
}
