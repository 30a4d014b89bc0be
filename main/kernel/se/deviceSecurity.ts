/**
 * Security descriptors of devices: the constants of wdmsec.h, and what a device gets whose driver gives none.
 *
 * Source: "SDDL for Device Objects" and "Controlling Device Access" of the Windows Driver Kit. It says of the defaults:
 * "for most device types and characteristics, the default security descriptor gives full access to administrators, and
 * read, write and execute access to everyone". That is SePublicOpenUnrestrictedDacl's shape. Which types get the closed
 * one is not documented; that disks, volumes and tapes do is what accesschk shows of them. Labels, which Windows gives to
 * some types, are not known and left out.
 */
import {
  FILE_DEVICE_CD_ROM,
  FILE_DEVICE_CD_ROM_FILE_SYSTEM,
  FILE_DEVICE_DFS,
  FILE_DEVICE_DISK,
  FILE_DEVICE_DISK_FILE_SYSTEM,
  FILE_DEVICE_FILE_SYSTEM,
  FILE_DEVICE_MASS_STORAGE,
  FILE_DEVICE_NETWORK_FILE_SYSTEM,
  FILE_DEVICE_TAPE,
  FILE_DEVICE_TAPE_FILE_SYSTEM,
  FILE_DEVICE_VIRTUAL_DISK,
} from "../../../native-bindings/abi/deviceTypes";

export const SDDL_DEVOBJ_KERNEL_ONLY = "D:P";
export const SDDL_DEVOBJ_SYS_ALL = "D:P(A;;GA;;;SY)";
export const SDDL_DEVOBJ_SYS_ALL_ADM_ALL = "D:P(A;;GA;;;SY)(A;;GA;;;BA)";
export const SDDL_DEVOBJ_SYS_ALL_ADM_RX = "D:P(A;;GA;;;SY)(A;;GRGX;;;BA)";
export const SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R = "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)";
export const SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R_RES_R = "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)(A;;GR;;;RC)";
export const SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RW_RES_R = "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GRGW;;;WD)(A;;GR;;;RC)";
export const SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RWX_RES_RWX =
  "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GRGWGX;;;WD)(A;;GRGWGX;;;RC)";

/** SePublicOpenUnrestrictedDacl (ntifs.h, SE_EXPORTS). */
const OPEN = "D:(A;;GRGWGX;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GRGX;;;RC)";
/** SePublicDefaultUnrestrictedDacl. */
const CLOSED = "D:(A;;GX;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GX;;;RC)";

const closedTypes: ReadonlySet<number> = new Set([
  FILE_DEVICE_CD_ROM,
  FILE_DEVICE_DISK,
  FILE_DEVICE_MASS_STORAGE,
  FILE_DEVICE_TAPE,
  FILE_DEVICE_VIRTUAL_DISK,
]);
/** Their own root is open to whoever may go through it; what lies below is the file system's to protect. */
const fileSystemTypes: ReadonlySet<number> = new Set([
  FILE_DEVICE_CD_ROM_FILE_SYSTEM,
  FILE_DEVICE_DFS,
  FILE_DEVICE_DISK_FILE_SYSTEM,
  FILE_DEVICE_FILE_SYSTEM,
  FILE_DEVICE_NETWORK_FILE_SYSTEM,
  FILE_DEVICE_TAPE_FILE_SYSTEM,
]);

/** What IoCreateDevice gives, by FILE_DEVICE_ code. */
export function defaultDeviceSddl(deviceType: number): string {
  return closedTypes.has(deviceType) || fileSystemTypes.has(deviceType) ? CLOSED : OPEN;
}
