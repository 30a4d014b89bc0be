/**
 * What the native query calls answer (winternl.h, ntifs.h and, where those are silent, the names and layouts of
 * phnt). Used for the answers of a real Windows, and by the model for its own.
 */

import { deviceCharacteristics } from "../deviceCharacteristics";
import { deviceTypes } from "../deviceTypes";
import { valueTable } from "../flags";
import { objectAttributes } from "../objectAttributes";
import { poolTypes } from "../poolTypes";
import { structure } from "../structure";
import { GENERIC_MAPPING } from "./objectManager";
import { UNICODE_STRING } from "./strings";

export const OBJECT_DIRECTORY_INFORMATION = structure("OBJECT_DIRECTORY_INFORMATION", 0x20, {
  Name: [0x0, UNICODE_STRING, "name in the directory; all of the last entry is zero"],
  TypeName: [0x10, UNICODE_STRING, "type of the object"],
});

export const OBJECT_BASIC_INFORMATION = structure("OBJECT_BASIC_INFORMATION", 0x38, {
  Attributes: [0x0, "u32", "OBJ_ attributes", objectAttributes],
  GrantedAccess: [0x4, "u32", "rights of the handle"],
  HandleCount: [0x8, "u32", "handles, the asking one included"],
  PointerCount: [0xc, "u32", "references; since Windows 8 with some in reserve"],
  PagedPoolCharge: [0x10, "u32", "bytes"],
  NonPagedPoolCharge: [0x14, "u32", "bytes"],
  Reserved: [0x18, ["u32", 3], "unused"],
  NameInfoSize: [0x24, "u32", "bytes that the name needs"],
  TypeInfoSize: [0x28, "u32", "bytes that the type information needs"],
  SecurityDescriptorSize: [0x2c, "u32", "bytes; 0 without READ_CONTROL"],
  CreationTime: [0x30, "i64", "of symbolic links only; 100 ns since 1601, UTC"],
});

export const OBJECT_NAME_INFORMATION = structure("OBJECT_NAME_INFORMATION", 0x10, {
  Name: [0x0, UNICODE_STRING, "full path; all zero for an unnamed object"],
});

export const OBJECT_TYPE_INFORMATION = structure("OBJECT_TYPE_INFORMATION", 0x68, {
  TypeName: [0x0, UNICODE_STRING, "name of the type"],
  TotalNumberOfObjects: [0x10, "u32", "objects now"],
  TotalNumberOfHandles: [0x14, "u32", "handles now"],
  TotalPagedPoolUsage: [0x18, "u32", "unused"],
  TotalNonPagedPoolUsage: [0x1c, "u32", "unused"],
  TotalNamePoolUsage: [0x20, "u32", "unused"],
  TotalHandleTableUsage: [0x24, "u32", "unused"],
  HighWaterNumberOfObjects: [0x28, "u32", "most objects since boot"],
  HighWaterNumberOfHandles: [0x2c, "u32", "most handles since boot"],
  InvalidAttributes: [0x40, "u32", "OBJ_ attributes that are refused", objectAttributes],
  GenericMapping: [0x44, GENERIC_MAPPING, "what generic rights stand for"],
  ValidAccessMask: [0x54, "u32", "every right that a handle can have"],
  SecurityRequired: [0x58, "u8", "unnamed objects carry security too"],
  MaintainHandleCount: [0x59, "u8", "handles are counted for each process"],
  TypeIndex: [0x5a, "u8", "index of the type, since Windows 8.1"],
  PoolType: [0x5c, "u32", "where objects are allocated", poolTypes],
  DefaultPagedPoolCharge: [0x60, "u32", "bytes"],
  DefaultNonPagedPoolCharge: [0x64, "u32", "bytes"],
});

export const OBJECT_TYPES_INFORMATION = structure("OBJECT_TYPES_INFORMATION", 0x8, {
  NumberOfTypes: [0x0, "u32", "OBJECT_TYPE_INFORMATIONs; the first is at 8"],
});

export const OBJECT_HANDLE_FLAG_INFORMATION = structure("OBJECT_HANDLE_FLAG_INFORMATION", 0x2, {
  Inherit: [0x0, "u8", "child processes inherit the handle"],
  ProtectFromClose: [0x1, "u8", "the handle can't be closed"],
});

