/** FILE_OBJECT: one open of a device (wdm.h). */
import { fileObjectFlags } from "../fileObjectFlags";
import { ioTypes } from "../ioTypes";
import { structure } from "../structure";
import { KEVENT } from "./dispatcher";
import { LIST_ENTRY } from "./lists";
import { UNICODE_STRING } from "./strings";

export const FILE_OBJECT = structure("FILE_OBJECT", 0xd8, {
  Type: [0x0, "i16", "IO_TYPE_FILE", ioTypes],
  Size: [0x2, "i16", "0xd8"],
  DeviceObject: [0x8, "pointer", "device that was named"],
  Vpb: [0x10, "pointer", "volume parameter block, or NULL"],
  FsContext: [0x18, "pointer", "the driver's data for the file"],
  FsContext2: [0x20, "pointer", "the driver's data for this open"],
  SectionObjectPointer: [0x28, "pointer", "SECTION_OBJECT_POINTERS of a cached file"],
  PrivateCacheMap: [0x30, "pointer", "cache state of this open"],
  FinalStatus: [0x38, "u32", "NTSTATUS of the last request in some cases"],
  RelatedFileObject: [0x40, "pointer", "file that the name was relative to, during create"],
  LockOperation: [0x48, "u8", "byte ranges have been locked"],
  DeletePending: [0x49, "u8", "is to be deleted"],
  ReadAccess: [0x4a, "u8", "opened for reading"],
  WriteAccess: [0x4b, "u8", "opened for writing"],
  DeleteAccess: [0x4c, "u8", "opened for deleting"],
  SharedRead: [0x4d, "u8", "others may read"],
  SharedWrite: [0x4e, "u8", "others may write"],
  SharedDelete: [0x4f, "u8", "others may delete"],
  Flags: [0x50, "u32", "how it was opened, and what happened since", fileObjectFlags],
  FileName: [0x58, UNICODE_STRING, "what followed the device's name"],
  CurrentByteOffset: [0x68, "i64", "position of a synchronous file"],
  Waiters: [0x70, "u32", "threads that wait for the lock"],
  Busy: [0x74, "u32", "the lock is held"],
  LastLock: [0x78, "pointer", "last byte-range lock"],
  Lock: [0x80, KEVENT, "serializes requests of a synchronous file"],
  Event: [0x98, KEVENT, "set when a request ends"],
  CompletionContext: [0xb0, "pointer", "IO_COMPLETION_CONTEXT, or NULL"],
  IrpListLock: [0xb8, "u64", "spin lock of IrpList"],
  IrpList: [0xc0, LIST_ENTRY, "IRPs that belong to the file, not to a thread"],
  FileObjectExtension: [0xd0, "pointer", "extensions of filters"],
});

export const SECTION_OBJECT_POINTERS = structure("SECTION_OBJECT_POINTERS", 0x18, {
  DataSectionObject: [0x0, "pointer", "control area of the file mapped as data"],
  SharedCacheMap: [0x8, "pointer", "of the cache manager"],
  ImageSectionObject: [0x10, "pointer", "control area of the file mapped as image"],
});

export const IO_COMPLETION_CONTEXT = structure("IO_COMPLETION_CONTEXT", 0x10, {
  Port: [0x0, "pointer", "completion port"],
  Key: [0x8, "pointer", "key given with the port"],
});
