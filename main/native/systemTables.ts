/** What NtQuerySystemInformation and NtQueryObject answer about the whole system, out of its buffers. Pure. */
import {
  OBJECT_TYPE_INFORMATION,
  OBJECT_TYPES_INFORMATION,
  RTL_PROCESS_MODULE_INFORMATION,
  RTL_PROCESS_MODULES,
  SYSTEM_HANDLE_INFORMATION_EX,
  SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX,
  SYSTEM_PROCESS_INFORMATION,
} from "../../native-bindings/abi/structures/nativeQueries";
import { UNICODE_STRING } from "../../native-bindings/abi/structures/strings";
import { stringWithin } from "../../native-bindings/koffi/nativeStrings";

export interface HandleEntry {
  processId: number;
  handle: number;
  access: number;
  typeIndex: number;
}

export interface ModuleEntry {
  path: string;
  /** The file's name in it. */
  name: string;
  base: bigint;
  /** Bytes. */
  size: number;
}

/** Before Windows 8.1 the index is not in the structure: types were numbered from 2 in their order. */
const FIRST_TYPE_INDEX = 2;
const ALIGNMENT = 8;

/** SystemExtendedHandleInformation; as many as there are whole entries, whatever the count says. */
export function handlesIn(buffer: Buffer): HandleEntry[] {
  const { size, offset } = SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;
  const start = SYSTEM_HANDLE_INFORMATION_EX.size;
  if (buffer.length < start) return [];
  const count = Math.min(Number(buffer.readBigUInt64LE(0)), Math.floor((buffer.length - start) / size));
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    return {
      processId: Number(buffer.readBigUInt64LE(at + offset.UniqueProcessId)),
      handle: Number(buffer.readBigUInt64LE(at + offset.HandleValue)),
      access: buffer.readUInt32LE(at + offset.GrantedAccess),
      typeIndex: buffer.readUInt16LE(at + offset.ObjectTypeIndex),
    };
  });
}

/** SystemProcessInformation: names by process id. `base`: where the buffer's first byte lies. */
export function processNamesIn(buffer: Buffer, base: bigint): Map<number, string> {
  const { size, offset } = SYSTEM_PROCESS_INFORMATION;
  const names = new Map<number, string>();
  for (let at = 0; at + size <= buffer.length; ) {
    const id = Number(buffer.readBigUInt64LE(at + offset.UniqueProcessId));
    const name = stringWithin(buffer, base, at + offset.ImageName) ?? "";
    names.set(id, name === "" && id === 0 ? "System Idle Process" : name);
    const next = buffer.readUInt32LE(at + offset.NextEntryOffset);
    if (next === 0) break;
    at += next;
  }
  return names;
}

/** ObjectTypesInformation: type names by index. Each entry's name follows it, then the next one, aligned. */
export function typeNamesIn(buffer: Buffer, base: bigint): Map<number, string> {
  const { size, offset } = OBJECT_TYPE_INFORMATION;
  const names = new Map<number, string>();
  if (buffer.length < OBJECT_TYPES_INFORMATION.size) return names;
  const count = buffer.readUInt32LE(0);
  let at = OBJECT_TYPES_INFORMATION.size;
  for (let position = 0; position < count && at + size <= buffer.length; position++) {
    const name = stringWithin(buffer, base, at + offset.TypeName);
    if (name === undefined) break;
    const index = buffer.readUInt8(at + offset.TypeIndex);
    names.set(index === 0 ? position + FIRST_TYPE_INDEX : index, name);
    const room = buffer.readUInt16LE(at + offset.TypeName + UNICODE_STRING.offset.MaximumLength);
    at += size + Math.ceil(room / ALIGNMENT) * ALIGNMENT;
  }
  return names;
}

/** SystemModuleInformation: the kernel and its drivers in the order in which they were loaded. */
export function modulesIn(buffer: Buffer): ModuleEntry[] {
  const { size, offset } = RTL_PROCESS_MODULE_INFORMATION;
  const start = RTL_PROCESS_MODULES.size;
  if (buffer.length < start) return [];
  const count = Math.min(buffer.readUInt32LE(0), Math.floor((buffer.length - start) / size));
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    const bytes = buffer.subarray(at + offset.FullPathName, at + size);
    const end = bytes.indexOf(0);
    const path = bytes.toString("latin1", 0, end < 0 ? bytes.length : end);
    return {
      path,
      name: path.slice(path.lastIndexOf("\\") + 1),
      base: buffer.readBigUInt64LE(at + offset.ImageBase),
      size: buffer.readUInt32LE(at + offset.ImageSize),
    };
  });
}
