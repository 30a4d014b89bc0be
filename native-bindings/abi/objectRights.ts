/**
 * The rights of each type of object: SDK names and bits, what generic rights stand for, and which bits a handle
 * can have (winnt.h, winuser.h, wdm.h, fltUser.h; mappings as test_object_types in Wine's ntdll tests asserts
 * them of Windows). Longer than other files because it is one table.
 */
import type { GenericMapping } from "./access";
import { type FlagTable, flagTable } from "./flags";

export interface ObjectRights {
  /** The rights that only this type has. */
  readonly rights: FlagTable;
  readonly mapping: GenericMapping;
  /** Name of `mapping.all`. */
  readonly allAccess: string;
  /** Every right that a handle can have: OBJECT_TYPE_INITIALIZER.ValidAccessMask. */
  readonly validAccess: number;
}

export const typeRights = flagTable({
  OBJECT_TYPE_CREATE: [0x1, "Create objects of the type"],
});
export const { OBJECT_TYPE_CREATE } = typeRights.bit;

export const OBJECT_TYPE_ALL_ACCESS = 0xf0001;

export const directoryRights = flagTable({
  DIRECTORY_QUERY: [0x1, "List it"],
  DIRECTORY_TRAVERSE: [0x2, "Look names up through it"],
  DIRECTORY_CREATE_OBJECT: [0x4, "Create objects in it"],
  DIRECTORY_CREATE_SUBDIRECTORY: [0x8, "Create directories in it"],
});
export const { DIRECTORY_QUERY, DIRECTORY_TRAVERSE, DIRECTORY_CREATE_OBJECT, DIRECTORY_CREATE_SUBDIRECTORY } =
  directoryRights.bit;

export const DIRECTORY_ALL_ACCESS = 0xf000f;

export const symbolicLinkRights = flagTable({
  SYMBOLIC_LINK_QUERY: [0x1, "Read its target"],
  SYMBOLIC_LINK_SET: [0x2, "Change its target's properties"],
});
export const { SYMBOLIC_LINK_QUERY, SYMBOLIC_LINK_SET } = symbolicLinkRights.bit;

export const SYMBOLIC_LINK_ALL_ACCESS = 0xf0001;

export const eventRights = flagTable({
  EVENT_QUERY_STATE: [0x1, "Ask whether it is set"],
  EVENT_MODIFY_STATE: [0x2, "Set and reset it"],
});
export const { EVENT_QUERY_STATE, EVENT_MODIFY_STATE } = eventRights.bit;

export const EVENT_ALL_ACCESS = 0x1f0003;

export const keyedEventRights = flagTable({
  KEYEDEVENT_WAIT: [0x1, "Wait for a key"],
  KEYEDEVENT_WAKE: [0x2, "Wake a waiter"],
});
export const { KEYEDEVENT_WAIT, KEYEDEVENT_WAKE } = keyedEventRights.bit;

export const KEYEDEVENT_ALL_ACCESS = 0xf0003;

export const mutantRights = flagTable({
  MUTANT_QUERY_STATE: [0x1, "Ask who holds it"],
});
export const { MUTANT_QUERY_STATE } = mutantRights.bit;

export const MUTANT_ALL_ACCESS = 0x1f0001;

export const semaphoreRights = flagTable({
  SEMAPHORE_QUERY_STATE: [0x1, "Ask for its count"],
  SEMAPHORE_MODIFY_STATE: [0x2, "Release it"],
});
export const { SEMAPHORE_QUERY_STATE, SEMAPHORE_MODIFY_STATE } = semaphoreRights.bit;

export const SEMAPHORE_ALL_ACCESS = 0x1f0003;

export const timerRights = flagTable({
  TIMER_QUERY_STATE: [0x1, "Ask for the remaining time"],
  TIMER_MODIFY_STATE: [0x2, "Set and cancel it"],
});
export const { TIMER_QUERY_STATE, TIMER_MODIFY_STATE } = timerRights.bit;

export const TIMER_ALL_ACCESS = 0x1f0003;

export const profileRights = flagTable({
  PROFILE_CONTROL: [0x1, "Start and stop profiling"],
});
export const { PROFILE_CONTROL } = profileRights.bit;

