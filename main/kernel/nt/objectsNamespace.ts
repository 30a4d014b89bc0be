/** System calls on directories and symbolic links (winternl.h, ntifs.h, wdm.h). */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_MORE_ENTRIES,
  STATUS_NO_MORE_ENTRIES,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { DIRECTORY_QUERY, SYMBOLIC_LINK_QUERY } from "../../../native-bindings/abi/objectRights";
import { OBJECT_DIRECTORY_INFORMATION } from "../../../native-bindings/abi/structures/nativeQueries";
import { setUnicodeString } from "../mem/unicodeString";
import type { HandleResult } from "../ob/handles";
import type { DirectoryChild } from "../ob/lookupOptions";
import { createDirectoryObject, createSymbolicLinkObject } from "../ob/namedObjects";
import type { ObjectAttributes } from "../ob/objectAttributes";
import { linkTarget, linkTargetSizes } from "../ob/symbolicLinks";
import type { NtContext } from "./objects";
import { canAccess, guardFaults } from "./objectsProbe";

const ENTRY_BYTES = OBJECT_DIRECTORY_INFORMATION.size;
const NUL_BYTES = 2;

export interface QueryDirectoryResult {
  readonly status: number;
  /** For the next call; as given unless the status is a success. */
  readonly context: number;
  /** Bytes used, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly returnLength: number;
}

export interface QueryLinkResult {
  readonly status: number;
  /** Bytes that the target needs, its NUL included. */
  readonly returnLength: number;
}

export function createDirectory(
  { ob, ps }: NtContext,
  desiredAccess: number,
  attributes: ObjectAttributes | undefined,
): HandleResult {
  return createDirectoryObject(ob, attributes, desiredAccess, ps.current.mode);
}

/** Case 3: unlike the other calls that create, this one reads its attributes without asking whether there are any. */
export function createSymbolicLink(
  { ob, ps, printk }: NtContext,
  desiredAccess: number,
  attributes: ObjectAttributes | undefined,
  target: LinkTarget | undefined,
): HandleResult {
  if (attributes === undefined || target === undefined) return { status: STATUS_ACCESS_VIOLATION, handle: 0 };
  const { text, length = text.length * 2, maximumLength = length + NUL_BYTES } = target;
  // Case 30.
  if (maximumLength === 0 || length % 2 !== 0 || length > maximumLength) {
    printk(`OB: Invalid symbolic link target - ${text}\n`);
    return { status: STATUS_INVALID_PARAMETER, handle: 0 };
  }
  return createSymbolicLinkObject(ob, attributes, text, desiredAccess, ps.current.mode);
}

/** The target's UNICODE_STRING: the sizes matter when they are not those of the text. */
export interface LinkTarget {
  readonly text: string;
  /** In bytes. */
  readonly length?: number;
  readonly maximumLength?: number;
}

/**
 * Case 32.
 * @param string a UNICODE_STRING with Buffer and MaximumLength; its Length is set and the target written
 * @param wantsReturnLength whether ReturnedLength was given: then the terminating NUL must fit too
 */
export function querySymbolicLink(
  { ob, ps, memory }: NtContext,
  handle: number,
  string: Address,
  wantsReturnLength: boolean,
): QueryLinkResult {
  const { mode } = ps.current;
  const opened = ob.ObReferenceObjectByHandle(handle, SYMBOLIC_LINK_QUERY, ob.symbolicLinkType, mode);
  if (!NT_SUCCESS(opened.status)) return { status: opened.status, returnLength: 0 };
  const target = linkTarget(memory, opened.object);
  const { length } = linkTargetSizes(memory, opened.object);
  ob.ObDereferenceObject(opened.object);
  const needed = length + NUL_BYTES;
  const status = guardFaults(mode, () => {
    if (!canAccess(memory, mode, string, 0x10, "write")) return STATUS_ACCESS_VIOLATION;
    const capacity = memory.readU16(string + 2);
    if (capacity < (wantsReturnLength ? needed : length)) return STATUS_BUFFER_TOO_SMALL;
    const buffer = memory.readPointer(string + 8);
    if (!canAccess(memory, mode, buffer, Math.min(capacity, needed), "write")) return STATUS_ACCESS_VIOLATION;
    memory.writeUtf16(buffer, target);
    if (capacity >= needed) memory.writeU16(buffer + length, 0);
    memory.writeU16(string, length);
    return STATUS_SUCCESS;
  });
  return { status, returnLength: needed };
}

/** Name and type name with their NULs, and the entry. */
function bytesOf({ name, type }: DirectoryChild): number {
  return ENTRY_BYTES + name.length * 2 + NUL_BYTES + type.name.length * 2 + NUL_BYTES;
}

/**
 * Cases 33 to 35: an array of OBJECT_DIRECTORY_INFORMATION, an entry of zeros, then the strings.
 * @param context where to go on: the number of entries already seen
 */
export function queryDirectory(
  { ob, ps, memory }: NtContext,
  handle: number,
  buffer: Address,
  length: number,
  returnSingleEntry: boolean,
  context: number,
): QueryDirectoryResult {
  const { mode } = ps.current;
  const opened = ob.ObReferenceObjectByHandle(handle, DIRECTORY_QUERY, ob.directoryType, mode);
  if (!NT_SUCCESS(opened.status)) return { status: opened.status, context, returnLength: 0 };
  const children: DirectoryChild[] = [];
  // The closing entry of zeros always takes its place.
  let total = ENTRY_BYTES;
  let status: number = STATUS_NO_MORE_ENTRIES;
  for (const child of ob.children(opened.object, context)) {
    const bytes = bytesOf(child);
    if (total + bytes > length) {
      if (returnSingleEntry) total += bytes;
      status = returnSingleEntry ? STATUS_BUFFER_TOO_SMALL : STATUS_MORE_ENTRIES;
      break;
    }
    total += bytes;
    children.push(child);
    status = STATUS_SUCCESS;
    if (returnSingleEntry) break;
  }
  ob.ObDereferenceObject(opened.object);
  if (!NT_SUCCESS(status)) return { status, context, returnLength: total };
  const written = guardFaults(mode, () => {
    if (!canAccess(memory, mode, buffer, length, "write")) return STATUS_ACCESS_VIOLATION;
    if (length >= ENTRY_BYTES) writeEntries(memory, buffer, children);
    return status;
  });
  if (!NT_SUCCESS(written)) return { status: written, context, returnLength: 0 };
  return { status, context: context + children.length, returnLength: total };
}

function writeEntries(memory: NtContext["memory"], buffer: Address, children: readonly DirectoryChild[]): void {
  let string = buffer + (children.length + 1) * ENTRY_BYTES;
  const put = (at: Address, text: string): void => {
    setUnicodeString(memory, at, string, text.length * 2, text.length * 2 + NUL_BYTES);
    memory.writeUtf16(string, text);
    memory.writeU16(string + text.length * 2, 0);
    string += text.length * 2 + NUL_BYTES;
  };
  for (const [index, { name, type }] of children.entries()) {
    const entry = buffer + index * ENTRY_BYTES;
    put(entry + OBJECT_DIRECTORY_INFORMATION.offset.Name, name);
    put(entry + OBJECT_DIRECTORY_INFORMATION.offset.TypeName, type.name);
  }
  memory.fill(buffer + children.length * ENTRY_BYTES, ENTRY_BYTES, 0);
}
