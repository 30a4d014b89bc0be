/** What NtScope's own token allows: elevation, and privileges that must be switched on before they count. */
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import {
  NtClose,
  NtOpenProcessToken,
  NtQueryInformationToken,
  RtlAdjustPrivilege,
} from "../../native-bindings/koffi/ntdll";
import type { MachineInfo } from "../machine/machine";

const CURRENT_PROCESS = 0xffff_ffff_ffff_ffffn;
const TOKEN_QUERY = 0x8;
const TokenElevation = 20;
/** SE_DEBUG_PRIVILEGE (wdm.h): the number of its LUID. */
const SE_DEBUG_PRIVILEGE = 20;

const yes = "NtScope runs elevated: it may load drivers and change the debug print masks.";
const no =
  "NtScope does not run elevated. Loading drivers, changing the debug print masks and opening some devices and " +
  'objects need that: start it with "Run as administrator".';

/** Undefined where Windows does not say. */
export function elevation(): MachineInfo["elevation"] {
  const handle = Buffer.alloc(8);
  if (!NT_SUCCESS(NtOpenProcessToken(CURRENT_PROCESS, TOKEN_QUERY, handle))) return undefined;
  const token = handle.readBigUInt64LE();
  const answer = Buffer.alloc(4);
  const status = NtQueryInformationToken(token, TokenElevation, answer, answer.length, Buffer.alloc(4));
  NtClose(token);
  if (!NT_SUCCESS(status)) return undefined;
  const isElevated = answer.readUInt32LE() !== 0;
  return { isElevated, message: isElevated ? yes : no };
}

/** For the whole process. Answers the NTSTATUS, unsigned: STATUS_PRIVILEGE_NOT_HELD without elevation. */
export function enableDebugPrivilege(): number {
  return RtlAdjustPrivilege(SE_DEBUG_PRIVILEGE, 1, 0, Buffer.alloc(1)) >>> 0;
}
