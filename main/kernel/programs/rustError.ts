/**
 * How a Rust program ends whose `main` returns an error: `Error: ` and the error's Debug form, exit code 1.
 * Source: std::io::Error, std::sys::windows::decode_error_kind (Rust 1.56, when the articles were written).
 */
import * as win32 from "../../../native-bindings/abi/win32/codes";
import { describeWin32Error } from "../../../native-bindings/abi/win32/win32Error";
import type { UserCalls } from "./userCalls";

/** ErrorKind and FormatMessage's sentence of what an open, a read or a write answers most. */
const known: Readonly<Record<number, readonly [kind: string, message: string]>> = {
  [win32.ERROR_FILE_NOT_FOUND]: ["NotFound", "The system cannot find the file specified."],
  [win32.ERROR_PATH_NOT_FOUND]: ["NotFound", "The system cannot find the path specified."],
  [win32.ERROR_ACCESS_DENIED]: ["PermissionDenied", "Access is denied."],
  [win32.ERROR_INVALID_HANDLE]: ["Uncategorized", "The handle is invalid."],
  [win32.ERROR_OPERATION_ABORTED]: [
    "TimedOut",
    "The I/O operation has been aborted because of either a thread exit or an application request.",
  ],
};

/** @returns the exit code */
export function failedWithOsError(user: UserCalls): number {
  const code = user.GetLastError();
  const [kind, message] = known[code] ?? ["Uncategorized", describeWin32Error(code).message];
  user.print(`Error: Os { code: ${code}, kind: ${kind}, message: ${JSON.stringify(message)} }\n`);
  return 1;
}

/** What write_all answers when the driver takes nothing. @returns the exit code */
export function failedToWriteAll(user: UserCalls): number {
  user.print('Error: Error { kind: WriteZero, message: "failed to write whole buffer" }\n');
  return 1;
}
