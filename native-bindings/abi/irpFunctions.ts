/**
 * IRP major and minor function codes (wdm.h, ntifs.h). A minor code means something else for each major one, so
 * minor codes come in a table for each.
 */
import { findNamedValue, type ValueTable, valueTable } from "./flags";

export const irpMajorFunctions = valueTable({
  IRP_MJ_CREATE: [0x0, "Open or create a file"],
  IRP_MJ_CREATE_NAMED_PIPE: [0x1, "Create an instance of a named pipe"],
  IRP_MJ_CLOSE: [0x2, "The last reference to the file object is gone"],
  IRP_MJ_READ: [0x3, "Read"],
  IRP_MJ_WRITE: [0x4, "Write"],
  IRP_MJ_QUERY_INFORMATION: [0x5, "Ask about the file"],
  IRP_MJ_SET_INFORMATION: [0x6, "Change what is known of the file"],
  IRP_MJ_QUERY_EA: [0x7, "Read extended attributes"],
  IRP_MJ_SET_EA: [0x8, "Write extended attributes"],
  IRP_MJ_FLUSH_BUFFERS: [0x9, "Write cached data out"],
  IRP_MJ_QUERY_VOLUME_INFORMATION: [0xa, "Ask about the volume"],
  IRP_MJ_SET_VOLUME_INFORMATION: [0xb, "Change what is known of the volume"],
  IRP_MJ_DIRECTORY_CONTROL: [0xc, "List a directory or watch it"],
  IRP_MJ_FILE_SYSTEM_CONTROL: [0xd, "Control code for the file system"],
  IRP_MJ_DEVICE_CONTROL: [0xe, "Control code for the device"],
  IRP_MJ_INTERNAL_DEVICE_CONTROL: [0xf, "Control code from another driver"],
  IRP_MJ_SHUTDOWN: [0x10, "The system is shutting down"],
  IRP_MJ_LOCK_CONTROL: [0x11, "Lock or unlock a range of bytes"],
  IRP_MJ_CLEANUP: [0x12, "The last handle to the file object is closed"],
  IRP_MJ_CREATE_MAILSLOT: [0x13, "Create a mailslot"],
  IRP_MJ_QUERY_SECURITY: [0x14, "Read the security descriptor"],
  IRP_MJ_SET_SECURITY: [0x15, "Write the security descriptor"],
  IRP_MJ_POWER: [0x16, "Power management"],
  IRP_MJ_SYSTEM_CONTROL: [0x17, "Windows Management Instrumentation"],
  IRP_MJ_DEVICE_CHANGE: [0x18, "Device change (reserved)"],
  IRP_MJ_QUERY_QUOTA: [0x19, "Read disk quotas"],
  IRP_MJ_SET_QUOTA: [0x1a, "Write disk quotas"],
  IRP_MJ_PNP: [0x1b, "Plug and Play"],
});
export const {
  IRP_MJ_CREATE,
  IRP_MJ_CREATE_NAMED_PIPE,
  IRP_MJ_CLOSE,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
  IRP_MJ_QUERY_INFORMATION,
  IRP_MJ_SET_INFORMATION,
  IRP_MJ_QUERY_EA,
  IRP_MJ_SET_EA,
  IRP_MJ_FLUSH_BUFFERS,
  IRP_MJ_QUERY_VOLUME_INFORMATION,
  IRP_MJ_SET_VOLUME_INFORMATION,
  IRP_MJ_DIRECTORY_CONTROL,
  IRP_MJ_FILE_SYSTEM_CONTROL,
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_INTERNAL_DEVICE_CONTROL,
  IRP_MJ_SHUTDOWN,
  IRP_MJ_LOCK_CONTROL,
  IRP_MJ_CLEANUP,
  IRP_MJ_CREATE_MAILSLOT,
  IRP_MJ_QUERY_SECURITY,
  IRP_MJ_SET_SECURITY,
  IRP_MJ_POWER,
  IRP_MJ_SYSTEM_CONTROL,
  IRP_MJ_DEVICE_CHANGE,
  IRP_MJ_QUERY_QUOTA,
  IRP_MJ_SET_QUOTA,
  IRP_MJ_PNP,
} = irpMajorFunctions.value;

