/** All handles and all drivers of the system, from one growing call each, made on a thread of the pool. */
import { formatAccess } from "../../native-bindings/abi/access";
import {
  ObjectTypesInformation,
  SystemExtendedHandleInformation,
  SystemModuleInformation,
  SystemProcessInformation,
} from "../../native-bindings/abi/informationClasses";
import { STATUS_INFO_LENGTH_MISMATCH } from "../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { CloseHandle, CreateEventW } from "../../native-bindings/koffi/kernel32";
import { addressOf } from "../../native-bindings/koffi/library";
import { NtQueryObject, NtQuerySystemInformation } from "../../native-bindings/koffi/ntdll";
import type { DriverSummary, HandleInfo } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import { type HandleEntry, handlesIn, modulesIn, processNamesIn, typeNamesIn } from "./systemTables";

/** Bytes: 26,000 handles. */
const FIRST_BUFFER = 1024 * 1024;
/** Bytes: more handles than a system has memory for. */
const LARGEST_BUFFER = 512 * 1024 * 1024;

/**
 * Foreign objects stay unnamed: their handles would have to be duplicated, and asking for a pipe's name can hang.
 * @param ownPath the path that one of this process' handles was opened with
 */
export async function readAllHandles(ownPath: (handle: number) => string | undefined): Promise<Result<HandleInfo[]>> {
  const event = BigInt(CreateEventW(null, 0, 0, null));
  const queried = await querySystem(SystemExtendedHandleInformation);
  CloseHandle(event);
  if (!queried.ok) return queried;
  const handles = handlesIn(queried.value);
  const processes = await querySystem(SystemProcessInformation);
  const types = await growing((buffer) =>
    NtQueryObject.later(0n, ObjectTypesInformation, buffer, buffer.length, Buffer.alloc(4)),
  );
  const processNames = processes.ok ? processNamesIn(processes.value, addressOf(processes.value)) : new Map();
  const typeNames = types.ok ? typeNamesIn(types.value, addressOf(types.value)) : new Map();
  const shift = indexShift(handles, typeNames, Number(event));
  const access = rememberedAccess();
  return ok(
    handles.map(({ processId, handle, access: mask, typeIndex }): HandleInfo => {
      const type = typeNames.get(typeIndex + shift) ?? `type ${typeIndex}`;
      const path = (processId === process.pid ? ownPath(handle) : undefined) ?? "";
      return { handle, type, path, access: access(type, mask), process: processNames.get(processId) ?? "", processId };
    }),
  );
}

/** Wine counts types from 0 in the one answer and from 2 in the other: an event of our own tells by how much they differ. */
function indexShift(handles: readonly HandleEntry[], typeNames: ReadonlyMap<number, string>, event: number): number {
  const own = handles.find(({ processId, handle }) => processId === process.pid && handle === event);
  const named = [...typeNames].find(([, name]) => name === "Event");
  return own === undefined || named === undefined ? 0 : named[0] - own.typeIndex;
}

/** A hundred thousand handles have a few hundred different masks. */
function rememberedAccess(): (type: string, mask: number) => string {
  const texts = new Map<string, string>();
  return (type, mask) => {
    const key = `${mask} ${type}`;
    const text = texts.get(key) ?? formatAccess(type, mask);
    texts.set(key, text);
    return text;
  };
}

/** The images in kernel memory; what a driver object holds besides is the kernel's own. */
export async function readDrivers(): Promise<Result<DriverSummary[]>> {
  const modules = await querySystem(SystemModuleInformation);
  if (!modules.ok) return modules;
  return ok(
    modulesIn(modules.value).map(({ name, path, base, size }) => {
      // Zero for who may not debug the system, since Windows 11 24H2.
      const start = base === 0n ? "" : `0x${base.toString(16).toUpperCase().padStart(16, "0")}`;
      return { name, path, start, size, devices: [], service: "" };
    }),
  );
}

function querySystem(informationClass: number): Promise<Result<Buffer>> {
  return growing((buffer) => NtQuerySystemInformation.later(informationClass, buffer, buffer.length, Buffer.alloc(4)));
}

/** Again with twice the room until it is enough: what is counted grows meanwhile. */
async function growing(call: (buffer: Buffer) => Promise<number>): Promise<Result<Buffer>> {
  for (let size = FIRST_BUFFER; size <= LARGEST_BUFFER; size *= 2) {
    const buffer = Buffer.alloc(size);
    const status = (await call(buffer)) >>> 0;
    if (NT_SUCCESS(status)) return ok(buffer);
    if (status !== STATUS_INFO_LENGTH_MISMATCH) return failNt(status);
  }
  return fail(ntscopeError("too-large", `The system's answer does not fit into ${LARGEST_BUFFER / 2 ** 20} MiB.`));
}
