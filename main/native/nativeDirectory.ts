/**
 * NtQueryDirectoryObject: a directory in one growing call, since nothing holds it still between two; entry by entry where
 * that is not there (Wine answers STATUS_NOT_IMPLEMENTED to more than one).
 */
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_MORE_ENTRIES,
  STATUS_NO_MORE_ENTRIES,
  STATUS_NOT_IMPLEMENTED,
} from "../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { DIRECTORY_QUERY } from "../../native-bindings/abi/objectRights";
import { OBJECT_DIRECTORY_INFORMATION } from "../../native-bindings/abi/structures/nativeQueries";
import { addressOf } from "../../native-bindings/koffi/library";
import { stringWithin } from "../../native-bindings/koffi/nativeStrings";
import { NtOpenDirectoryObject, NtQueryDirectoryObject } from "../../native-bindings/koffi/ntdll";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import { withHandle } from "./nativeHandle";

export interface NativeEntry {
  name: string;
  type: string;
}

/** Bytes: some 300 entries, which is more than nearly all directories hold. */
const FIRST_BUFFER = 64 * 1024;
/** Bytes: a million entries. A directory beyond that is told, not shown in part. */
const LARGEST_BUFFER = 256 * 1024 * 1024;

export function readDirectory(path: string): Result<NativeEntry[]> {
  return withHandle(NtOpenDirectoryObject, path, DIRECTORY_QUERY, readWhole);
}

function readWhole(handle: bigint): Result<NativeEntry[]> {
  for (let size = FIRST_BUFFER; size <= LARGEST_BUFFER; size *= 2) {
    const buffer = Buffer.alloc(size);
    const status = query(handle, buffer, false, Buffer.alloc(4), true);
    if (status === STATUS_NOT_IMPLEMENTED) return readOneByOne(handle);
    if (status === STATUS_NO_MORE_ENTRIES) return ok([]);
    if (status === STATUS_MORE_ENTRIES || status === STATUS_BUFFER_TOO_SMALL) continue;
    if (!NT_SUCCESS(status)) return failNt(status);
    return ok(entriesIn(buffer));
  }
  return fail(ntscopeError("directory-too-large", "The directory has more entries than can be read in one call."));
}

function readOneByOne(handle: bigint): Result<NativeEntry[]> {
  const entries: NativeEntry[] = [];
  const context = Buffer.alloc(4);
  // One for all entries: each call writes its own whole, and 64 KB cleared an entry cost a good part of the time.
  let buffer = Buffer.alloc(FIRST_BUFFER);
  for (let isFirst = true; ; isFirst = false) {
    const status = query(handle, buffer, true, context, isFirst);
    if (status === STATUS_NO_MORE_ENTRIES) return ok(entries);
    if (status === STATUS_BUFFER_TOO_SMALL && buffer.length < LARGEST_BUFFER) {
      buffer = Buffer.alloc(buffer.length * 2);
      continue;
    }
    if (!NT_SUCCESS(status)) return failNt(status);
    entries.push(...entriesIn(buffer).slice(0, 1));
  }
}

/** @returns the NTSTATUS */
function query(handle: bigint, buffer: Buffer, single: boolean, context: Buffer, restart: boolean): number {
  const options = [Number(single), Number(restart)] as const;
  return NtQueryDirectoryObject(handle, buffer, buffer.length, ...options, context, Buffer.alloc(4)) >>> 0;
}

/** Exported for tests, which lay such buffers out by hand: the last entry is all zero, strings lie in the same buffer. */
export function entriesIn(buffer: Buffer, base: bigint = addressOf(buffer)): NativeEntry[] {
  const { size, offset } = OBJECT_DIRECTORY_INFORMATION;
  const entries: NativeEntry[] = [];
  for (let at = 0; at + size <= buffer.length; at += size) {
    if (buffer.subarray(at, at + size).every((byte) => byte === 0)) break;
    const name = stringWithin(buffer, base, at + offset.Name);
    const type = stringWithin(buffer, base, at + offset.TypeName);
    if (name === undefined || type === undefined) break;
    entries.push({ name, type });
  }
  return entries;
}