export const PROFILE_ALL_ACCESS = 0xf0001;

export const callbackRights = flagTable({
  CALLBACK_MODIFY_STATE: [0x1, "Register for it and notify through it"],
});
export const { CALLBACK_MODIFY_STATE } = callbackRights.bit;

export const CALLBACK_ALL_ACCESS = 0x1f0001;

export const sectionRights = flagTable({
  SECTION_QUERY: [0x1, "Ask for size and attributes"],
  SECTION_MAP_WRITE: [0x2, "Map it for writing"],
  SECTION_MAP_READ: [0x4, "Map it for reading"],
  SECTION_MAP_EXECUTE: [0x8, "Map it for executing"],
  SECTION_EXTEND_SIZE: [0x10, "Make it larger"],
  SECTION_MAP_EXECUTE_EXPLICIT: [0x20, "Map it for executing, not part of generic rights"],
});
export const {
  SECTION_QUERY,
  SECTION_MAP_WRITE,
  SECTION_MAP_READ,
  SECTION_MAP_EXECUTE,
  SECTION_EXTEND_SIZE,
  SECTION_MAP_EXECUTE_EXPLICIT,
} = sectionRights.bit;

export const SECTION_ALL_ACCESS = 0xf001f;

export const keyRights = flagTable({
  KEY_QUERY_VALUE: [0x1, "Read values"],
  KEY_SET_VALUE: [0x2, "Write values"],
  KEY_CREATE_SUB_KEY: [0x4, "Create subkeys"],
  KEY_ENUMERATE_SUB_KEYS: [0x8, "List subkeys"],
  KEY_NOTIFY: [0x10, "Watch it"],
  KEY_CREATE_LINK: [0x20, "Create a link"],
  KEY_WOW64_64KEY: [0x100, "Use the 64-bit view"],
  KEY_WOW64_32KEY: [0x200, "Use the 32-bit view"],
});
export const {
  KEY_QUERY_VALUE,
  KEY_SET_VALUE,
  KEY_CREATE_SUB_KEY,
  KEY_ENUMERATE_SUB_KEYS,
  KEY_NOTIFY,
  KEY_CREATE_LINK,
  KEY_WOW64_64KEY,
  KEY_WOW64_32KEY,
} = keyRights.bit;

export const KEY_ALL_ACCESS = 0xf003f;

export const processRights = flagTable({
  PROCESS_TERMINATE: [0x1, "End it"],
  PROCESS_CREATE_THREAD: [0x2, "Create threads in it"],
  PROCESS_SET_SESSIONID: [0x4, "Move it to another session"],
  PROCESS_VM_OPERATION: [0x8, "Allocate and protect its memory"],
  PROCESS_VM_READ: [0x10, "Read its memory"],
  PROCESS_VM_WRITE: [0x20, "Write its memory"],
  PROCESS_DUP_HANDLE: [0x40, "Copy its handles"],
  PROCESS_CREATE_PROCESS: [0x80, "Create processes with it as parent"],
  PROCESS_SET_QUOTA: [0x100, "Set its quotas"],
  PROCESS_SET_INFORMATION: [0x200, "Change it"],
  PROCESS_QUERY_INFORMATION: [0x400, "Ask about it"],
  PROCESS_SUSPEND_RESUME: [0x800, "Suspend and resume it"],
  PROCESS_QUERY_LIMITED_INFORMATION: [0x1000, "Ask about it, without secrets"],
  PROCESS_SET_LIMITED_INFORMATION: [0x2000, "Change a few things of it"],
});
export const {
  PROCESS_TERMINATE,
  PROCESS_CREATE_THREAD,
  PROCESS_SET_SESSIONID,
  PROCESS_VM_OPERATION,
  PROCESS_VM_READ,
  PROCESS_VM_WRITE,
  PROCESS_DUP_HANDLE,
  PROCESS_CREATE_PROCESS,
  PROCESS_SET_QUOTA,
  PROCESS_SET_INFORMATION,
  PROCESS_QUERY_INFORMATION,
  PROCESS_SUSPEND_RESUME,
  PROCESS_QUERY_LIMITED_INFORMATION,
  PROCESS_SET_LIMITED_INFORMATION,
} = processRights.bit;

export const PROCESS_ALL_ACCESS = 0x1fffff;