export const pnpMinorFunctions = valueTable({
  IRP_MN_START_DEVICE: [0x0, "Start the device with its resources"],
  IRP_MN_QUERY_REMOVE_DEVICE: [0x1, "May the device be removed?"],
  IRP_MN_REMOVE_DEVICE: [0x2, "Remove the device"],
  IRP_MN_CANCEL_REMOVE_DEVICE: [0x3, "The removal is off"],
  IRP_MN_STOP_DEVICE: [0x4, "Stop for a change of resources"],
  IRP_MN_QUERY_STOP_DEVICE: [0x5, "May the device be stopped?"],
  IRP_MN_CANCEL_STOP_DEVICE: [0x6, "The stop is off"],
  IRP_MN_QUERY_DEVICE_RELATIONS: [0x7, "Which devices belong to this one?"],
  IRP_MN_QUERY_INTERFACE: [0x8, "Hand out a direct-call interface"],
  IRP_MN_QUERY_CAPABILITIES: [0x9, "What can the device do?"],
  IRP_MN_QUERY_RESOURCES: [0xa, "Which resources has the boot configuration?"],
  IRP_MN_QUERY_RESOURCE_REQUIREMENTS: [0xb, "Which resources does it need?"],
  IRP_MN_QUERY_DEVICE_TEXT: [0xc, "Description or location as text"],
  IRP_MN_FILTER_RESOURCE_REQUIREMENTS: [0xd, "Adjust the list of needed resources"],
  IRP_MN_READ_CONFIG: [0xf, "Read configuration space"],
  IRP_MN_WRITE_CONFIG: [0x10, "Write configuration space"],
  IRP_MN_EJECT: [0x11, "Eject the device"],
  IRP_MN_SET_LOCK: [0x12, "Lock or unlock against ejecting"],
  IRP_MN_QUERY_ID: [0x13, "Device, hardware, compatible or instance ID"],
  IRP_MN_QUERY_PNP_DEVICE_STATE: [0x14, "Failed, disabled, hidden?"],
  IRP_MN_QUERY_BUS_INFORMATION: [0x15, "Type and number of the parent bus"],
  IRP_MN_DEVICE_USAGE_NOTIFICATION: [0x16, "Paging, dump or hibernation file comes or goes"],
  IRP_MN_SURPRISE_REMOVAL: [0x17, "The device is gone without warning"],
  IRP_MN_QUERY_LEGACY_BUS_INFORMATION: [0x18, "Legacy bus information"],
  IRP_MN_DEVICE_ENUMERATED: [0x19, "The device has been enumerated"],
});
export const {
  IRP_MN_START_DEVICE,
  IRP_MN_QUERY_REMOVE_DEVICE,
  IRP_MN_REMOVE_DEVICE,
  IRP_MN_CANCEL_REMOVE_DEVICE,
  IRP_MN_STOP_DEVICE,
  IRP_MN_QUERY_STOP_DEVICE,
  IRP_MN_CANCEL_STOP_DEVICE,
  IRP_MN_QUERY_DEVICE_RELATIONS,
  IRP_MN_QUERY_INTERFACE,
  IRP_MN_QUERY_CAPABILITIES,
  IRP_MN_QUERY_RESOURCES,
  IRP_MN_QUERY_RESOURCE_REQUIREMENTS,
  IRP_MN_QUERY_DEVICE_TEXT,
  IRP_MN_FILTER_RESOURCE_REQUIREMENTS,
  IRP_MN_READ_CONFIG,
  IRP_MN_WRITE_CONFIG,
  IRP_MN_EJECT,
  IRP_MN_SET_LOCK,
  IRP_MN_QUERY_ID,
  IRP_MN_QUERY_PNP_DEVICE_STATE,
  IRP_MN_QUERY_BUS_INFORMATION,
  IRP_MN_DEVICE_USAGE_NOTIFICATION,
  IRP_MN_SURPRISE_REMOVAL,
  IRP_MN_QUERY_LEGACY_BUS_INFORMATION,
  IRP_MN_DEVICE_ENUMERATED,
} = pnpMinorFunctions.value;

export const powerMinorFunctions = valueTable({
  IRP_MN_WAIT_WAKE: [0x0, "Tell when the device wakes the system"],
  IRP_MN_POWER_SEQUENCE: [0x1, "Power sequence counters"],
  IRP_MN_SET_POWER: [0x2, "Change to a power state"],
  IRP_MN_QUERY_POWER: [0x3, "May the power state change?"],
});
export const { IRP_MN_WAIT_WAKE, IRP_MN_POWER_SEQUENCE, IRP_MN_SET_POWER, IRP_MN_QUERY_POWER } =
  powerMinorFunctions.value;

