/** Why there is no trace session, in words: what each call answered and what to do about it. */
import {
  ERROR_ACCESS_DENIED,
  ERROR_NO_SYSTEM_RESOURCES,
  ERROR_PRIVILEGE_NOT_HELD,
} from "../../../native-bindings/abi/win32/codes";
import { describeWin32Error } from "../../../native-bindings/abi/win32/win32Error";
import type { StatusError } from "../../machine/result";

const advice: Readonly<Record<number, string>> = {
  [ERROR_ACCESS_DENIED]: "Kernel prints take an elevated NtScope: run it as administrator.",
  [ERROR_PRIVILEGE_NOT_HELD]: "Kernel prints take an elevated NtScope: run it as administrator.",
  [ERROR_NO_SYSTEM_RESOURCES]:
    "All trace sessions that Windows has for the kernel are taken: end one (logman query -ets lists them).",
};

/** @param code a Win32 error, as the call answered it */
export function etwFailure(call: string, code: number): StatusError {
  const { name, message } = describeWin32Error(code);
  const sentences = [`${call}: ${message}`, advice[code]].filter((sentence) => sentence !== undefined);
  return { domain: "win32", code, status: String(code), name, message: sentences.join(" ") };
}