export const threadRights = flagTable({
  THREAD_TERMINATE: [0x1, "End it"],
  THREAD_SUSPEND_RESUME: [0x2, "Suspend and resume it"],
  THREAD_ALERT: [0x4, "Alert it"],
  THREAD_GET_CONTEXT: [0x8, "Read its registers"],
  THREAD_SET_CONTEXT: [0x10, "Change its registers"],
  THREAD_SET_INFORMATION: [0x20, "Change it"],
  THREAD_QUERY_INFORMATION: [0x40, "Ask about it"],
  THREAD_SET_THREAD_TOKEN: [0x80, "Give it a token"],
  THREAD_IMPERSONATE: [0x100, "Impersonate it"],
  THREAD_DIRECT_IMPERSONATION: [0x200, "Let it be impersonated"],
  THREAD_SET_LIMITED_INFORMATION: [0x400, "Change a few things of it"],
  THREAD_QUERY_LIMITED_INFORMATION: [0x800, "Ask about it, without secrets"],
  THREAD_RESUME: [0x1000, "Resume it"],
});
export const {
  THREAD_TERMINATE,
  THREAD_SUSPEND_RESUME,
  THREAD_ALERT,
  THREAD_GET_CONTEXT,
  THREAD_SET_CONTEXT,
  THREAD_SET_INFORMATION,
  THREAD_QUERY_INFORMATION,
  THREAD_SET_THREAD_TOKEN,
  THREAD_IMPERSONATE,
  THREAD_DIRECT_IMPERSONATION,
  THREAD_SET_LIMITED_INFORMATION,
  THREAD_QUERY_LIMITED_INFORMATION,
  THREAD_RESUME,
} = threadRights.bit;

export const THREAD_ALL_ACCESS = 0x1fffff;

export const tokenRights = flagTable({
  TOKEN_ASSIGN_PRIMARY: [0x1, "Give it to a process"],
  TOKEN_DUPLICATE: [0x2, "Copy it"],
  TOKEN_IMPERSONATE: [0x4, "Impersonate it"],
  TOKEN_QUERY: [0x8, "Ask about it"],
  TOKEN_QUERY_SOURCE: [0x10, "Ask where it comes from"],
  TOKEN_ADJUST_PRIVILEGES: [0x20, "Enable and disable privileges"],
  TOKEN_ADJUST_GROUPS: [0x40, "Enable and disable groups"],
  TOKEN_ADJUST_DEFAULT: [0x80, "Change defaults"],
  TOKEN_ADJUST_SESSIONID: [0x100, "Change its session"],
});
export const {
  TOKEN_ASSIGN_PRIMARY,
  TOKEN_DUPLICATE,
  TOKEN_IMPERSONATE,
  TOKEN_QUERY,
  TOKEN_QUERY_SOURCE,
  TOKEN_ADJUST_PRIVILEGES,
  TOKEN_ADJUST_GROUPS,
  TOKEN_ADJUST_DEFAULT,
  TOKEN_ADJUST_SESSIONID,
} = tokenRights.bit;

export const TOKEN_ALL_ACCESS = 0xf01ff;

export const jobRights = flagTable({
  JOB_OBJECT_ASSIGN_PROCESS: [0x1, "Put processes into it"],
  JOB_OBJECT_SET_ATTRIBUTES: [0x2, "Set limits"],
  JOB_OBJECT_QUERY: [0x4, "Ask about it"],
  JOB_OBJECT_TERMINATE: [0x8, "End its processes"],
  JOB_OBJECT_SET_SECURITY_ATTRIBUTES: [0x10, "Set security limits"],
  JOB_OBJECT_IMPERSONATE: [0x20, "Impersonate it"],
});
export const {
  JOB_OBJECT_ASSIGN_PROCESS,
  JOB_OBJECT_SET_ATTRIBUTES,
  JOB_OBJECT_QUERY,
  JOB_OBJECT_TERMINATE,
  JOB_OBJECT_SET_SECURITY_ATTRIBUTES,
  JOB_OBJECT_IMPERSONATE,
} = jobRights.bit;

export const JOB_OBJECT_ALL_ACCESS = 0x1f003f;

