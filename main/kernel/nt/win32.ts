/**
 * Files as Win32 programs see them: CreateFileW's parameters turned into NtCreateFile's, NTSTATUS into Win32 errors.
 * Source: CreateFileW (Microsoft); RtlNtStatusToDosError.
 */

import { GENERIC_READ, GENERIC_WRITE, SYNCHRONIZE } from "../../../native-bindings/abi/access";
import {
  FILE_CREATE,
  FILE_NON_DIRECTORY_FILE,
  FILE_OPEN,
  FILE_OPEN_FOR_BACKUP_INTENT,
  FILE_OPEN_IF,
  FILE_OVERWRITE,
  FILE_OVERWRITE_IF,
  FILE_SYNCHRONOUS_IO_NONALERT,
} from "../../../native-bindings/abi/createOptions";
import {
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE } from "../../../native-bindings/abi/objectAttributes";
import { FILE_READ_ATTRIBUTES } from "../../../native-bindings/abi/objectRights";
import * as win32 from "../../../native-bindings/abi/win32/codes";
import { RtlNtStatusToDosError } from "../../../native-bindings/abi/win32/fromNtStatus";
import { dosPathToNtPath } from "../../machine/dosPath";
import type { NtFiles } from "./files";
import type { CreateDone } from "./filesCreate";
import type { IoPending } from "./ioOutcome";

export const FILE_FLAG_OVERLAPPED = 0x4000_0000;
export const FILE_FLAG_BACKUP_SEMANTICS = 0x0200_0000;

/** dwCreationDisposition, to NT's disposition. */
const dispositions: ReadonlyMap<number, number> = new Map([
  [1, FILE_CREATE],
  [2, FILE_OVERWRITE_IF],
  [3, FILE_OPEN],
  [4, FILE_OPEN_IF],
  [5, FILE_OVERWRITE],
]);
const OPEN_EXISTING = 3;

/** The attributes among dwFlagsAndAttributes. */
const ATTRIBUTES = 0x7fff;

export interface CreateFileParameters {
  readonly desiredAccess: number;
  /** FILE_SHARE_READ and FILE_SHARE_WRITE when left out. */
  readonly shareMode?: number;
  /** OPEN_EXISTING (3) when left out. */
  readonly creationDisposition?: number;
  readonly flagsAndAttributes?: number;
}

export interface Win32Created {
  readonly pending: false;
  /** ERROR_SUCCESS, or what GetLastError says. */
  readonly error: number;
  /** The NTSTATUS it was made from; 0 where no system call was made. */
  readonly status: number;
  /** 0 in place of INVALID_HANDLE_VALUE. */
  readonly handle: number;
}

export type Win32CreateOutcome = Win32Created | IoPending<Win32Created>;

const SHARE_READ_WRITE = 3;
/** Where a program that was started from nowhere in particular stands. */
const CURRENT_DIRECTORY = "C:\\Windows\\System32";

function refuse(error: number): Win32Created {
  return { pending: false, error, status: 0, handle: 0 };
}

/** CreateFile says that a path does not lead anywhere, not that it could not be read. */
function pathErrorOf(status: number): number {
  return status === STATUS_OBJECT_PATH_SYNTAX_BAD ? win32.ERROR_PATH_NOT_FOUND : RtlNtStatusToDosError(status);
}

function created({ status, handle }: CreateDone): Win32Created {
  const error = status === STATUS_OBJECT_NAME_COLLISION ? win32.ERROR_FILE_EXISTS : RtlNtStatusToDosError(status);
  return { pending: false, error, status, handle };
}

/** "r", "w", "rw", or "0" for no data access: what the command line and the window offer. */
export function parseAccess(text: string): number | undefined {
  switch (text) {
    case "0":
      return 0;
    case "r":
      return GENERIC_READ;
    case "w":
      return GENERIC_WRITE;
    case "rw":
    case "wr":
      return (GENERIC_READ | GENERIC_WRITE) >>> 0;
    default:
      return undefined;
  }
}

export class Win32Files {
  constructor(private readonly files: NtFiles) {}

  CreateFileW(path: string, parameters: CreateFileParameters): Win32CreateOutcome {
    // The text ends at a NUL in Windows; here one is refused rather than cut off with what follows it.
    if (path.includes("\0")) return refuse(win32.ERROR_INVALID_NAME);
    const parsed = dosPathToNtPath(path, CURRENT_DIRECTORY);
    if (!parsed.ok) return refuse(pathErrorOf(parsed.error.code));
    const { desiredAccess, shareMode = SHARE_READ_WRITE, creationDisposition = OPEN_EXISTING } = parameters;
    const flags = parameters.flagsAndAttributes ?? 0;
    const disposition = dispositions.get(creationDisposition);
    if (disposition === undefined) return refuse(win32.ERROR_INVALID_PARAMETER);
    const synchronous = (flags & FILE_FLAG_OVERLAPPED) === 0 ? FILE_SYNCHRONOUS_IO_NONALERT : 0;
    const backup = (flags & FILE_FLAG_BACKUP_SEMANTICS) !== 0;
    const outcome = this.files.NtCreateFile(
      { name: parsed.value.ntPath, attributes: OBJ_CASE_INSENSITIVE },
      {
        desiredAccess: (desiredAccess | SYNCHRONIZE | FILE_READ_ATTRIBUTES) >>> 0,
        shareAccess: shareMode,
        disposition,
        options: synchronous | (backup ? FILE_OPEN_FOR_BACKUP_INTENT : FILE_NON_DIRECTORY_FILE),
        fileAttributes: flags & ATTRIBUTES,
      },
    );
    if (!outcome.pending) return created(outcome);
    return {
      pending: true,
      irp: outcome.irp,
      whenDone: (callback) => outcome.whenDone((done) => callback(created(done))),
    };
  }
}
