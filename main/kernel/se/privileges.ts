/** Privileges by their LUIDs, which are bits of TOKEN.Privileges (winnt.h, "Privilege Constants"). */
import { flagTable } from "../../../native-bindings/abi/flags";

/** LUID to name; the position is the LUID, the first being 2. */
const names = [
  "SeCreateTokenPrivilege",
  "SeAssignPrimaryTokenPrivilege",
  "SeLockMemoryPrivilege",
  "SeIncreaseQuotaPrivilege",
  "SeMachineAccountPrivilege",
  "SeTcbPrivilege",
  "SeSecurityPrivilege",
  "SeTakeOwnershipPrivilege",
  "SeLoadDriverPrivilege",
  "SeSystemProfilePrivilege",
  "SeSystemtimePrivilege",
  "SeProfileSingleProcessPrivilege",
  "SeIncreaseBasePriorityPrivilege",
  "SeCreatePagefilePrivilege",
  "SeCreatePermanentPrivilege",
  "SeBackupPrivilege",
  "SeRestorePrivilege",
  "SeShutdownPrivilege",
  "SeDebugPrivilege",
  "SeAuditPrivilege",
  "SeSystemEnvironmentPrivilege",
  "SeChangeNotifyPrivilege",
  "SeRemoteShutdownPrivilege",
  "SeUndockPrivilege",
  "SeSyncAgentPrivilege",
  "SeEnableDelegationPrivilege",
  "SeManageVolumePrivilege",
  "SeImpersonatePrivilege",
  "SeCreateGlobalPrivilege",
  "SeTrustedCredManAccessPrivilege",
  "SeRelabelPrivilege",
  "SeIncreaseWorkingSetPrivilege",
  "SeTimeZonePrivilege",
  "SeCreateSymbolicLinkPrivilege",
  "SeDelegateSessionUserImpersonatePrivilege",
] as const;

export type PrivilegeName = (typeof names)[number];

const FIRST_LUID = 2;

export const privilegeNames: readonly PrivilegeName[] = names;

const luids = new Map<PrivilegeName, number>(names.map((name, index) => [name, index + FIRST_LUID]));

/** The bit's number in TOKEN.Privileges.Present and Enabled. */
export function privilegeLuid(name: PrivilegeName): number {
  return luids.get(name) as number;
}

/** A 64-bit mask; its low and high halves as unsigned numbers. */
export function privilegeMask(wanted: readonly PrivilegeName[]): { low: number; high: number } {
  let low = 0;
  let high = 0;
  for (const name of wanted) {
    const luid = privilegeLuid(name);
    if (luid < 32) low |= 1 << luid;
    else high |= 1 << (luid - 32);
  }
  return { low: low >>> 0, high: high >>> 0 };
}

/** SID_AND_ATTRIBUTES.Attributes of a group (winnt.h). */
export const groupAttributes = flagTable({
  SE_GROUP_MANDATORY: [0x1, "cannot be disabled"],
  SE_GROUP_ENABLED_BY_DEFAULT: [0x2, "enabled from the start"],
  SE_GROUP_ENABLED: [0x4, "counts in access checks"],
  SE_GROUP_OWNER: [0x8, "can own new objects"],
  SE_GROUP_USE_FOR_DENY_ONLY: [0x10, "counts only for entries that deny"],
  SE_GROUP_INTEGRITY: [0x20, "integrity level"],
  SE_GROUP_INTEGRITY_ENABLED: [0x40, "the integrity level counts"],
  SE_GROUP_LOGON_ID: [0xc000_0000, "of the logon session"],
});
