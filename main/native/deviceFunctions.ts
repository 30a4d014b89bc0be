/** The system calls that run a driver's code. Their order is what the call thread is told them by. */
import type { NativeArgument } from "../../native-bindings/koffi/library";
import {
  NtClose,
  NtCreateFile,
  NtDeviceIoControlFile,
  NtFsControlFile,
  NtReadFile,
  NtWriteFile,
} from "../../native-bindings/koffi/ntdll";

export const deviceFunctions = {
  NtClose,
  NtCreateFile,
  NtReadFile,
  NtWriteFile,
  NtDeviceIoControlFile,
  NtFsControlFile,
} as const;

export type DeviceFunction = keyof typeof deviceFunctions;

/** Makes a call without holding up this thread for long; answers its NTSTATUS, signed. The buffers stay alive meanwhile. */
export type DeviceCall = (name: DeviceFunction, ...parameters: readonly NativeArgument[]) => Promise<number>;
