/** The kernel's structures as a debugger shows them: an IRP under way, a device stack, a driver object. */
import { type Address, addressToHex, parseAddress } from "../../native-bindings/abi/address";
import { DEVICE_OBJECT } from "../../native-bindings/abi/structures/deviceObject";
import type { DeviceStack } from "../machine/deviceStack";
import { parseUserPath } from "../machine/dosPath";
import type { DriverObject } from "../machine/driverObject";
import type { LiveIrp } from "../machine/liveIrp";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import { visibleText } from "../machine/visibleText";
import { devicesAbove, devicesBelow } from "./describe/deviceStack";
import { driverObject } from "./describe/driverObject";
import { liveIrp } from "./describe/liveIrp";
import { locateThroughLinks } from "./describe/locate";
import type { ModelMachineSession } from "./modelMachineSession";

export class ModelMachineInspection {
  constructor(private readonly session: ModelMachineSession) {}

  irp(address: string): Result<LiveIrp> {
    const at = parseAddress(address);
    if (at === undefined) return fail(ntscopeError("bad-address", `"${shown(address)}" is not an address in hex.`));
    const { parts } = this.session;
    const record = parts.io.irps.live.find(({ irp }) => irp === at);
    if (record !== undefined) return this.session.run(() => liveIrp(parts, record));
    const sentence = `${addressToHex(at)} is no IRP under way; the trace tells of those that have ended.`;
    return fail(ntscopeError("no-irp", sentence));
  }

  deviceStack(where: string): Result<DeviceStack> {
    const { parts } = this.session;
    const found = this.#device(where);
    if (!found.ok) return found;
    const asked = found.value;
    const devices = [...devicesAbove(parts, asked).reverse(), asked, ...devicesBelow(parts, asked)];
    return this.session.run(() =>
      devices.map((device) => ({
        address: addressToHex(device),
        driver: parts.io.driverNameOf(device) ?? "",
        extension: addressToHex(parts.memory.readPointer(device + DEVICE_OBJECT.offset.DeviceExtension)),
        path: parts.ob.names.pathOf(device),
        isAsked: device === asked,
      })),
    );
  }

  driverObject(name: string): Result<DriverObject> {
    const { parts } = this.session;
    const address = name.includes("\\") ? undefined : parseAddress(name);
    if (address !== undefined && parts.io.drivers.find(address) !== undefined) {
      return this.session.run(() => driverObject(parts, address));
    }
    const paths = name.includes("\\") ? [name] : [`\\Driver\\${name}`, `\\FileSystem\\${name}`];
    for (const path of paths) {
      const [record] = parts.io.drivers.named(path);
      if (record !== undefined) return this.session.run(() => driverObject(parts, record.object));
    }
    return fail(ntscopeError("no-driver", `There is no driver "${shown(name)}".`));
  }

  #device(where: string): Result<Address> {
    const { io, ob } = this.session.parts;
    const address = where.includes("\\") ? undefined : parseAddress(where);
    if (address !== undefined && io.records.isLive(address)) return ok(address);
    const parsed = parseUserPath(where);
    if (!parsed.ok) return parsed;
    const located = this.session.run(() => locateThroughLinks(ob, parsed.value.ntPath));
    if (!located.ok) return located;
    if (!("object" in located.value)) return failNt(located.value.status, located.value.note);
    const { object, type, path } = located.value;
    if (type.name === "Device") return ok(object);
    return fail(ntscopeError("no-device", `${visibleText(path)} is a ${type.name}, not a device.`));
  }
}

function shown(text: string): string {
  return visibleText(text.slice(0, 80));
}
