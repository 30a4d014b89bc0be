/**
 * Components and levels of DbgPrintEx (dpfilter.h; WDK "Reading and Filtering Debugging Messages"). A message is
 * shown when its level's bit is in the component's mask or in the system-wide WIN2000 mask.
 */
import { findNamedValue, flagTable, type NamedValue, valueTable } from "./flags";

export const debugPrintComponents = valueTable({
  DPFLTR_SYSTEM_ID: [0, "The kernel"],
  DPFLTR_SMSS_ID: [1, "Session manager"],
  DPFLTR_SETUP_ID: [2, "Setup"],
  DPFLTR_NTFS_ID: [3, "NTFS file system"],
  DPFLTR_FSTUB_ID: [4, "Partition support"],
  DPFLTR_CRASHDUMP_ID: [5, "Crash dumps"],
  DPFLTR_CDAUDIO_ID: [6, "CD audio"],
  DPFLTR_CDROM_ID: [7, "CD-ROM class driver"],
  DPFLTR_CLASSPNP_ID: [8, "Storage class library"],
  DPFLTR_DISK_ID: [9, "Disk class driver"],
  DPFLTR_REDBOOK_ID: [10, "Digital CD audio"],
  DPFLTR_STORPROP_ID: [11, "Storage property pages"],
  DPFLTR_SCSIPORT_ID: [12, "SCSI port driver"],
  DPFLTR_SCSIMINIPORT_ID: [13, "SCSI miniports"],
  DPFLTR_CONFIG_ID: [14, "Registry"],
  DPFLTR_I8042PRT_ID: [15, "i8042 keyboard and mouse port"],
  DPFLTR_SERMOUSE_ID: [16, "Serial mouse"],
  DPFLTR_LSERMOUS_ID: [17, "Serial mouse (Logitech)"],
  DPFLTR_KBDHID_ID: [18, "HID keyboard"],
  DPFLTR_MOUHID_ID: [19, "HID mouse"],
  DPFLTR_KBDCLASS_ID: [20, "Keyboard class driver"],
  DPFLTR_MOUCLASS_ID: [21, "Mouse class driver"],
  DPFLTR_TWOTRACK_ID: [22, "Two-track driver"],
  DPFLTR_WMILIB_ID: [23, "WMI library"],
  DPFLTR_ACPI_ID: [24, "ACPI driver"],
  DPFLTR_AMLI_ID: [25, "ACPI machine language interpreter"],
  DPFLTR_HALIA64_ID: [26, "Hardware abstraction layer of Itanium"],
  DPFLTR_VIDEO_ID: [27, "Video"],
  DPFLTR_SVCHOST_ID: [28, "Service host"],
  DPFLTR_VIDEOPRT_ID: [29, "Video port driver"],
  DPFLTR_TCPIP_ID: [30, "TCP/IP"],
  DPFLTR_DMSYNTH_ID: [31, "Kernel music synthesizer"],
  DPFLTR_NTOSPNP_ID: [32, "Plug and Play in the kernel"],
  DPFLTR_FASTFAT_ID: [33, "FAT file system"],
  DPFLTR_SAMSS_ID: [34, "Security accounts manager"],
  DPFLTR_PNPMGR_ID: [35, "Plug and Play manager"],
  DPFLTR_NETAPI_ID: [36, "Network API"],
  DPFLTR_SCSERVER_ID: [37, "Service control, server side"],
  DPFLTR_SCCLIENT_ID: [38, "Service control, client side"],
  DPFLTR_SERIAL_ID: [39, "Serial port driver"],
  DPFLTR_SERENUM_ID: [40, "Serial port enumerator"],
  DPFLTR_UHCD_ID: [41, "USB host controller"],
  DPFLTR_RPCPROXY_ID: [42, "RPC proxy"],
  DPFLTR_AUTOCHK_ID: [43, "Disk check at boot"],
  DPFLTR_DCOMSS_ID: [44, "DCOM"],
  DPFLTR_UNIMODEM_ID: [45, "Modems"],
  DPFLTR_SIS_ID: [46, "Single instance store"],
  DPFLTR_FLTMGR_ID: [47, "Filter manager"],
  DPFLTR_WMICORE_ID: [48, "WMI in the kernel"],
  DPFLTR_BURNENG_ID: [49, "Disc burning engine"],
  DPFLTR_IMAPI_ID: [50, "Disc burning"],
  DPFLTR_SXS_ID: [51, "Side-by-side assemblies"],
  DPFLTR_FUSION_ID: [52, "Assembly loading"],
  DPFLTR_IDLETASK_ID: [53, "Idle tasks"],
  DPFLTR_SOFTPCI_ID: [54, "PCI simulation"],
  DPFLTR_TAPE_ID: [55, "Tape class driver"],
  DPFLTR_MCHGR_ID: [56, "Media changer"],
  DPFLTR_IDEP_ID: [57, "IDE"],
  DPFLTR_PCIIDE_ID: [58, "PCI IDE"],
  DPFLTR_FLOPPY_ID: [59, "Floppy driver"],
  DPFLTR_FDC_ID: [60, "Floppy controller"],
  DPFLTR_TERMSRV_ID: [61, "Terminal services"],
  DPFLTR_W32TIME_ID: [62, "Windows time"],
  DPFLTR_PREFETCHER_ID: [63, "Prefetcher"],
  DPFLTR_RSFILTER_ID: [64, "Remote storage filter"],
  DPFLTR_FCPORT_ID: [65, "Fibre channel port"],
  DPFLTR_PCI_ID: [66, "PCI bus driver"],
  DPFLTR_DMIO_ID: [67, "Logical disk manager I/O"],
  DPFLTR_DMCONFIG_ID: [68, "Logical disk manager configuration"],
  DPFLTR_DMADMIN_ID: [69, "Logical disk manager administration"],
  DPFLTR_WSOCKTRANSPORT_ID: [70, "Windows sockets transport"],
  DPFLTR_VSS_ID: [71, "Volume shadow copies"],
  DPFLTR_PNPMEM_ID: [72, "Plug and Play memory"],
  DPFLTR_PROCESSOR_ID: [73, "Processor driver"],
  DPFLTR_DMSERVER_ID: [74, "Logical disk manager server"],
  DPFLTR_SR_ID: [75, "System restore"],
  DPFLTR_INFINIBAND_ID: [76, "InfiniBand"],
  DPFLTR_IHVDRIVER_ID: [77, "Drivers of other vendors"],
  DPFLTR_IHVVIDEO_ID: [78, "Video drivers of other vendors"],
  DPFLTR_IHVAUDIO_ID: [79, "Audio drivers of other vendors"],
  DPFLTR_IHVNETWORK_ID: [80, "Network drivers of other vendors"],
  DPFLTR_IHVSTREAMING_ID: [81, "Streaming drivers of other vendors"],
  DPFLTR_IHVBUS_ID: [82, "Bus drivers of other vendors"],
  DPFLTR_HPS_ID: [83, "High-performance storage"],
  DPFLTR_RTLTHREADPOOL_ID: [84, "Thread pool"],
  DPFLTR_LDR_ID: [85, "Loader"],
  DPFLTR_TCPIP6_ID: [86, "TCP/IP version 6"],
  DPFLTR_ISAPNP_ID: [87, "ISA Plug and Play"],
  DPFLTR_SHPC_ID: [88, "PCI hot plug controller"],
  DPFLTR_STORPORT_ID: [89, "Storage port driver"],
  DPFLTR_STORMINIPORT_ID: [90, "Storage miniports"],
  DPFLTR_PRINTSPOOLER_ID: [91, "Print spooler"],
  DPFLTR_VSSDYNDISK_ID: [92, "Shadow copies of dynamic disks"],
  DPFLTR_VERIFIER_ID: [93, "Driver Verifier"],
  DPFLTR_VDS_ID: [94, "Virtual disk service"],
  DPFLTR_VDSBAS_ID: [95, "Virtual disk service, basic disks"],
  DPFLTR_VDSDYN_ID: [96, "Virtual disk service, dynamic disks"],
  DPFLTR_VDSDYNDR_ID: [97, "Virtual disk service, dynamic disk provider"],
  DPFLTR_VDSLDR_ID: [98, "Virtual disk service, loader"],
  DPFLTR_VDSUTIL_ID: [99, "Virtual disk service, utilities"],
  DPFLTR_DFRGIFC_ID: [100, "Defragmentation"],
  DPFLTR_DEFAULT_ID: [101, "DbgPrint, and whatever names no component"],
  DPFLTR_MM_ID: [102, "Memory manager"],
  DPFLTR_DFSC_ID: [103, "Distributed file system client"],
  DPFLTR_WOW64_ID: [104, "32-bit programs on 64-bit Windows"],
  DPFLTR_ALPC_ID: [105, "Local procedure calls"],
  DPFLTR_WDI_ID: [106, "Windows diagnostics"],
  DPFLTR_PERFLIB_ID: [107, "Performance library"],
  DPFLTR_KTM_ID: [108, "Transaction manager"],
  DPFLTR_IOSTRESS_ID: [109, "I/O stress"],
  DPFLTR_HEAP_ID: [110, "Heap"],
  DPFLTR_WHEA_ID: [111, "Hardware errors"],
  DPFLTR_USERGDI_ID: [112, "Windows and graphics"],
  DPFLTR_MMCSS_ID: [113, "Multimedia scheduling"],
  DPFLTR_TPM_ID: [114, "Trusted platform module"],
  DPFLTR_THREADORDER_ID: [115, "Thread ordering"],
  DPFLTR_ENVIRON_ID: [116, "Environment"],
  DPFLTR_EMS_ID: [117, "Emergency management"],
  DPFLTR_WDT_ID: [118, "Watchdog timer"],
  DPFLTR_FVEVOL_ID: [119, "BitLocker"],
  DPFLTR_NDIS_ID: [120, "Network driver interface"],
  DPFLTR_NVCTRACE_ID: [121, "NV cache"],
  DPFLTR_LUAFV_ID: [122, "File virtualization"],
  DPFLTR_APPCOMPAT_ID: [123, "Application compatibility"],
  DPFLTR_USBSTOR_ID: [124, "USB storage"],
  DPFLTR_SBP2PORT_ID: [125, "IEEE 1394 storage"],
  DPFLTR_COVERAGE_ID: [126, "Code coverage"],
  DPFLTR_CACHEMGR_ID: [127, "Cache manager"],
  DPFLTR_MOUNTMGR_ID: [128, "Mount manager"],
  DPFLTR_CFR_ID: [129, "Common file recovery"],
  DPFLTR_TXF_ID: [130, "Transactional NTFS"],
  DPFLTR_KSECDD_ID: [131, "Kernel security"],
  DPFLTR_FLTREGRESS_ID: [132, "Filter regression"],
  DPFLTR_MPIO_ID: [133, "Multipath I/O"],
  DPFLTR_MSDSM_ID: [134, "Microsoft's device specific module"],
  DPFLTR_UDFS_ID: [135, "UDF file system"],
  DPFLTR_PSHED_ID: [136, "Platform hardware error driver"],
  DPFLTR_STORVSP_ID: [137, "Virtual storage provider"],
  DPFLTR_LSASS_ID: [138, "Local security authority"],
  DPFLTR_SSPICLI_ID: [139, "Security support client"],
  DPFLTR_CNG_ID: [140, "Cryptography"],
  DPFLTR_EXFAT_ID: [141, "exFAT file system"],
  DPFLTR_FILETRACE_ID: [142, "File tracing"],
  DPFLTR_XSAVE_ID: [143, "Extended processor state"],
  DPFLTR_SE_ID: [144, "Security"],
  DPFLTR_DRIVEEXTENDER_ID: [145, "Drive extender"],
});
export const { DPFLTR_SYSTEM_ID, DPFLTR_IHVDRIVER_ID, DPFLTR_DEFAULT_ID } = debugPrintComponents.value;