export const ioCompletionRights = flagTable({
  IO_COMPLETION_QUERY_STATE: [0x1, "Ask how many packets wait"],
  IO_COMPLETION_MODIFY_STATE: [0x2, "Add and take packets"],
});
export const { IO_COMPLETION_QUERY_STATE, IO_COMPLETION_MODIFY_STATE } = ioCompletionRights.bit;

export const IO_COMPLETION_ALL_ACCESS = 0x1f0003;

export const debugObjectRights = flagTable({
  DEBUG_READ_EVENT: [0x1, "Take debug events"],
  DEBUG_PROCESS_ASSIGN: [0x2, "Attach processes"],
  DEBUG_SET_INFORMATION: [0x4, "Change it"],
  DEBUG_QUERY_INFORMATION: [0x8, "Ask about it"],
});
export const { DEBUG_READ_EVENT, DEBUG_PROCESS_ASSIGN, DEBUG_SET_INFORMATION, DEBUG_QUERY_INFORMATION } =
  debugObjectRights.bit;

export const DEBUG_ALL_ACCESS = 0x1f000f;

export const fileRights = flagTable({
  FILE_READ_DATA: [0x1, "Read; list a directory"],
  FILE_WRITE_DATA: [0x2, "Write; create a file in a directory"],
  FILE_APPEND_DATA: [0x4, "Write at the end; create a directory in a directory"],
  FILE_READ_EA: [0x8, "Read extended attributes"],
  FILE_WRITE_EA: [0x10, "Write extended attributes"],
  FILE_EXECUTE: [0x20, "Execute; pass through a directory"],
  FILE_DELETE_CHILD: [0x40, "Delete what is in a directory"],
  FILE_READ_ATTRIBUTES: [0x80, "Read attributes"],
  FILE_WRITE_ATTRIBUTES: [0x100, "Write attributes"],
});
export const {
  FILE_READ_DATA,
  FILE_WRITE_DATA,
  FILE_APPEND_DATA,
  FILE_READ_EA,
  FILE_WRITE_EA,
  FILE_EXECUTE,
  FILE_DELETE_CHILD,
  FILE_READ_ATTRIBUTES,
  FILE_WRITE_ATTRIBUTES,
} = fileRights.bit;

export const FILE_ALL_ACCESS = 0x1f01ff;

export const windowStationRights = flagTable({
  WINSTA_ENUMDESKTOPS: [0x1, "List its desktops"],
  WINSTA_READATTRIBUTES: [0x2, "Read attributes"],
  WINSTA_ACCESSCLIPBOARD: [0x4, "Use the clipboard"],
  WINSTA_CREATEDESKTOP: [0x8, "Create desktops"],
  WINSTA_WRITEATTRIBUTES: [0x10, "Write attributes"],
  WINSTA_ACCESSGLOBALATOMS: [0x20, "Use global atoms"],
  WINSTA_EXITWINDOWS: [0x40, "End the Windows session"],
  WINSTA_ENUMERATE: [0x100, "Be listed"],
  WINSTA_READSCREEN: [0x200, "Read the screen"],
});
export const {
  WINSTA_ENUMDESKTOPS,
  WINSTA_READATTRIBUTES,
  WINSTA_ACCESSCLIPBOARD,
  WINSTA_CREATEDESKTOP,
  WINSTA_WRITEATTRIBUTES,
  WINSTA_ACCESSGLOBALATOMS,
  WINSTA_EXITWINDOWS,
  WINSTA_ENUMERATE,
  WINSTA_READSCREEN,
} = windowStationRights.bit;

export const WINSTA_ALL_ACCESS = 0xf037f;

export const desktopRights = flagTable({
  DESKTOP_READOBJECTS: [0x1, "Read its objects"],
  DESKTOP_CREATEWINDOW: [0x2, "Create windows"],
  DESKTOP_CREATEMENU: [0x4, "Create menus"],
  DESKTOP_HOOKCONTROL: [0x8, "Set hooks"],
  DESKTOP_JOURNALRECORD: [0x10, "Record input"],
  DESKTOP_JOURNALPLAYBACK: [0x20, "Play input back"],
  DESKTOP_ENUMERATE: [0x40, "Be listed"],
  DESKTOP_WRITEOBJECTS: [0x80, "Write its objects"],
  DESKTOP_SWITCHDESKTOP: [0x100, "Switch to it"],
});
export const {
  DESKTOP_READOBJECTS,
  DESKTOP_CREATEWINDOW,
  DESKTOP_CREATEMENU,
  DESKTOP_HOOKCONTROL,
  DESKTOP_JOURNALRECORD,
  DESKTOP_JOURNALPLAYBACK,
  DESKTOP_ENUMERATE,
  DESKTOP_WRITEOBJECTS,
  DESKTOP_SWITCHDESKTOP,
} = desktopRights.bit;

