/**
 * The descriptors of the directories and links of a freshly booted Windows 10, as WinObj and accesschk show them to
 * everybody who looks. Entries for app containers are those that are known to be there; where it is not known whether
 * Windows has one, there is none here. Inherited entries and auditing are left out. What is not listed gets what SYSTEM's
 * token gives: everything to SYSTEM, reading to administrators.
 */

/** Whoever walks may look; SYSTEM and administrators may do everything. SePublicDefaultUnrestrictedDacl (ntifs.h). */
const PUBLIC = "D:(A;;GX;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GX;;;RC)";
/** With app containers. */
const PUBLIC_PACKAGES = `${PUBLIC}(A;;GX;;;AC)`;
/** Who lists drivers must be an administrator. */
const ADMINISTRATORS = "D:(A;;GA;;;SY)(A;;GRGX;;;BA)";
/** Protection mode 1 (HKLM\...\Session Manager, ProtectionMode): who makes a link owns it, others may follow it. */
const DOS_DEVICES =
  "D:(A;;GX;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GX;;;AC)(A;OICIIO;GX;;;WD)(A;OICIIO;GA;;;SY)(A;OICIIO;GA;;;BA)(A;OICIIO;GA;;;CO)(A;OICIIO;GX;;;AC)";
/** Everybody makes objects, from low integrity up: DIRECTORY_ALL_ACCESS without DELETE, WRITE_DAC and WRITE_OWNER. */
const NAMED_OBJECTS = "D:(A;;0x2000f;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;0x2;;;RC)S:(ML;;NW;;;LW)";
const RESTRICTED_OBJECTS = "D:(A;;0x2000f;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;0x2000f;;;RC)S:(ML;;NW;;;LW)";
const PORTS = "D:(A;;0x2000f;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;0x3;;;RC)(A;;0x3;;;AC)S:(ML;;NW;;;LW)";
/** Known DLLs: mapped by everybody, changed by nobody but the session manager. */
const KNOWN_DLLS =
  "D:(A;;GX;;;WD)(A;;GA;;;SY)(A;;GRGX;;;BA)(A;;GX;;;AC)(A;OIIO;GRGX;;;WD)(A;OIIO;GA;;;SY)(A;OIIO;GRGX;;;AC)";

export const namespaceSecurity: readonly (readonly [path: string, sddl: string])[] = [
  ["\\", PUBLIC_PACKAGES],
  ["\\ArcName", PUBLIC],
  ["\\BaseNamedObjects", NAMED_OBJECTS],
  // Programs register in it; its exact list is not known.
  ["\\BaseNamedObjects\\CoreMessaging", NAMED_OBJECTS],
  ["\\BaseNamedObjects\\Restricted", RESTRICTED_OBJECTS],
  ["\\Callback", PUBLIC],
  ["\\Device", PUBLIC_PACKAGES],
  ["\\DosDevices", PUBLIC_PACKAGES],
  ["\\Driver", ADMINISTRATORS],
  // Not known: taken to be as \Driver is.
  ["\\DriverStore", ADMINISTRATORS],
  ["\\DriverStores", ADMINISTRATORS],
  ["\\FileSystem", ADMINISTRATORS],
  ["\\FileSystem\\Filters", PUBLIC],
  ["\\GLOBAL??", DOS_DEVICES],
  ["\\KernelObjects", PUBLIC],
  ["\\KnownDlls", KNOWN_DLLS],
  ["\\KnownDlls32", KNOWN_DLLS],
  ["\\NLS", KNOWN_DLLS],
  ["\\ObjectTypes", PUBLIC],
  ["\\REGISTRY", "D:(A;;GR;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GR;;;RC)"],
  ["\\RPC Control", PORTS],
  ["\\Security", PUBLIC],
  ["\\Sessions", PUBLIC_PACKAGES],
  ["\\Sessions\\0", PUBLIC],
  ["\\Sessions\\0\\DosDevices", PUBLIC],
  ["\\Sessions\\1", PUBLIC_PACKAGES],
  ["\\Sessions\\1\\AppContainerNamedObjects", PUBLIC_PACKAGES],
  ["\\Sessions\\1\\BaseNamedObjects", NAMED_OBJECTS],
  ["\\Sessions\\1\\BaseNamedObjects\\CoreMessagingRegistrar", NAMED_OBJECTS],
  ["\\Sessions\\1\\BaseNamedObjects\\Restricted", RESTRICTED_OBJECTS],
  ["\\Sessions\\1\\Windows", PUBLIC],
  ["\\Sessions\\BNOLINKS", PUBLIC],
  ["\\SystemRoot", PUBLIC_PACKAGES],
  ["\\UMDFCommunicationPorts", ADMINISTRATORS],
  ["\\Windows", PUBLIC],
  ["\\Windows\\WindowStations", PUBLIC],
];

/** SePublicDefaultSd: what IoCreateSymbolicLink gives a driver's link. */
export const PUBLIC_LINK_SDDL = "D:(A;;GX;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)";
