/**
 * The debug print components: who a message says it comes from. Each has its own filter mask.
 * Source: dpfilter.h of the Windows Driver Kit (DPFLTR_xxx_ID); the position in the list is the id.
 */

const names =
  "SYSTEM SMSS SETUP NTFS FSTUB CRASHDUMP CDAUDIO CDROM CLASSPNP DISK REDBOOK STORPROP SCSIPORT SCSIMINIPORT CONFIG " +
  "I8042PRT SERMOUSE LSERMOUS KBDHID MOUHID KBDCLASS MOUCLASS TWOTRACK WMILIB ACPI AMLI HALIA64 VIDEO SVCHOST " +
  "VIDEOPRT TCPIP DMSYNTH NTOSPNP FASTFAT SAMSS PNPMGR NETAPI SCSERVER SCCLIENT SERIAL SERENUM UHCD RPCPROXY AUTOCHK " +
  "DCOMSS UNIMODEM SIS FLTMGR WMICORE BURNENG IMAPI SXS FUSION IDLETASK SOFTPCI TAPE MCHGR IDEP PCIIDE FLOPPY FDC " +
  "TERMSRV W32TIME PREFETCHER RSFILTER FCPORT PCI DMIO DMCONFIG DMADMIN WSOCKTRANSPORT VSS PNPMEM PROCESSOR DMSERVER " +
  "SR INFINIBAND IHVDRIVER IHVVIDEO IHVAUDIO IHVNETWORK IHVSTREAMING IHVBUS HPS RTLTHREADPOOL LDR TCPIP6 ISAPNP SHPC " +
  "STORPORT STORMINIPORT PRINTSPOOLER VSSDYNDISK VERIFIER VDS VDSBAS VDSDYN VDSDYNDR VDSLDR VDSUTIL DFRGIFC DEFAULT MM " +
  "DFSC WOW64 ALPC WDI PERFLIB KTM IOSTRESS HEAP WHEA USERGDI MMCSS TPM THREADORDER ENVIRON EMS WDT FVEVOL NDIS " +
  "NVCTRACE LUAFV APPCOMPAT USBSTOR SBP2PORT COVERAGE CACHEMGR MOUNTMGR CFR TXF KSECDD FLTREGRESS MPIO MSDSM UDFS PSHED " +
  "STORVSP LSASS SSPICLI CNG EXFAT FILETRACE XSAVE SE DRIVEEXTENDER";

/** "DEFAULT" at index DPFLTR_DEFAULT_ID, and so on: the names that the registry and `Kd_X_Mask` use. */
export const componentNames: readonly string[] = names.split(" ");

const idByName: ReadonlyMap<string, number> = new Map(componentNames.map((name, id) => [name, id]));

/** The component of DbgPrint and KdPrint. */
export const DPFLTR_DEFAULT_ID = 101;
/** The component meant for drivers of other vendors. */
export const DPFLTR_IHVDRIVER_ID = 77;

export const DPFLTR_ERROR_LEVEL = 0;
export const DPFLTR_WARNING_LEVEL = 1;
export const DPFLTR_TRACE_LEVEL = 2;
/** The level of DbgPrint and KdPrint since Windows Vista. */
export const DPFLTR_INFO_LEVEL = 3;
/** Or-ed to an explicit bit field so that it cannot be taken for a bit number. */
export const DPFLTR_MASK = 0x8000_0000;

/** Case does not matter, as in the registry. */
export function componentId(name: string): number | undefined {
  return idByName.get(name.toUpperCase());
}
