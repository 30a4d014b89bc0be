/**
 * Plays the boot tables: from an empty kernel to the namespace of a freshly booted Windows 10 22H2 after logon. In the
 * order of NT: directories, the kernel's objects, drivers and their devices, DOS names, then what programs make.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { ensureSymbolicLink } from "../ob/namedObjects";
import { secureNamespace } from "../se/secureNamespace";
import { type BootObject, linesOf, parseBootLines } from "./bootLine";
import { createObjectsOf, createPermanentObjects } from "./bootObjects";
import type { BootParts } from "./bootParts";
import type { InboxDeviceIndex } from "./inboxDevices";
import { loadInboxDrivers } from "./inboxDrivers";
import { directories, kernelObjects, rootObjects } from "./tables/directories";
import { deviceInterfaces, dosDevices } from "./tables/dosDevices";
import { namedPorts, numberedPorts } from "./tables/rpcPorts";
import { knownDlls, nlsSections, only64Bit } from "./tables/sections";
import { desktopProcessIds, perProcess, sessionOne, sessionZero } from "./tables/sessionObjects";

function sections(directory: string, table: string, kind: string, leaveOut: readonly string[] = []): BootObject[] {
  return linesOf(table).flatMap((line) => {
    const [name = "", size = "0"] = line.split(" ");
    return leaveOut.includes(name)
      ? []
      : [{ path: `${directory}\\${name}`, type: "Section" as const, detail: `${size} ${kind}` }];
  });
}

function port(name: string): BootObject {
  return { path: `\\RPC Control\\${name}`, type: "ALPC", detail: "port" };
}

const permanentObjects: readonly BootObject[] = [
  ...parseBootLines(rootObjects),
  ...parseBootLines(kernelObjects),
  ...sections("\\KnownDlls", knownDlls, "image"),
  ...sections("\\KnownDlls32", knownDlls, "image", only64Bit),
  ...sections("\\NLS", nlsSections, "data"),
  { path: "\\KnownDlls\\KnownDllPath", type: "SymbolicLink", detail: "C:\\Windows\\System32" },
  { path: "\\KnownDlls32\\KnownDllPath", type: "SymbolicLink", detail: "C:\\Windows\\SysWOW64" },
];

const rpcPorts: readonly BootObject[] = [
  ...linesOf(namedPorts).map(port),
  ...numberedPorts.LRPC.map((number) => port(`LRPC-${number}`)),
  ...numberedPorts.OLE.map((number) => port(`OLE${number}`)),
];

const desktopObjects: readonly BootObject[] = desktopProcessIds.flatMap((id) =>
  parseBootLines(perProcess.replaceAll("%", String(id))),
);

/** Where programs of the first session make objects; the rest of the session is the subsystem's. */
const SESSION_NAMED_OBJECTS = "\\Sessions\\1\\BaseNamedObjects\\";

const bootDirectories = parseBootLines(directories);
const sessionZeroObjects = parseBootLines(sessionZero);
const sessionOneObjects = parseBootLines(sessionOne);

/** A generated device name is not the one of the table: the I/O manager counts them as they are made. */
function actualPath({ ob }: BootParts, index: InboxDeviceIndex, path: string): string {
  const known = index.get(path);
  return known === undefined ? path : ob.names.pathOf(known.device);
}

function linkDosDevices(parts: BootParts, index: InboxDeviceIndex): void {
  for (const line of linesOf(dosDevices)) {
    const [name = "", target = ""] = line.split(/\s+/);
    ensureSymbolicLink(parts.ob, `\\GLOBAL??\\${name}`, actualPath(parts, index, target));
  }
  for (const line of linesOf(deviceInterfaces)) {
    const [instance = "", target = "", ...classes] = line.split(" ");
    const path = actualPath(parts, index, target);
    for (const guid of classes) ensureSymbolicLink(parts.ob, `\\GLOBAL??\\${instance}#${guid}`, path);
  }
}

export interface BootedNamespace {
  /** What the boot tables say of a device, by its object's address. */
  readonly notes: ReadonlyMap<Address, string>;
}

/**
 * Each step runs in the context of the system process, on a kernel whose parts are made and whose driver images know the
 * in-box drivers. After the first, the root has all its directories. Throws a RangeError when the tables contradict each
 * other or the namespace.
 */
export function* bootNamespace(parts: BootParts, index: InboxDeviceIndex): Generator<void, BootedNamespace> {
  const { ob, ps, se } = parts;
  ob.createRemainingTypes();
  createPermanentObjects(parts, bootDirectories);
  secureNamespace(ob, se);
  yield;
  createPermanentObjects(parts, permanentObjects);
  secureNamespace(ob, se);
  yield* loadInboxDrivers(parts, index);
  yield;
  linkDosDevices(parts, index);
  yield;
  const csrss = ps.createProcess("csrss.exe", se.ready("system"));
  createObjectsOf(parts, csrss, sessionZeroObjects);
  createObjectsOf(parts, ps.createProcess("svchost.exe", se.ready("system")), rpcPorts);
  yield;
  const isNamedByPrograms = ({ path }: BootObject) => path.startsWith(SESSION_NAMED_OBJECTS);
  const explorer = ps.createProcess("explorer.exe", se.ready("filtered"));
  const ofSubsystem = sessionOneObjects.filter((object) => !isNamedByPrograms(object));
  createObjectsOf(parts, csrss, ofSubsystem);
  createObjectsOf(parts, explorer, [...sessionOneObjects.filter(isNamedByPrograms), ...desktopObjects]);
  return { notes: new Map([...index.values()].map(({ device, answers }) => [device, answers.description])) };
}
