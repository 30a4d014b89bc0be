/**
 * The objects through which OutputDebugString reaches a monitor: DBWIN_BUFFER and two events, made by the monitor. That
 * the section is there already means another monitor. Source: "Understanding Win32 OutputDebugString" (unixwiz.net).
 */
import { ERROR_ACCESS_DENIED, ERROR_ALREADY_EXISTS } from "../../../native-bindings/abi/win32/codes";
import { describeWin32Error } from "../../../native-bindings/abi/win32/win32Error";
import {
  CloseHandle,
  CreateEventW,
  CreateFileMappingW,
  GetLastError,
  MapViewOfFile,
  OpenFileMappingW,
  UnmapViewOfFile,
} from "../../../native-bindings/koffi/kernel32";
import { ntscopeError, type StatusError } from "../../machine/result";
import { DBWIN_BUFFER_SIZE } from "./dbwinBlock";
import type { DbwinReader } from "./dbwinReader";
import { withDbwinSecurity } from "./dbwinSecurity";
import { sectionHolder } from "./sectionHolder";

const PAGE_READWRITE = 0x4;
const FILE_MAP_READ = 0x4;
const INVALID_HANDLE_VALUE = 0xffff_ffff_ffff_ffffn;

type Namespace = DbwinReader["namespace"];

export interface DbwinObjects {
  /** Address of the 4,096 bytes. */
  readonly view: bigint;
  /** BUFFER_READY: set when the next writer may write. */
  readonly free: bigint;
  /** DATA_READY: set when there is a message. */
  readonly ready: bigint;
  close(): void;
}

export type DbwinOpening =
  | { readonly kind: "open"; readonly objects: DbwinObjects }
  /** The holder's process id, where it can be seen. Nothing is held on to. */
  | { readonly kind: "taken"; readonly holder: number | undefined }
  | { readonly kind: "failed"; readonly error: StatusError };

/** @param looksForHolder whether to find out who has them, which costs milliseconds */
export function openDbwin(namespace: Namespace, looksForHolder: boolean): DbwinOpening {
  return withDbwinSecurity((security) => {
    const name = nameIn(namespace, "DBWIN_BUFFER");
    const section = BigInt(
      CreateFileMappingW(INVALID_HANDLE_VALUE, security, PAGE_READWRITE, 0, DBWIN_BUFFER_SIZE, name),
    );
    const code = GetLastError();
    if (section === 0n) return code === ERROR_ACCESS_DENIED ? denied(namespace) : failed("CreateFileMapping", code);
    if (code === ERROR_ALREADY_EXISTS) {
      const holder = looksForHolder ? sectionHolder(section) : undefined;
      CloseHandle(section);
      return { kind: "taken", holder };
    }
    return openRest(namespace, security, section);
  });
}

function openRest(namespace: Namespace, security: Buffer | null, section: bigint): DbwinOpening {
  const handles = [section];
  const closeHandles = () => {
    for (const handle of handles) CloseHandle(handle);
  };
  const event = (name: string, isSet: number) => {
    const handle = BigInt(CreateEventW(security, 0, isSet, nameIn(namespace, name)));
    if (handle !== 0n) handles.push(handle);
    return handle;
  };
  const failure = (call: string) => {
    const answer = failed(call, GetLastError());
    closeHandles();
    return answer;
  };
  const free = event("DBWIN_BUFFER_READY", 1);
  if (free === 0n) return failure("CreateEvent");
  const ready = event("DBWIN_DATA_READY", 0);
  if (ready === 0n) return failure("CreateEvent");
  const view = BigInt(MapViewOfFile(section, FILE_MAP_READ, 0, 0, BigInt(DBWIN_BUFFER_SIZE)));
  if (view === 0n) return failure("MapViewOfFile");
  const close = () => {
    UnmapViewOfFile(view);
    closeHandles();
  };
  return { kind: "open", objects: { view, free, ready, close } };
}

/** Denied to make the section: it is there and another user's or a higher program's, or the privilege is missing. */
function denied(namespace: Namespace): DbwinOpening {
  const section = BigInt(OpenFileMappingW(FILE_MAP_READ, 0, nameIn(namespace, "DBWIN_BUFFER")));
  const code = GetLastError();
  if (section !== 0n) {
    const holder = sectionHolder(section);
    CloseHandle(section);
    return { kind: "taken", holder };
  }
  if (code === ERROR_ACCESS_DENIED) return { kind: "taken", holder: undefined };
  const message =
    namespace === "Global"
      ? "Session 0's debug output takes the privilege SeCreateGlobalPrivilege: run NtScope as administrator."
      : "Access to the session's named objects is denied.";
  return { kind: "failed", error: ntscopeError("dbwin-denied", message) };
}

function failed(call: string, code: number): DbwinOpening {
  const { name, message } = describeWin32Error(code);
  const error = { domain: "win32", code, status: String(code), name, message: `${call}: ${message}` } as const;
  return { kind: "failed", error };
}

function nameIn(namespace: Namespace, object: string): Buffer {
  return Buffer.from(`${namespace}\\${object}\0`, "utf16le");
}
