/** Drivers and devices as tables: all of them, with what belongs to each. */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { deviceTypes } from "../../../native-bindings/abi/deviceTypes";
import { findNamedValue } from "../../../native-bindings/abi/flags";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { hex32 } from "../../machine/fieldValues";
import type { DeviceSummary, DriverSummary } from "../../machine/machine";
import { baseName, joinPath } from "../../machine/ntPath";
import { devicesAbove } from "./deviceStack";
import { type KernelParts, serviceOf } from "./kernelParts";
import { locateThroughLinks } from "./locate";

export function driverSummaries(parts: KernelParts): DriverSummary[] {
  const { memory, io, ob } = parts;
  return Array.from(io.drivers.all, ({ object, name }): DriverSummary => {
    const u64 = (at: number) => memory.readPointer(object + at);
    return {
      name: baseName(name),
      path: ob.names.pathOf(object),
      start: addressToHex(u64(DRIVER_OBJECT.offset.DriverStart)),
      size: memory.readU32(object + DRIVER_OBJECT.offset.DriverSize),
      devices: io.records.devicesOf(object).map((device) => ob.names.pathOf(device) || addressToHex(device)),
      service: serviceOf(parts, object),
      unload: u64(DRIVER_OBJECT.offset.DriverUnload) !== 0,
    };
  });
}

/** Directories of MS-DOS names: the global one and those of logon sessions. */
function dosDirectories({ ob }: KernelParts): Address[] {
  const own = ob.caller.process.dosDevices;
  return own === undefined ? [ob.globalDosDevices] : [own, ob.globalDosDevices];
}

/** Which DOS names lead to which object, all links followed. */
function linksByTarget(parts: KernelParts): Map<Address, string[]> {
  const { ob } = parts;
  const links = new Map<Address, string[]>();
  for (const directory of dosDirectories(parts)) {
    const within = ob.names.pathOf(directory);
    for (const { name, type } of ob.children(directory)) {
      if (type !== ob.symbolicLinkType) continue;
      const path = joinPath(within, name);
      const reached = locateThroughLinks(ob, path);
      if ("object" in reached) links.set(reached.object, [...(links.get(reached.object) ?? []), path]);
    }
  }
  return links;
}

export function deviceSummaries(parts: KernelParts): DeviceSummary[] {
  const { memory, io, ob } = parts;
  const links = linksByTarget(parts);
  return io.records.live.map((device): DeviceSummary => {
    const type = memory.readU32(device + DEVICE_OBJECT.offset.DeviceType);
    return {
      path: ob.names.pathOf(device),
      address: addressToHex(device),
      driver: io.driverNameOf(device) ?? "",
      deviceType: findNamedValue(deviceTypes, type)?.name ?? hex32(type),
      stackSize: memory.readU8(device + DEVICE_OBJECT.offset.StackSize),
      attached: devicesAbove(parts, device).map((above) => ({
        address: addressToHex(above),
        driver: io.driverNameOf(above) ?? "",
        path: ob.names.pathOf(above),
      })),
      links: links.get(device) ?? [],
    };
  });
}
