/**
 * What stands under a name, without listing its directory: the object manager is asked to open it as a link, then as a
 * directory, and says which it is not. Nothing else is ever opened so: a device's or key's own parse routine refuses a
 * type that is not its own before it does anything.
 */
import { STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_TYPE_MISMATCH } from "../../native-bindings/abi/ntstatus/codes";
import { DIRECTORY_QUERY, SYMBOLIC_LINK_QUERY } from "../../native-bindings/abi/objectRights";
import type { NativeFunction } from "../../native-bindings/koffi/library";
import { NtClose, NtOpenDirectoryObject, NtOpenSymbolicLinkObject } from "../../native-bindings/koffi/ntdll";
import type { Result } from "../machine/result";
import { openHandle } from "./nativeHandle";

/** `undefined`: only the directory's list can tell; it is something else, or the system did not want to say. */
export type ProbedType = "SymbolicLink" | "Directory" | "missing" | undefined;

export interface ProbeCalls {
  /** 0 where it could be opened, and is closed again; else the NTSTATUS. As spelled first, then without case. */
  openLink(path: string): number;
  /** Follows links. */
  openDirectory(path: string): number;
}

export function probeType(path: string, calls: ProbeCalls = windowsProbeCalls): ProbedType {
  // As a link first: opening as a directory follows one.
  const asLink = calls.openLink(path);
  if (asLink === 0) return "SymbolicLink";
  if (asLink === STATUS_OBJECT_NAME_NOT_FOUND) return "missing";
  if (asLink !== STATUS_OBJECT_TYPE_MISMATCH) return undefined;
  return calls.openDirectory(path) === 0 ? "Directory" : undefined;
}

const windowsProbeCalls: ProbeCalls = {
  openLink: (path) => statusOf(NtOpenSymbolicLinkObject, path, SYMBOLIC_LINK_QUERY),
  openDirectory: (path) => statusOf(NtOpenDirectoryObject, path, DIRECTORY_QUERY),
};

function statusOf(open: NativeFunction, path: string, access: number): number {
  const opened: Result<bigint> = openHandle(open, path, access);
  if (!opened.ok) return opened.error.code;
  NtClose(opened.value);
  return 0;
}
