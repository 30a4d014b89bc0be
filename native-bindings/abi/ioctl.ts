/**
 * Control codes of DeviceIoControl and NtFsControlFile: device type in bits 31-16, required access in 15-14,
 * function in 13-2, transfer method in 1-0 (winioctl.h; WDK "Defining I/O Control Codes").
 */
import { deviceTypeName } from "./deviceTypes";
import { findNamedValue, valueTable } from "./flags";
import { knownIoctls } from "./knownIoctls";

export const transferMethods = valueTable({
  METHOD_BUFFERED: [0, "Both buffers are copied through SystemBuffer"],
  METHOD_IN_DIRECT: [1, "Input is copied; the output buffer is locked and read by the driver"],
  METHOD_OUT_DIRECT: [2, "Input is copied; the output buffer is locked and written by the driver"],
  METHOD_NEITHER: [3, "The driver gets the caller's raw pointers"],
});
export const { METHOD_BUFFERED, METHOD_IN_DIRECT, METHOD_OUT_DIRECT, METHOD_NEITHER } = transferMethods.value;

export const ioctlAccess = valueTable({
  FILE_ANY_ACCESS: [0, "Any handle will do"],
  FILE_READ_ACCESS: [1, "The handle must have FILE_READ_DATA"],
  FILE_WRITE_ACCESS: [2, "The handle must have FILE_WRITE_DATA"],
  FILE_READ_WRITE_ACCESS: [3, "The handle must have FILE_READ_DATA and FILE_WRITE_DATA"],
});
export const { FILE_ANY_ACCESS, FILE_READ_ACCESS, FILE_WRITE_ACCESS } = ioctlAccess.value;

/** Codes for which Microsoft has a name have functions below this one; others should use it and above. */
export const FIRST_CUSTOM_FUNCTION = 0x800;
/** Device types from here on are not Microsoft's. */
export const FIRST_CUSTOM_DEVICE_TYPE = 0x8000;

/**
 * The macro CTL_CODE. Unsigned.
 * @param deviceType 16 bits
 * @param fn 12 bits
 * @param method 2 bits
 * @param access 2 bits
 */
export function CTL_CODE(deviceType: number, fn: number, method: number, access: number): number {
  return ((deviceType << 16) | (access << 14) | (fn << 2) | method) >>> 0;
}

export interface DecodedIoctl {
  /** Unsigned. */
  readonly code: number;
  /** "0x80002000" */
  readonly hex: string;
  readonly deviceType: number;
  /** "FILE_DEVICE_DISK", or undefined for a type without a name. */
  readonly deviceTypeName: string | undefined;
  /** Undefined for the codes of vendors, and for Microsoft's that aren't known here. */
  readonly name: string | undefined;
  /** Further names of the same number. */
  readonly otherNames: readonly string[];
  readonly function: number;
  /** 0 to 3 */
  readonly method: number;
  readonly methodName: string;
  /** 0 to 3 */
  readonly access: number;
  readonly accessName: string;
}

export function ioctlName(code: number): string | undefined {
  return knownIoctls[code >>> 0]?.[0];
}

export function decodeIoctl(code: number): DecodedIoctl {
  const unsigned = code >>> 0;
  const deviceType = unsigned >>> 16;
  const access = (unsigned >>> 14) & 3;
  const method = unsigned & 3;
  const [name, ...otherNames] = knownIoctls[unsigned] ?? [];
  return {
    code: unsigned,
    hex: `0x${unsigned.toString(16).toUpperCase().padStart(8, "0")}`,
    deviceType,
    deviceTypeName: deviceTypeName(deviceType),
    name,
    otherNames,
    function: (unsigned >>> 2) & 0xfff,
    method,
    methodName: findNamedValue(transferMethods, method)?.name ?? "",
    access,
    accessName: findNamedValue(ioctlAccess, access)?.name ?? "",
  };
}

/** "CTL_CODE(FILE_DEVICE_DISK, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)" */
export function formatCtlCode(code: number): string {
  const decoded = decodeIoctl(code);
  const type = decoded.deviceTypeName ?? `0x${decoded.deviceType.toString(16).toUpperCase()}`;
  const fn = `0x${decoded.function.toString(16).toUpperCase()}`;
  return `CTL_CODE(${type}, ${fn}, ${decoded.methodName}, ${decoded.accessName})`;
}

/** Reads a number (decimal or 0x...) or a known name; undefined for anything else. */
export function parseIoctl(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^(0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(trimmed)) {
    const code = Number(trimmed);
    return code <= 0xffff_ffff ? code : undefined;
  }
  const name = trimmed.toUpperCase();
  for (const [code, names] of Object.entries(knownIoctls)) {
    if (names.includes(name)) return Number(code);
  }
  return undefined;
}