export const SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX = structure("SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX", 0x28, {
  Object: [0x0, "pointer", "address; 0 since Windows 11 24H2 without the debug privilege"],
  UniqueProcessId: [0x8, "pointer", "process id"],
  HandleValue: [0x10, "pointer", "handle"],
  GrantedAccess: [0x18, "u32", "rights"],
  CreatorBackTraceIndex: [0x1c, "u16", "stack trace"],
  ObjectTypeIndex: [0x1e, "u16", "index of the type"],
  HandleAttributes: [0x20, "u32", "OBJ_ attributes", objectAttributes],
  Reserved: [0x24, "u32", "unused"],
});

export const SYSTEM_HANDLE_INFORMATION_EX = structure("SYSTEM_HANDLE_INFORMATION_EX", 0x10, {
  NumberOfHandles: [0x0, "u64", "entries that follow"],
  Reserved: [0x8, "u64", "unused"],
});

/** Its threads follow it, and somewhere behind them the text of the name. */
export const SYSTEM_PROCESS_INFORMATION = structure("SYSTEM_PROCESS_INFORMATION", 0x100, {
  NextEntryOffset: [0x0, "u32", "bytes to the next process; 0 for the last"],
  NumberOfThreads: [0x4, "u32", "threads that follow"],
  CreateTime: [0x20, "i64", "100 ns since 1601, UTC"],
  ImageName: [0x38, UNICODE_STRING, "file name; empty for the idle process"],
  UniqueProcessId: [0x50, "pointer", "process id"],
  InheritedFromUniqueProcessId: [0x58, "pointer", "who started it"],
  HandleCount: [0x60, "u32", "open handles"],
  SessionId: [0x64, "u32", "session"],
});

export const RTL_PROCESS_MODULE_INFORMATION = structure("RTL_PROCESS_MODULE_INFORMATION", 0x128, {
  Section: [0x0, "pointer", "section handle"],
  MappedBase: [0x8, "pointer", "mapping"],
  ImageBase: [0x10, "pointer", "base of the image"],
  ImageSize: [0x18, "u32", "bytes"],
  Flags: [0x1c, "u32", "LDRP_ flags"],
  LoadOrderIndex: [0x20, "u16", "place in load order"],
  InitOrderIndex: [0x22, "u16", "place in initialization order"],
  LoadCount: [0x24, "u16", "references"],
  OffsetToFileName: [0x26, "u16", "where the file's name begins in the path"],
  FullPathName: [0x28, ["u8", 256], "path in ANSI"],
});

export const RTL_PROCESS_MODULES = structure("RTL_PROCESS_MODULES", 0x8, {
  NumberOfModules: [0x0, "u32", "entries; the first is at 8"],
});

/** EVENT_TYPE, and with the same numbers TIMER_TYPE. */
export const eventTypes = valueTable({
  NotificationEvent: [0, "stays set until it is reset"],
  SynchronizationEvent: [1, "releases one waiter"],
});

export const EVENT_BASIC_INFORMATION = structure("EVENT_BASIC_INFORMATION", 0x8, {
  EventType: [0x0, "u32", "kind of event", eventTypes],
  EventState: [0x4, "i32", "1 when set"],
});

export const MUTANT_BASIC_INFORMATION = structure("MUTANT_BASIC_INFORMATION", 0x8, {
  CurrentCount: [0x0, "i32", "1 when free, less by one for each acquisition"],
  OwnedByCaller: [0x4, "u8", "the calling thread holds it"],
  AbandonedState: [0x5, "u8", "its owner ended without releasing it"],
});

export const SEMAPHORE_BASIC_INFORMATION = structure("SEMAPHORE_BASIC_INFORMATION", 0x8, {
  CurrentCount: [0x0, "i32", "count"],
  MaximumCount: [0x4, "i32", "greatest count"],
});

export const TIMER_BASIC_INFORMATION = structure("TIMER_BASIC_INFORMATION", 0x10, {
  RemainingTime: [0x0, "i64", "100 ns"],
  TimerState: [0x8, "u8", "1 when due"],
});

export const IO_COMPLETION_BASIC_INFORMATION = structure("IO_COMPLETION_BASIC_INFORMATION", 0x4, {
  Depth: [0x0, "i32", "packets that wait"],
});

export const SECTION_BASIC_INFORMATION = structure("SECTION_BASIC_INFORMATION", 0x18, {
  BaseAddress: [0x0, "pointer", "of a based section"],
  AllocationAttributes: [0x8, "u32", "SEC_ flags"],
  MaximumSize: [0x10, "i64", "bytes"],
});