/** The component that stands for the system-wide mask. */
export const DPFLTR_WIN2000_ID = 0xffffffff;

export const debugPrintLevels = valueTable({
  DPFLTR_ERROR_LEVEL: [0, "Error"],
  DPFLTR_WARNING_LEVEL: [1, "Warning"],
  DPFLTR_TRACE_LEVEL: [2, "Trace"],
  DPFLTR_INFO_LEVEL: [3, "Information; what DbgPrint uses"],
});
export const { DPFLTR_ERROR_LEVEL, DPFLTR_WARNING_LEVEL, DPFLTR_TRACE_LEVEL, DPFLTR_INFO_LEVEL } =
  debugPrintLevels.value;

/** Set in a level that is a mask of its own. */
export const DPFLTR_MASK = 0x80000000;

/** The bits of a component's mask. */
export const debugPrintMaskBits = flagTable({
  ERROR: [0x1, "Errors are shown"],
  WARNING: [0x2, "Warnings are shown"],
  TRACE: [0x4, "Traces are shown"],
  INFO: [0x8, "Information is shown"],
});

/** Every component ends so: what is left is its name in the registry and in the debugger. */
function shortName(name: string): string {
  return name.replace(/^DPFLTR_/, "").replace(/_ID$/, "");
}

/** "IHVDRIVER", "WIN2000", or "COMPONENT_200" for an id without a name. */
export function debugPrintComponentName(id: number): string {
  if (id >>> 0 === DPFLTR_WIN2000_ID) return "WIN2000";
  const known = findNamedValue(debugPrintComponents, id >>> 0);
  return known === undefined ? `COMPONENT_${id >>> 0}` : shortName(known.name);
}

