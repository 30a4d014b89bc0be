/** Win32 error codes as failures of the port. */
import { describeWin32Error } from "../../native-bindings/abi/win32/win32Error";
import { GetLastError } from "../../native-bindings/koffi/kernel32";
import { fail, type StatusError } from "../machine/result";

/** @param note a sentence of our own after Windows' */
export function win32Failure(code: number, note?: string): { ok: false; error: StatusError } {
  const { name, message } = describeWin32Error(code);
  const sentence = note === undefined ? message : `${message} ${note}`;
  return fail({ domain: "win32", code, status: String(code), name, message: sentence });
}

/** Of the call just made on this thread, before any other. */
export function lastError(): { ok: false; error: StatusError } {
  return win32Failure(GetLastError());
}