export const SECTION_IMAGE_INFORMATION = structure("SECTION_IMAGE_INFORMATION", 0x40, {
  TransferAddress: [0x0, "pointer", "entry point"],
  ZeroBits: [0x8, "u32", "of the stack's address"],
  MaximumStackSize: [0x10, "u64", "bytes"],
  CommittedStackSize: [0x18, "u64", "bytes"],
  SubSystemType: [0x20, "u32", "1 native, 2 windows, 3 console"],
  SubSystemMinorVersion: [0x24, "u16", "needed version"],
  SubSystemMajorVersion: [0x26, "u16", "needed version"],
  ImageCharacteristics: [0x2c, "u16", "IMAGE_FILE_ flags"],
  DllCharacteristics: [0x2e, "u16", "IMAGE_DLLCHARACTERISTICS_ flags"],
  Machine: [0x30, "u16", "0x8664 for x64"],
  ImageContainsCode: [0x32, "u8", "there is code"],
  ImageFlags: [0x33, "u8", "how it was loaded"],
  LoaderFlags: [0x34, "u32", "of the header"],
  ImageFileSize: [0x38, "u32", "bytes"],
  CheckSum: [0x3c, "u32", "of the header"],
});

export const KEY_FULL_INFORMATION = structure("KEY_FULL_INFORMATION", 0x30, {
  LastWriteTime: [0x0, "i64", "100 ns since 1601, UTC"],
  TitleIndex: [0x8, "u32", "0"],
  ClassOffset: [0xc, "u32", "where the class name begins"],
  ClassLength: [0x10, "u32", "bytes of it"],
  SubKeys: [0x14, "u32", "subkeys"],
  MaxNameLength: [0x18, "u32", "bytes of the longest subkey name"],
  MaxClassLength: [0x1c, "u32", "bytes of the longest class name"],
  Values: [0x20, "u32", "values"],
  MaxValueNameLength: [0x24, "u32", "bytes of the longest value name"],
  MaxValueDataLength: [0x28, "u32", "bytes of the longest value"],
  Class: [0x2c, "wchar", "first character of the class name"],
});

export const JOBOBJECT_BASIC_ACCOUNTING_INFORMATION = structure("JOBOBJECT_BASIC_ACCOUNTING_INFORMATION", 0x30, {
  TotalUserTime: [0x0, "i64", "100 ns"],
  TotalKernelTime: [0x8, "i64", "100 ns"],
  ThisPeriodTotalUserTime: [0x10, "i64", "100 ns"],
  ThisPeriodTotalKernelTime: [0x18, "i64", "100 ns"],
  TotalPageFaultCount: [0x20, "u32", "page faults"],
  TotalProcesses: [0x24, "u32", "processes that were ever in it"],
  ActiveProcesses: [0x28, "u32", "processes now"],
  TotalTerminatedProcesses: [0x2c, "u32", "processes ended by a limit"],
});

export const ALPC_BASIC_INFORMATION = structure("ALPC_BASIC_INFORMATION", 0x10, {
  Flags: [0x0, "u32", "of the port"],
  SequenceNo: [0x4, "u32", "messages so far"],
  PortContext: [0x8, "pointer", "the owner's number for it"],
});

export const FILE_FS_DEVICE_INFORMATION = structure("FILE_FS_DEVICE_INFORMATION", 0x8, {
  DeviceType: [0x0, "u32", "FILE_DEVICE_ code", deviceTypes],
  Characteristics: [0x4, "u32", "what the device is like", deviceCharacteristics],
});

export const FILE_BASIC_INFORMATION = structure("FILE_BASIC_INFORMATION", 0x28, {
  CreationTime: [0x0, "i64", "100 ns since 1601, UTC"],
  LastAccessTime: [0x8, "i64", "100 ns since 1601, UTC"],
  LastWriteTime: [0x10, "i64", "100 ns since 1601, UTC"],
  ChangeTime: [0x18, "i64", "100 ns since 1601, UTC"],
  FileAttributes: [0x20, "u32", "FILE_ATTRIBUTE_ flags"],
});

export const FILE_STANDARD_INFORMATION = structure("FILE_STANDARD_INFORMATION", 0x18, {
  AllocationSize: [0x0, "i64", "bytes on the medium"],
  EndOfFile: [0x8, "i64", "bytes of data"],
  NumberOfLinks: [0x10, "u32", "hard links"],
  DeletePending: [0x14, "u8", "is to be deleted"],
  Directory: [0x15, "u8", "is a directory"],
});

export const FILE_NAME_INFORMATION = structure("FILE_NAME_INFORMATION", 0x8, {
  FileNameLength: [0x0, "u32", "bytes of the name"],
  FileName: [0x4, "wchar", "first character of the name"],
});