export const DESKTOP_ALL_ACCESS = 0xf01ff;

export const portRights = flagTable({
  PORT_CONNECT: [0x1, "Connect to it"],
});
export const { PORT_CONNECT } = portRights.bit;

export const PORT_ALL_ACCESS = 0x1f0001;

export const filterPortRights = flagTable({
  FLT_PORT_CONNECT: [0x1, "Connect to it"],
});
export const { FLT_PORT_CONNECT } = filterPortRights.bit;

export const FLT_PORT_ALL_ACCESS = 0x1f0001;

export const sessionRights = flagTable({
  SESSION_QUERY_ACCESS: [0x1, "Ask about it"],
  SESSION_MODIFY_ACCESS: [0x2, "Change it"],
});
export const { SESSION_QUERY_ACCESS, SESSION_MODIFY_ACCESS } = sessionRights.bit;

export const SESSION_ALL_ACCESS = 0xf0003;

export const partitionRights = flagTable({
  MEMORY_PARTITION_QUERY_ACCESS: [0x1, "Ask about it"],
  MEMORY_PARTITION_MODIFY_ACCESS: [0x2, "Change it"],
});
export const { MEMORY_PARTITION_QUERY_ACCESS, MEMORY_PARTITION_MODIFY_ACCESS } = partitionRights.bit;

export const MEMORY_PARTITION_ALL_ACCESS = 0x1f0003;

export const transactionRights = flagTable({
  TRANSACTION_QUERY_INFORMATION: [0x1, "Ask about it"],
  TRANSACTION_SET_INFORMATION: [0x2, "Change it"],
  TRANSACTION_ENLIST: [0x4, "Enlist in it"],
  TRANSACTION_COMMIT: [0x8, "Commit it"],
  TRANSACTION_ROLLBACK: [0x10, "Roll it back"],
  TRANSACTION_PROPAGATE: [0x20, "Propagate it"],
});
export const {
  TRANSACTION_QUERY_INFORMATION,
  TRANSACTION_SET_INFORMATION,
  TRANSACTION_ENLIST,
  TRANSACTION_COMMIT,
  TRANSACTION_ROLLBACK,
  TRANSACTION_PROPAGATE,
} = transactionRights.bit;

export const TRANSACTION_ALL_ACCESS = 0x1f003f;

export const transactionManagerRights = flagTable({
  TRANSACTIONMANAGER_QUERY_INFORMATION: [0x1, "Ask about it"],
  TRANSACTIONMANAGER_SET_INFORMATION: [0x2, "Change it"],
  TRANSACTIONMANAGER_RECOVER: [0x4, "Recover it"],
  TRANSACTIONMANAGER_RENAME: [0x8, "Rename it"],
  TRANSACTIONMANAGER_CREATE_RM: [0x10, "Create resource managers"],
  TRANSACTIONMANAGER_BIND_TRANSACTION: [0x20, "Bind a transaction"],
});
export const {
  TRANSACTIONMANAGER_QUERY_INFORMATION,
  TRANSACTIONMANAGER_SET_INFORMATION,
  TRANSACTIONMANAGER_RECOVER,
  TRANSACTIONMANAGER_RENAME,
  TRANSACTIONMANAGER_CREATE_RM,
  TRANSACTIONMANAGER_BIND_TRANSACTION,
} = transactionManagerRights.bit;

export const TRANSACTIONMANAGER_ALL_ACCESS = 0xf003f;

