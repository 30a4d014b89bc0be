/**
 * DEVICE_OBJECT.Flags (wdm.h, ntifs.h; WDK "DEVICE_OBJECT structure").
 */
import { flagTable } from "./flags";

export const deviceObjectFlags = flagTable({
  DO_VERIFY_VOLUME: [0x2, "The volume must be verified before the next request (removable media changed)"],
  DO_BUFFERED_IO: [0x4, "Reads and writes go through a system buffer that the I/O manager copies"],
  DO_EXCLUSIVE: [0x8, "Only one handle at a time may be open"],
  DO_DIRECT_IO: [0x10, "Reads and writes get the caller's pages locked and described by an MDL"],
  DO_MAP_IO_BUFFER: [0x20, "The I/O manager maps the caller's pages for the driver (obsolete)"],
  DO_DEVICE_HAS_NAME: [0x40, "The device object was created with a name"],
  DO_DEVICE_INITIALIZING: [0x80, "Still being set up: it can't be opened or attached to yet"],
  DO_SYSTEM_BOOT_PARTITION: [0x100, "The partition that Windows was booted from"],
  DO_LONG_TERM_REQUESTS: [0x200, "Requests may stay outstanding for a long time"],
  DO_NEVER_LAST_DEVICE: [0x400, "The device must not be the last one left on its bus"],
  DO_SHUTDOWN_REGISTERED: [0x800, "The driver asked for IRP_MJ_SHUTDOWN on this device"],
  DO_BUS_ENUMERATED_DEVICE: [0x1000, "A physical device object that a bus driver made"],
  DO_POWER_PAGABLE: [0x2000, "Power requests are handled at PASSIVE_LEVEL"],
  DO_POWER_INRUSH: [0x4000, "Powering up draws an inrush of current, so devices start one at a time"],
  DO_LOW_PRIORITY_FILESYSTEM: [0x10000, "The file system is asked to mount a volume only after all others"],
  DO_SUPPORTS_PERSISTENT_ACLS: [0x20000, "The file system keeps security descriptors on disk"],
  DO_SUPPORTS_TRANSACTIONS: [0x40000, "The file system takes part in transactions"],
  DO_FORCE_NEITHER_IO: [0x80000, "Requests get the caller's raw pointers, whatever the other flags say"],
  DO_VOLUME_DEVICE_OBJECT: [0x100000, "Represents a mounted volume"],
  DO_SYSTEM_SYSTEM_PARTITION: [0x200000, "The partition that holds the boot manager"],
  DO_SYSTEM_CRITICAL_PARTITION: [0x400000, "Windows can't run without this partition"],
  DO_DISALLOW_EXECUTE: [0x800000, "Images on this device may not be run"],
  DO_DEVICE_TO_BE_RESET: [0x4000000, "The device is about to be reset"],
  DO_DAX_VOLUME: [0x10000000, "The volume is memory that can be mapped directly"],
});
export const {
  DO_VERIFY_VOLUME,
  DO_BUFFERED_IO,
  DO_EXCLUSIVE,
  DO_DIRECT_IO,
  DO_MAP_IO_BUFFER,
  DO_DEVICE_HAS_NAME,
  DO_DEVICE_INITIALIZING,
  DO_SYSTEM_BOOT_PARTITION,
  DO_LONG_TERM_REQUESTS,
  DO_NEVER_LAST_DEVICE,
  DO_SHUTDOWN_REGISTERED,
  DO_BUS_ENUMERATED_DEVICE,
  DO_POWER_PAGABLE,
  DO_POWER_INRUSH,
  DO_LOW_PRIORITY_FILESYSTEM,
  DO_SUPPORTS_PERSISTENT_ACLS,
  DO_SUPPORTS_TRANSACTIONS,
  DO_FORCE_NEITHER_IO,
  DO_VOLUME_DEVICE_OBJECT,
  DO_SYSTEM_SYSTEM_PARTITION,
  DO_SYSTEM_CRITICAL_PARTITION,
  DO_DISALLOW_EXECUTE,
  DO_DEVICE_TO_BE_RESET,
  DO_DAX_VOLUME,
} = deviceObjectFlags.bit;

/** DEVOBJ_EXTENSION.ExtensionFlags: what is pending on a device (WinDbg prints them as DOE_). */
export const deviceExtensionFlags = flagTable({
  DOE_UNLOAD_PENDING: [0x1, "Its driver is being unloaded and waits for the last close"],
  DOE_DELETE_PENDING: [0x2, "IoDeleteDevice was called and references are left"],
  DOE_REMOVE_PENDING: [0x4, "The device is being removed by Plug and Play"],
  DOE_REMOVE_PROCESSED: [0x8, "The removal has been carried out"],
  DOE_START_PENDING: [0x10, "Plug and Play has not started the device yet"],
  DOE_BOTTOM_OF_FDO_STACK: [0x20000000, "The lowest function driver's device in its stack"],
  DOE_DESIGNATED_FDO: [0x40000000, "The device that stands for the whole stack"],
  DOE_DEFAULT_SD_PRESENT: [0x80000000, "Carries the default security descriptor"],
});
export const {
  DOE_UNLOAD_PENDING,
  DOE_DELETE_PENDING,
  DOE_REMOVE_PENDING,
  DOE_REMOVE_PROCESSED,
  DOE_START_PENDING,
  DOE_BOTTOM_OF_FDO_STACK,
  DOE_DESIGNATED_FDO,
  DOE_DEFAULT_SD_PRESENT,
} = deviceExtensionFlags.bit;
