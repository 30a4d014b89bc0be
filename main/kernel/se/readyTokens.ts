/**
 * The tokens of a freshly booted Windows 10: what `whoami /all` shows for SYSTEM, for an administrator with and without
 * elevation, for a standard user, and for a program in an app container.
 */
import { groupAttributes, type PrivilegeName, privilegeNames } from "./privileges";
import type { TokenDescription, TokenGroup } from "./token";

/** The computer's own SID, which each installation makes anew. */
export const MACHINE_SID = "S-1-5-21-1004336348-1177238915-682003330";
const ADMINISTRATOR = `${MACHINE_SID}-1001`;
const STANDARD_USER = `${MACHINE_SID}-1002`;
/** The primary group of local accounts: "None". */
const NO_DOMAIN_GROUP = `${MACHINE_SID}-513`;
const PACKAGE = "S-1-15-2-1430448594-2639229838-973813799-439329657-1197984847-4069167804-1277922394";

/** By SID, as an English Windows shows them. */
export const accountNames: ReadonlyMap<string, string> = new Map([
  [`${MACHINE_SID}-500`, "MODEL\\Administrator"],
  [`${MACHINE_SID}-501`, "MODEL\\Guest"],
  [ADMINISTRATOR, "MODEL\\admin"],
  [STANDARD_USER, "MODEL\\user"],
  [NO_DOMAIN_GROUP, "MODEL\\None"],
  [PACKAGE, "NtScope.ModelApp"],
]);

const { SE_GROUP_MANDATORY, SE_GROUP_ENABLED_BY_DEFAULT, SE_GROUP_ENABLED, SE_GROUP_OWNER, SE_GROUP_LOGON_ID } =
  groupAttributes.bit;
const { SE_GROUP_USE_FOR_DENY_ONLY, SE_GROUP_INTEGRITY, SE_GROUP_INTEGRITY_ENABLED } = groupAttributes.bit;
const ORDINARY = SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED;

const everyone = "S-1-1-0";
const administrators = "S-1-5-32-544";
const localAdministrator = "S-1-5-114";
const users = "S-1-5-32-545";

function ordinary(...sids: string[]): TokenGroup[] {
  return sids.map((sid) => ({ sid, attributes: ORDINARY }));
}

function denyOnly(...sids: string[]): TokenGroup[] {
  return sids.map((sid) => ({ sid, attributes: SE_GROUP_USE_FOR_DENY_ONLY }));
}

function level(rid: number): TokenGroup {
  return { sid: `S-1-16-${rid}`, attributes: SE_GROUP_INTEGRITY | SE_GROUP_INTEGRITY_ENABLED };
}

function logonSid(low: number): string {
  return `S-1-5-5-0-${low}`;
}

/** INTERACTIVE, CONSOLE LOGON, Authenticated Users, This Organization, Local account, the logon session, LOCAL, NTLM. */
function atTheConsole(logon: string): TokenGroup[] {
  return [
    ...ordinary("S-1-5-4", "S-1-2-1", "S-1-5-11", "S-1-5-15", "S-1-5-113"),
    { sid: logon, attributes: (ORDINARY | SE_GROUP_LOGON_ID) >>> 0 },
    ...ordinary("S-1-2-0", "S-1-5-64-10"),
  ];
}

function held(enabled: readonly PrivilegeName[], disabled: readonly PrivilegeName[]) {
  const on = enabled.map((name) => ({ name, enabled: true }));
  return [...on, ...disabled.map((name) => ({ name, enabled: false }))];
}

const usersDisabled: readonly PrivilegeName[] = [
  "SeShutdownPrivilege",
  "SeUndockPrivilege",
  "SeIncreaseWorkingSetPrivilege",
  "SeTimeZonePrivilege",
];

const systemDisabled: readonly PrivilegeName[] = [
  "SeAssignPrimaryTokenPrivilege",
  "SeIncreaseQuotaPrivilege",
  "SeSecurityPrivilege",
  "SeTakeOwnershipPrivilege",
  "SeLoadDriverPrivilege",
  "SeSystemtimePrivilege",
  "SeBackupPrivilege",
  "SeRestorePrivilege",
  "SeShutdownPrivilege",
  "SeSystemEnvironmentPrivilege",
  "SeUndockPrivilege",
  "SeManageVolumePrivilege",
];
/** Those that not even SYSTEM's token has. */
const nobodys: readonly PrivilegeName[] = [
  "SeMachineAccountPrivilege",
  "SeRemoteShutdownPrivilege",
  "SeSyncAgentPrivilege",
  "SeEnableDelegationPrivilege",
  "SeTrustedCredManAccessPrivilege",
];

