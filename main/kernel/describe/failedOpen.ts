/**
 * Why an open failed: the look-up of its path as `resolve` shows it, and then who refused behind it. To be asked at once,
 * while the devices are as the open found them.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  DO_DEVICE_INITIALIZING,
  DOE_DELETE_PENDING,
  DOE_REMOVE_PENDING,
  DOE_UNLOAD_PENDING,
} from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { ResolveHop } from "../../machine/machine";
import { ROOT_PATH } from "../../machine/ntPath";
import { ntStatusText } from "../../machine/statusText";
import { visibleText } from "../../machine/visibleText";
import type { OpenRefusal } from "../io/openPacket";
import type { KernelParts } from "./kernelParts";
import { deniedNote } from "./refusalNote";
import { resolvePath } from "./resolvePath";

const POINTER_BYTES = 8;
const INVALID_REQUEST = "nt!IopInvalidDeviceRequest";

const going: readonly (readonly [flag: number, sentence: string])[] = [
  [DOE_DELETE_PENDING, "Its driver has deleted it (IoDeleteDevice); it goes with its last open handle."],
  [DOE_UNLOAD_PENDING, "Its driver is being unloaded, and waits for the last open handle."],
  [DOE_REMOVE_PENDING, "It is being removed."],
];

/**
 * @param desiredAccess as it was asked for
 * @param refusal what the I/O manager knows; undefined where the name did not lead to a device
 */
export function explainFailedOpen(
  parts: KernelParts,
  ntPath: string,
  desiredAccess: number,
  status: number,
  refusal: OpenRefusal | undefined,
): ResolveHop[] {
  const { hops, reached, status: resolved } = resolvePath(parts, ntPath);
  const text = ntStatusText(status);
  const last = (component: string, within: string, note?: string): ResolveHop => ({
    component,
    within,
    remaining: "",
    status: text,
    ...(note === undefined ? {} : { note }),
    isRefusal: true,
  });
  if (refusal !== undefined) {
    const { component, note } = refusalText(parts, refusal, ntPath, desiredAccess);
    return [...hops, last(component, deviceName(parts, refusal.device), note)];
  }
  if (reached === undefined) return hops.length > 0 ? hops : [{ ...last(ntPath, ROOT_PATH), status: resolved }];
  const isDevice = reached.type === "Device";
  const shown = visibleText(reached.path);
  const note = `${shown} is a ${reached.type}; only devices and what is below them can be opened.`;
  return [...hops, last("open", reached.path, isDevice ? undefined : note)];
}

function deviceName({ io, ob }: KernelParts, device: Address): string {
  return io.records.isLive(device) ? ob.names.pathOf(device) : "";
}

const NOT_GRANTED =
  "The security descriptor of the device does not grant what was asked for; its driver was not asked.";

function refusalText(
  parts: KernelParts,
  refusal: OpenRefusal,
  ntPath: string,
  desiredAccess: number,
): { component: string; note: string } {
  switch (refusal.by) {
    case "state":
      return { component: "device state", note: stateNote(parts, refusal.device) };
    case "exclusive": {
      const note = "The device is exclusive (DO_EXCLUSIVE), and somebody has it open.";
      return { component: "exclusive access", note };
    }
    case "access":
      return { component: "access check", note: deniedNote(parts, ntPath, desiredAccess) ?? NOT_GRANTED };
    case "resources":
      return { component: "file object", note: "There is no pool left for a file object or an IRP." };
    case "driver":
      return { component: "IRP_MJ_CREATE", note: driverNote(parts, refusal) };
    case "forgotten": {
      const note = `${driverNote(parts, refusal)} It did not complete the IRP, which is lost.`;
      return { component: "IRP_MJ_CREATE", note };
    }
  }
}

function stateNote({ memory, io }: KernelParts, device: Address): string {
  if (!io.records.isLive(device)) return "The device is gone.";
  if ((memory.readU32(device + DEVICE_OBJECT.offset.Flags) & DO_DEVICE_INITIALIZING) !== 0) {
    return "The device is still being initialized: its driver has not cleared DO_DEVICE_INITIALIZING. For devices made after DriverEntry it must do so itself.";
  }
  const flags = io.records.extensionFlags(device);
  return going.find(([flag]) => (flags & flag) !== 0)?.[1] ?? "The device comes or goes.";
}

function driverNote({ memory, ke, io }: KernelParts, { device, top }: OpenRefusal): string {
  if (!io.records.isLive(top)) return "Its driver answered, and has deleted the device since.";
  const driver = memory.readPointer(top + DEVICE_OBJECT.offset.DriverObject);
  const name = visibleText(io.drivers.find(driver)?.name ?? "Its driver");
  const at = driver + DRIVER_OBJECT.offset.MajorFunction + IRP_MJ_CREATE * POINTER_BYTES;
  const routine = ke.routines.nameOf(memory.readPointer(at)) ?? "its dispatch routine";
  if (routine === INVALID_REQUEST) {
    return `${name} has no dispatch routine for IRP_MJ_CREATE, so that ${INVALID_REQUEST} answers for it: nobody can open its devices.`;
  }
  if (top === device) return `${name} answered so itself, in ${routine}.`;
  return `The request went to ${name} (${routine}) at the top of the device's stack; it, or a driver below it, answered so.`;
}