export const systemControlMinorFunctions = valueTable({
  IRP_MN_QUERY_ALL_DATA: [0x0, "All instances of a data block"],
  IRP_MN_QUERY_SINGLE_INSTANCE: [0x1, "One instance of a data block"],
  IRP_MN_CHANGE_SINGLE_INSTANCE: [0x2, "Change one instance"],
  IRP_MN_CHANGE_SINGLE_ITEM: [0x3, "Change one item"],
  IRP_MN_ENABLE_EVENTS: [0x4, "Start sending events"],
  IRP_MN_DISABLE_EVENTS: [0x5, "Stop sending events"],
  IRP_MN_ENABLE_COLLECTION: [0x6, "Start collecting data"],
  IRP_MN_DISABLE_COLLECTION: [0x7, "Stop collecting data"],
  IRP_MN_REGINFO: [0x8, "Which blocks does the driver offer?"],
  IRP_MN_EXECUTE_METHOD: [0x9, "Run a method"],
  IRP_MN_REGINFO_EX: [0xb, "Which blocks does the driver offer (extended)?"],
});
export const {
  IRP_MN_QUERY_ALL_DATA,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_ITEM,
  IRP_MN_ENABLE_EVENTS,
  IRP_MN_DISABLE_EVENTS,
  IRP_MN_ENABLE_COLLECTION,
  IRP_MN_DISABLE_COLLECTION,
  IRP_MN_REGINFO,
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_REGINFO_EX,
} = systemControlMinorFunctions.value;

export const fileSystemControlMinorFunctions = valueTable({
  IRP_MN_USER_FS_REQUEST: [0x0, "A request from an application"],
  IRP_MN_MOUNT_VOLUME: [0x1, "Is this volume yours?"],
  IRP_MN_VERIFY_VOLUME: [0x2, "Is it still the same volume?"],
  IRP_MN_LOAD_FILE_SYSTEM: [0x3, "Load the whole file system driver"],
  IRP_MN_KERNEL_CALL: [0x4, "A request from the kernel"],
});
export const {
  IRP_MN_USER_FS_REQUEST,
  IRP_MN_MOUNT_VOLUME,
  IRP_MN_VERIFY_VOLUME,
  IRP_MN_LOAD_FILE_SYSTEM,
  IRP_MN_KERNEL_CALL,
} = fileSystemControlMinorFunctions.value;

export const directoryControlMinorFunctions = valueTable({
  IRP_MN_QUERY_DIRECTORY: [0x1, "List"],
  IRP_MN_NOTIFY_CHANGE_DIRECTORY: [0x2, "Watch"],
  IRP_MN_NOTIFY_CHANGE_DIRECTORY_EX: [0x3, "Watch, with more told of each change"],
});
export const { IRP_MN_QUERY_DIRECTORY, IRP_MN_NOTIFY_CHANGE_DIRECTORY, IRP_MN_NOTIFY_CHANGE_DIRECTORY_EX } =
  directoryControlMinorFunctions.value;

export const lockControlMinorFunctions = valueTable({
  IRP_MN_LOCK: [0x1, "Lock a range"],
  IRP_MN_UNLOCK_SINGLE: [0x2, "Unlock a range"],
  IRP_MN_UNLOCK_ALL: [0x3, "Unlock all ranges of the process"],
  IRP_MN_UNLOCK_ALL_BY_KEY: [0x4, "Unlock all ranges with a key"],
});
export const { IRP_MN_LOCK, IRP_MN_UNLOCK_SINGLE, IRP_MN_UNLOCK_ALL, IRP_MN_UNLOCK_ALL_BY_KEY } =
  lockControlMinorFunctions.value;

/** The last index of DRIVER_OBJECT.MajorFunction, which has one entry more. */
export const IRP_MJ_MAXIMUM_FUNCTION = 0x1b;

const minorFunctions: Readonly<Record<number, ValueTable>> = {
  [IRP_MJ_PNP]: pnpMinorFunctions,
  [IRP_MJ_POWER]: powerMinorFunctions,
  [IRP_MJ_SYSTEM_CONTROL]: systemControlMinorFunctions,
  [IRP_MJ_FILE_SYSTEM_CONTROL]: fileSystemControlMinorFunctions,
  [IRP_MJ_DIRECTORY_CONTROL]: directoryControlMinorFunctions,
  [IRP_MJ_LOCK_CONTROL]: lockControlMinorFunctions,
};

/** "IRP_MJ_CREATE"; "IRP_MJ_0x1C" for a number that isn't one. */
export function majorFunctionName(major: number): string {
  return findNamedValue(irpMajorFunctions, major)?.name ?? `IRP_MJ_0x${major.toString(16).toUpperCase()}`;
}

/** Undefined when the major function has no minor codes, or not this one. */
export function minorFunctionName(major: number, minor: number): string | undefined {
  const table = minorFunctions[major];
  return table === undefined ? undefined : findNamedValue(table, minor)?.name;
}