export const resourceManagerRights = flagTable({
  RESOURCEMANAGER_QUERY_INFORMATION: [0x1, "Ask about it"],
  RESOURCEMANAGER_SET_INFORMATION: [0x2, "Change it"],
  RESOURCEMANAGER_RECOVER: [0x4, "Recover it"],
  RESOURCEMANAGER_ENLIST: [0x8, "Enlist in transactions"],
  RESOURCEMANAGER_GET_NOTIFICATION: [0x10, "Take notifications"],
  RESOURCEMANAGER_REGISTER_PROTOCOL: [0x20, "Register a protocol"],
  RESOURCEMANAGER_COMPLETE_PROPAGATION: [0x40, "Finish a propagation"],
});
export const {
  RESOURCEMANAGER_QUERY_INFORMATION,
  RESOURCEMANAGER_SET_INFORMATION,
  RESOURCEMANAGER_RECOVER,
  RESOURCEMANAGER_ENLIST,
  RESOURCEMANAGER_GET_NOTIFICATION,
  RESOURCEMANAGER_REGISTER_PROTOCOL,
  RESOURCEMANAGER_COMPLETE_PROPAGATION,
} = resourceManagerRights.bit;

export const RESOURCEMANAGER_ALL_ACCESS = 0x1f007f;

export const enlistmentRights = flagTable({
  ENLISTMENT_QUERY_INFORMATION: [0x1, "Ask about it"],
  ENLISTMENT_SET_INFORMATION: [0x2, "Change it"],
  ENLISTMENT_RECOVER: [0x4, "Recover it"],
  ENLISTMENT_SUBORDINATE_RIGHTS: [0x8, "Act as a subordinate"],
  ENLISTMENT_SUPERIOR_RIGHTS: [0x10, "Act as a superior"],
});
export const {
  ENLISTMENT_QUERY_INFORMATION,
  ENLISTMENT_SET_INFORMATION,
  ENLISTMENT_RECOVER,
  ENLISTMENT_SUBORDINATE_RIGHTS,
  ENLISTMENT_SUPERIOR_RIGHTS,
} = enlistmentRights.bit;

export const ENLISTMENT_ALL_ACCESS = 0xf001f;

function rightsOf(
  rights: FlagTable,
  allAccess: string,
  [read, write, execute, all]: readonly [number, number, number, number],
  validAccess = all,
): ObjectRights {
  return { rights, allAccess, mapping: { read, write, execute, all }, validAccess };
}

const file = rightsOf(fileRights, "FILE_ALL_ACCESS", [0x120089, 0x120116, 0x1200a0, FILE_ALL_ACCESS]);

