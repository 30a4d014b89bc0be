/** The little of kernel32 that has no system call of its own behind it. */
import { nativeFunction } from "./library";

/** Of this thread: ask right after the call that failed, before any other. */
export const GetLastError = nativeFunction("kernel32.dll", "uint32 GetLastError()");