const elevatedEnabled: readonly PrivilegeName[] = [
  "SeChangeNotifyPrivilege",
  "SeImpersonatePrivilege",
  "SeCreateGlobalPrivilege",
];
const elevatedDisabled: readonly PrivilegeName[] = [
  "SeIncreaseQuotaPrivilege",
  "SeSecurityPrivilege",
  "SeTakeOwnershipPrivilege",
  "SeLoadDriverPrivilege",
  "SeSystemProfilePrivilege",
  "SeSystemtimePrivilege",
  "SeProfileSingleProcessPrivilege",
  "SeIncreaseBasePriorityPrivilege",
  "SeCreatePagefilePrivilege",
  "SeBackupPrivilege",
  "SeRestorePrivilege",
  "SeDebugPrivilege",
  "SeSystemEnvironmentPrivilege",
  "SeRemoteShutdownPrivilege",
  "SeManageVolumePrivilege",
  "SeCreateSymbolicLinkPrivilege",
  "SeDelegateSessionUserImpersonatePrivilege",
  ...usersDisabled,
];

function enabledForSystem(): PrivilegeName[] {
  return privilegeNames.filter((name) => !systemDisabled.includes(name) && !nobodys.includes(name));
}

function defaultDacl(owner: string, logon: string): string {
  return `D:(A;;GA;;;${owner})(A;;GA;;;SY)(A;;GRGX;;;${logon})`;
}

const adminLogon = logonSid(148_582);
const userLogon = logonSid(179_271);
const administratorsGroups = [...ordinary(NO_DOMAIN_GROUP, everyone)];

/** SeSystemDefaultDacl: SYSTEM everything, administrators look only. */
const system: TokenDescription = {
  name: "SYSTEM",
  user: "S-1-5-18",
  groups: [
    { sid: administrators, attributes: SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED | SE_GROUP_OWNER },
    ...ordinary(everyone, "S-1-5-11"),
    level(0x4000),
  ],
  privileges: held(enabledForSystem(), systemDisabled),
  integrity: 0x4000,
  owner: administrators,
  primaryGroup: "S-1-5-18",
  defaultDacl: "D:(A;;GA;;;SY)(A;;GRGXRC;;;BA)",
  accounts: accountNames,
};

const administrator: TokenDescription = {
  name: "an elevated administrator",
  user: ADMINISTRATOR,
  groups: [
    ...administratorsGroups,
    ...ordinary(localAdministrator),
    { sid: administrators, attributes: ORDINARY | SE_GROUP_OWNER },
    ...ordinary(users),
    ...atTheConsole(adminLogon),
    level(0x3000),
  ],
  privileges: held(elevatedEnabled, elevatedDisabled),
  integrity: 0x3000,
  owner: administrators,
  primaryGroup: NO_DOMAIN_GROUP,
  defaultDacl: defaultDacl("BA", adminLogon),
  accounts: accountNames,
};

/** The same person before elevation: what Explorer runs with. */
const filtered: TokenDescription = {
  name: "an administrator who is not elevated",
  user: ADMINISTRATOR,
  groups: [
    ...administratorsGroups,
    ...denyOnly(localAdministrator, administrators),
    ...ordinary(users),
    ...atTheConsole(adminLogon),
    level(0x2000),
  ],
  privileges: held(["SeChangeNotifyPrivilege"], usersDisabled),
  integrity: 0x2000,
  owner: ADMINISTRATOR,
  primaryGroup: NO_DOMAIN_GROUP,
  defaultDacl: defaultDacl(ADMINISTRATOR, adminLogon),
  accounts: accountNames,
};

const standardGroups = [...ordinary(NO_DOMAIN_GROUP, everyone, users), ...atTheConsole(userLogon)];

const standard: TokenDescription = {
  name: "a standard user",
  user: STANDARD_USER,
  groups: [...standardGroups, level(0x2000)],
  privileges: held(["SeChangeNotifyPrivilege"], usersDisabled),
  integrity: 0x2000,
  owner: STANDARD_USER,
  primaryGroup: NO_DOMAIN_GROUP,
  defaultDacl: defaultDacl(STANDARD_USER, userLogon),
  accounts: accountNames,
};

/** The standard user's, in a low box with the capability of the Internet client. */
const appcontainer: TokenDescription = {
  ...standard,
  name: "an app container",
  groups: [...standardGroups, level(0x1000)],
  privileges: held(["SeChangeNotifyPrivilege"], ["SeIncreaseWorkingSetPrivilege"]),
  integrity: 0x1000,
  appContainer: PACKAGE,
  capabilities: ["S-1-15-3-1"],
  defaultDacl: `${defaultDacl(STANDARD_USER, userLogon)}(A;;GA;;;${PACKAGE})`,
};

export const readyTokens = { system, administrator, filtered, standard, appcontainer } as const;
export type ReadyToken = keyof typeof readyTokens;