/** By the name of the type in \\ObjectTypes. What the I/O manager owns has the rights of files. */
export const objectRights: Readonly<Record<string, ObjectRights>> = {
  Type: rightsOf(typeRights, "OBJECT_TYPE_ALL_ACCESS", [0x20000, 0x20000, 0x20000, OBJECT_TYPE_ALL_ACCESS], 0x1f0001),
  Directory: rightsOf(directoryRights, "DIRECTORY_ALL_ACCESS", [0x20003, 0x2000c, 0x20003, DIRECTORY_ALL_ACCESS]),
  SymbolicLink: rightsOf(symbolicLinkRights, "SYMBOLIC_LINK_ALL_ACCESS", [
    0x20001,
    0x20000,
    0x20001,
    SYMBOLIC_LINK_ALL_ACCESS,
  ]),
  Event: rightsOf(eventRights, "EVENT_ALL_ACCESS", [0x20001, 0x20002, 0x120000, EVENT_ALL_ACCESS]),
  KeyedEvent: rightsOf(
    keyedEventRights,
    "KEYEDEVENT_ALL_ACCESS",
    [0x20001, 0x20002, 0x20000, KEYEDEVENT_ALL_ACCESS],
    0x1f0003,
  ),
  Mutant: rightsOf(mutantRights, "MUTANT_ALL_ACCESS", [0x20001, 0x20000, 0x120000, MUTANT_ALL_ACCESS]),
  Semaphore: rightsOf(semaphoreRights, "SEMAPHORE_ALL_ACCESS", [0x20001, 0x20002, 0x120000, SEMAPHORE_ALL_ACCESS]),
  Timer: rightsOf(timerRights, "TIMER_ALL_ACCESS", [0x20001, 0x20002, 0x120000, TIMER_ALL_ACCESS]),
  Profile: rightsOf(profileRights, "PROFILE_ALL_ACCESS", [0x20001, 0x20001, 0x20001, PROFILE_ALL_ACCESS]),
  Callback: rightsOf(callbackRights, "CALLBACK_ALL_ACCESS", [0x20000, 0x20001, 0x120000, CALLBACK_ALL_ACCESS]),
  Section: rightsOf(sectionRights, "SECTION_ALL_ACCESS", [0x20005, 0x20002, 0x20008, SECTION_ALL_ACCESS], 0x1f001f),
  Key: rightsOf(keyRights, "KEY_ALL_ACCESS", [0x20019, 0x20006, 0x20039, KEY_ALL_ACCESS], 0x1f003f),
  Process: rightsOf(processRights, "PROCESS_ALL_ACCESS", [0x20410, 0x20bea, 0x121001, PROCESS_ALL_ACCESS]),
  Thread: rightsOf(threadRights, "THREAD_ALL_ACCESS", [0x20048, 0x20437, 0x121800, THREAD_ALL_ACCESS]),
  Token: rightsOf(tokenRights, "TOKEN_ALL_ACCESS", [0x2001a, 0x201e0, 0x20005, TOKEN_ALL_ACCESS], 0x1f01ff),
  Job: rightsOf(jobRights, "JOB_OBJECT_ALL_ACCESS", [0x20004, 0x2000b, 0x120000, JOB_OBJECT_ALL_ACCESS]),
  IoCompletion: rightsOf(ioCompletionRights, "IO_COMPLETION_ALL_ACCESS", [
    0x20001,
    0x20002,
    0x120000,
    IO_COMPLETION_ALL_ACCESS,
  ]),
  DebugObject: rightsOf(debugObjectRights, "DEBUG_ALL_ACCESS", [0x20001, 0x20002, 0x120000, DEBUG_ALL_ACCESS]),
  File: file,
  Device: file,
  Driver: file,
  Controller: file,
  Adapter: file,
  WindowStation: rightsOf(windowStationRights, "WINSTA_ALL_ACCESS", [0x20303, 0x2001c, 0x20060, WINSTA_ALL_ACCESS]),
  Desktop: rightsOf(desktopRights, "DESKTOP_ALL_ACCESS", [0x20041, 0x200be, 0x20100, DESKTOP_ALL_ACCESS]),
  "ALPC Port": rightsOf(portRights, "PORT_ALL_ACCESS", [0x20001, 0x10001, 0, PORT_ALL_ACCESS]),
  FilterConnectionPort: rightsOf(filterPortRights, "FLT_PORT_ALL_ACCESS", [0x20001, 0x10001, 0, FLT_PORT_ALL_ACCESS]),
  FilterCommunicationPort: rightsOf(filterPortRights, "FLT_PORT_ALL_ACCESS", [
    0x20001,
    0x10001,
    0,
    FLT_PORT_ALL_ACCESS,
  ]),
  Session: rightsOf(sessionRights, "SESSION_ALL_ACCESS", [0x20001, 0x20002, 0x20000, SESSION_ALL_ACCESS]),
  Partition: rightsOf(partitionRights, "MEMORY_PARTITION_ALL_ACCESS", [
    0x20001,
    0x20002,
    0x120000,
    MEMORY_PARTITION_ALL_ACCESS,
  ]),
  TmTx: rightsOf(transactionRights, "TRANSACTION_ALL_ACCESS", [0x120001, 0x12003e, 0x120018, TRANSACTION_ALL_ACCESS]),
  TmTm: rightsOf(transactionManagerRights, "TRANSACTIONMANAGER_ALL_ACCESS", [
    0x20001,
    0x2001e,
    0x20000,
    TRANSACTIONMANAGER_ALL_ACCESS,
  ]),
  TmRm: rightsOf(resourceManagerRights, "RESOURCEMANAGER_ALL_ACCESS", [
    0x120001,
    0x12007e,
    0x12005c,
    RESOURCEMANAGER_ALL_ACCESS,
  ]),
  TmEn: rightsOf(enlistmentRights, "ENLISTMENT_ALL_ACCESS", [0x20001, 0x2001e, 0x2001c, ENLISTMENT_ALL_ACCESS]),
};
