/** Security descriptors and the names of accounts, from Windows. Can hang: run it in the query thread. */
import { STATUS_BUFFER_TOO_SMALL } from "../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import {
  ConvertSecurityDescriptorToStringSecurityDescriptorW,
  LookupAccountSidW,
} from "../../native-bindings/koffi/advapi32";
import { LocalFree, RtlMoveMemory } from "../../native-bindings/koffi/kernel32";
import { NtQuerySecurityObject } from "../../native-bindings/koffi/ntdll";
import { ok, type Result } from "../machine/result";
import type { ReadSecurity } from "../machine/securitySection";
import { failNt } from "../machine/statusText";
import { lastError } from "./win32Failure";

/** OWNER_, GROUP_ and DACL_SECURITY_INFORMATION. */
const OWNER_GROUP_DACL = 0x7;
/** LABEL_SECURITY_INFORMATION: READ_CONTROL is enough for it. */
const LABEL = 0x10;
/** Bytes; nearly all descriptors are smaller. An ACL has 64 KiB at most, and there are two. */
const FIRST_BUFFER = 1024;
const LARGEST_BUFFER = 256 * 1024;
const SDDL_REVISION = 1;
/** UTF-16 units of an account's and of a domain's name: Windows has no longer ones. */
const MOST_NAME_UNITS = 512;

/** With the mandatory label where the system tells it. */
export function readSecurity(handle: bigint): Result<ReadSecurity> {
  const whole = query(handle, OWNER_GROUP_DACL | LABEL);
  const wanted = whole.ok ? OWNER_GROUP_DACL | LABEL : OWNER_GROUP_DACL;
  const descriptor = whole.ok ? whole : query(handle, OWNER_GROUP_DACL);
  if (!descriptor.ok) return descriptor;
  return ok({ descriptor: new Uint8Array(descriptor.value), sddl: sddlOf(descriptor.value, wanted) });
}

function query(handle: bigint, information: number): Result<Buffer> {
  for (let size = FIRST_BUFFER; ; size = LARGEST_BUFFER) {
    const buffer = Buffer.alloc(size);
    const needed = Buffer.alloc(4);
    const status = NtQuerySecurityObject(handle, information, buffer, size, needed) >>> 0;
    if (NT_SUCCESS(status)) return ok(buffer.subarray(0, Math.min(needed.readUInt32LE() || size, size)));
    if (status !== STATUS_BUFFER_TOO_SMALL || size === LARGEST_BUFFER) return failNt(status);
  }
}

function sddlOf(descriptor: Buffer, information: number): Result<string> {
  const pointer = Buffer.alloc(8);
  const units = Buffer.alloc(4);
  const done = ConvertSecurityDescriptorToStringSecurityDescriptorW(
    descriptor,
    SDDL_REVISION,
    information,
    pointer,
    units,
  );
  if (done === 0) return lastError();
  const address = pointer.readBigUInt64LE();
  const copy = Buffer.alloc(units.readUInt32LE() * 2);
  RtlMoveMemory(copy, address, BigInt(copy.length));
  LocalFree(address);
  const sddl = copy.toString("utf16le");
  const end = sddl.indexOf("\0");
  return ok(end < 0 ? sddl : sddl.slice(0, end));
}

/** `NT AUTHORITY\SYSTEM`; empty where Windows knows no name. May ask a domain controller, which takes its time. */
export function accountName(sid: Uint8Array): string {
  const name = Buffer.alloc(MOST_NAME_UNITS * 2);
  const domain = Buffer.alloc(MOST_NAME_UNITS * 2);
  const [nameUnits, domainUnits] = [Buffer.alloc(4), Buffer.alloc(4)];
  for (const units of [nameUnits, domainUnits]) units.writeUInt32LE(MOST_NAME_UNITS);
  if (LookupAccountSidW(null, Buffer.from(sid), name, nameUnits, domain, domainUnits, Buffer.alloc(4)) === 0) return "";
  const parts = [textOf(domain, domainUnits), textOf(name, nameUnits)];
  return parts.filter((part) => part !== "").join("\\");
}

function textOf(buffer: Buffer, units: Buffer): string {
  return buffer.toString("utf16le", 0, Math.min(units.readUInt32LE(), MOST_NAME_UNITS) * 2);
}