const idByShortName = new Map(
  debugPrintComponents.values.map(({ name, value }: NamedValue): [string, number] => [shortName(name), value]),
);
idByShortName.set("WIN2000", DPFLTR_WIN2000_ID);

/** "ihvdriver", "DPFLTR_IHVDRIVER_ID", "Kd_IHVDRIVER_Mask" or "77" to 77; undefined for anything else. */
export function parseDebugPrintComponent(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^[0-9]{1,9}$/.test(trimmed)) return Number(trimmed);
  const upper = trimmed.toUpperCase();
  return idByShortName.get(upper.replace(/^(DPFLTR_|NT!KD_|KD_)/, "").replace(/(_ID|_MASK)$/, ""));
}

/** The bits a level stands for: 1 << level below 32, otherwise the level itself is the mask. Unsigned. */
export function debugPrintLevelMask(level: number): number {
  const unsigned = level >>> 0;
  return unsigned < 32 ? (1 << unsigned) >>> 0 : unsigned;
}

/** "ERROR", "WARNING", "TRACE", "INFO", "LEVEL_7", or the mask in hex. */
export function debugPrintLevelName(level: number): string {
  const unsigned = level >>> 0;
  const known = findNamedValue(debugPrintLevels, unsigned);
  if (known !== undefined) return known.name.replace(/^DPFLTR_/, "").replace(/_LEVEL$/, "");
  return unsigned < 32 ? `LEVEL_${unsigned}` : `0x${unsigned.toString(16).toUpperCase().padStart(8, "0")}`;
}
