/**
 * SIDs that every Windows knows, with their two letters in SDDL where they have some and the name that an English Windows
 * shows ("SID Strings", sddl.h; "Well-known SIDs"; [MS-DTYP] 2.4.2.4). One table.
 */

interface WellKnownSid {
  /** SDDL's letters; "" for none. */
  readonly alias: string;
  readonly sid: string;
  /** `NT AUTHORITY\SYSTEM` */
  readonly name: string;
}

const rows = `
AA S-1-5-32-579 BUILTIN\\Access Control Assistance Operators
AC S-1-15-2-1 APPLICATION PACKAGE AUTHORITY\\ALL APPLICATION PACKAGES
-- S-1-15-2-2 APPLICATION PACKAGE AUTHORITY\\ALL RESTRICTED APPLICATION PACKAGES
AN S-1-5-7 NT AUTHORITY\\ANONYMOUS LOGON
AO S-1-5-32-548 BUILTIN\\Account Operators
AS S-1-18-1 Authentication authority asserted identity
AU S-1-5-11 NT AUTHORITY\\Authenticated Users
BA S-1-5-32-544 BUILTIN\\Administrators
BG S-1-5-32-546 BUILTIN\\Guests
BO S-1-5-32-551 BUILTIN\\Backup Operators
BU S-1-5-32-545 BUILTIN\\Users
CD S-1-5-32-574 BUILTIN\\Certificate Service DCOM Access
CG S-1-3-1 CREATOR GROUP
CO S-1-3-0 CREATOR OWNER
CY S-1-5-32-569 BUILTIN\\Cryptographic Operators
ED S-1-5-9 NT AUTHORITY\\ENTERPRISE DOMAIN CONTROLLERS
ER S-1-5-32-573 BUILTIN\\Event Log Readers
ES S-1-5-32-576 BUILTIN\\RDS Endpoint Servers
HA S-1-5-32-578 BUILTIN\\Hyper-V Administrators
HI S-1-16-12288 Mandatory Label\\High Mandatory Level
HO S-1-5-32-584 BUILTIN\\User Mode Hardware Operators
IS S-1-5-32-568 BUILTIN\\IIS_IUSRS
IU S-1-5-4 NT AUTHORITY\\INTERACTIVE
LS S-1-5-19 NT AUTHORITY\\LOCAL SERVICE
LU S-1-5-32-559 BUILTIN\\Performance Log Users
LW S-1-16-4096 Mandatory Label\\Low Mandatory Level
ME S-1-16-8192 Mandatory Label\\Medium Mandatory Level
MP S-1-16-8448 Mandatory Label\\Medium Plus Mandatory Level
MS S-1-5-32-577 BUILTIN\\RDS Management Servers
MU S-1-5-32-558 BUILTIN\\Performance Monitor Users
NO S-1-5-32-556 BUILTIN\\Network Configuration Operators
NS S-1-5-20 NT AUTHORITY\\NETWORK SERVICE
NU S-1-5-2 NT AUTHORITY\\NETWORK
OW S-1-3-4 OWNER RIGHTS
PO S-1-5-32-550 BUILTIN\\Print Operators
PS S-1-5-10 NT AUTHORITY\\SELF
PU S-1-5-32-547 BUILTIN\\Power Users
RA S-1-5-32-575 BUILTIN\\RDS Remote Access Servers
RC S-1-5-12 NT AUTHORITY\\RESTRICTED
RD S-1-5-32-555 BUILTIN\\Remote Desktop Users
RE S-1-5-32-552 BUILTIN\\Replicator
RM S-1-5-32-580 BUILTIN\\Remote Management Users
RU S-1-5-32-554 BUILTIN\\Pre-Windows 2000 Compatible Access
SI S-1-16-16384 Mandatory Label\\System Mandatory Level
SO S-1-5-32-549 BUILTIN\\Server Operators
SS S-1-18-2 Service asserted identity
SU S-1-5-6 NT AUTHORITY\\SERVICE
SY S-1-5-18 NT AUTHORITY\\SYSTEM
UD S-1-5-84-0-0-0-0-0 NT AUTHORITY\\USER MODE DRIVERS
WD S-1-1-0 Everyone
WR S-1-5-33 NT AUTHORITY\\WRITE RESTRICTED
-- S-1-2-0 LOCAL
-- S-1-2-1 CONSOLE LOGON
-- S-1-5-1 NT AUTHORITY\\DIALUP
-- S-1-5-3 NT AUTHORITY\\BATCH
-- S-1-5-13 NT AUTHORITY\\TERMINAL SERVER USER
-- S-1-5-15 NT AUTHORITY\\This Organization
-- S-1-5-64-10 NT AUTHORITY\\NTLM Authentication
-- S-1-5-113 NT AUTHORITY\\Local account
-- S-1-5-114 NT AUTHORITY\\Local account and member of Administrators group
-- S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464 NT SERVICE\\TrustedInstaller
-- S-1-15-3-1 APPLICATION PACKAGE AUTHORITY\\Your Internet connection
-- S-1-15-3-3 APPLICATION PACKAGE AUTHORITY\\Your home or work networks
-- S-1-16-0 Mandatory Label\\Untrusted Mandatory Level
-- S-1-16-20480 Mandatory Label\\Protected Process Mandatory Level
`;

/** Accounts of a computer or a domain: the last number behind its own SID. */
const relativeRows = `
AP 525
CA 517
CN 522
DA 512
DC 515
DD 516
DG 514
DU 513
EA 519
EK 527
KA 526
LA 500
LG 501
PA 520
RO 498
RS 553
SA 518
`;

function lines(table: string): string[] {
  return table.split("\n").filter((line) => line !== "");
}

export const wellKnownSids: readonly WellKnownSid[] = lines(rows).map((line) => {
  const [alias = "", sid = "", ...name] = line.split(" ");
  return { alias: alias === "--" ? "" : alias, sid, name: name.join(" ") };
});

const byAlias = new Map(wellKnownSids.filter(({ alias }) => alias !== "").map(({ alias, sid }) => [alias, sid]));
const bySid = new Map(wellKnownSids.map((row) => [row.sid, row]));
const relativeByAlias = new Map(lines(relativeRows).map((line) => line.split(" ") as [string, string]));

/** SDDL's letters in its tables, for whoever lists them. */
export const sidAliases: readonly string[] = [...byAlias.keys(), ...relativeByAlias.keys()];

/**
 * The SID that two letters stand for; undefined for letters that stand for none.
 * @param domain SID of the computer or domain, whose accounts some letters name; without one they name none
 */
export function sidOfAlias(alias: string, domain?: string): string | undefined {
  const relative = relativeByAlias.get(alias);
  if (relative !== undefined) return domain === undefined ? undefined : `${domain}-${relative}`;
  return byAlias.get(alias);
}

/** Two letters, or the SID itself. */
export function aliasOfSid(sid: string): string {
  return bySid.get(sid)?.alias || sid;
}

/** `NT AUTHORITY\SYSTEM`; undefined for a SID that not every Windows knows. */
export function wellKnownSidName(sid: string): string | undefined {
  return bySid.get(sid)?.name;
}
