/**
 * The object manager's own structures: what lies before an object's body, types, directories and links.
 * They are not in the WDK; the layouts are those of the public symbols of 64-bit Windows 10, as `dt nt!...` prints.
 */
import { flagTable } from "../flags";
import { objectAttributes } from "../objectAttributes";
import { objectHeaderFlags, objectHeaderInfoMask } from "../objectHeaderFlags";
import { poolTypes } from "../poolTypes";
import { structure } from "../structure";
import { LIST_ENTRY } from "./lists";
import { UNICODE_STRING } from "./strings";

const SYMBOLS = "public symbols of Windows 10 x64";

export const OBJECT_HEADER = structure(
  "OBJECT_HEADER",
  0x38,
  {
    PointerCount: [0x0, "i64", "references, handles included"],
    HandleCount: [0x8, "i64", "open handles"],
    NextToFree: [0x8, "pointer", "next object that waits to be deleted, once HandleCount is of no use"],
    Lock: [0x10, "u64", "push lock"],
    TypeIndex: [0x18, "u8", "index into ObTypeIndexTable; Windows 10 XORs it with a cookie and the address"],
    TraceFlags: [0x19, "u8", "object reference tracing"],
    InfoMask: [0x1a, "u8", "which optional headers lie before this one", objectHeaderInfoMask],
    Flags: [0x1b, "u8", "attributes of the object", objectHeaderFlags],
    ObjectCreateInfo: [0x20, "pointer", "creation parameters, until the object is inserted"],
    QuotaBlockCharged: [0x20, "pointer", "quota block, once the object is inserted"],
    SecurityDescriptor: [0x28, "pointer", "with a fast reference count in the low 4 bits"],
    Body: [0x30, "u64", "where the object itself begins"],
  },
  SYMBOLS,
);

export const OBJECT_HEADER_CREATOR_INFO = structure(
  "OBJECT_HEADER_CREATOR_INFO",
  0x20,
  {
    TypeList: [0x0, LIST_ENTRY, "all objects of the type, when the type keeps a list"],
    CreatorUniqueProcess: [0x10, "pointer", "process id of the creator"],
    CreatorBackTraceIndex: [0x18, "u16", "stack trace of the creator"],
    Reserved1: [0x1a, "u16", "unused"],
    Reserved2: [0x1c, "u32", "unused"],
  },
  SYMBOLS,
);

export const OBJECT_HEADER_NAME_INFO = structure(
  "OBJECT_HEADER_NAME_INFO",
  0x20,
  {
    Directory: [0x0, "pointer", "directory object that holds the name, or NULL"],
    Name: [0x8, UNICODE_STRING, "name within the directory"],
    ReferenceCount: [0x18, "i32", "references to the name; the lowest bits protect it from other sessions"],
    Reserved: [0x1c, "u32", "unused"],
  },
  SYMBOLS,
);

export const OBJECT_HANDLE_COUNT_ENTRY = structure(
  "OBJECT_HANDLE_COUNT_ENTRY",
  0x10,
  {
    Process: [0x0, "pointer", "process that has handles"],
    HandleCount: [0x8, "u32", "its handles (24 bits) and a lock count (8 bits)"],
  },
  SYMBOLS,
);

export const OBJECT_HEADER_HANDLE_INFO = structure(
  "OBJECT_HEADER_HANDLE_INFO",
  0x10,
  {
    HandleCountDataBase: [0x0, "pointer", "list of processes with handles"],
    SingleEntry: [0x0, OBJECT_HANDLE_COUNT_ENTRY, "the only process, with OB_FLAG_SINGLE_HANDLE_ENTRY"],
  },
  SYMBOLS,
);

export const OBJECT_HEADER_QUOTA_INFO = structure(
  "OBJECT_HEADER_QUOTA_INFO",
  0x20,
  {
    PagedPoolCharge: [0x0, "u32", "bytes of paged pool charged for each handle"],
    NonPagedPoolCharge: [0x4, "u32", "bytes of non-paged pool charged for each handle"],
    SecurityDescriptorCharge: [0x8, "u32", "bytes charged for the security descriptor"],
    Reserved1: [0xc, "u32", "unused"],
    SecurityDescriptorQuotaBlock: [0x10, "pointer", "quota block that pays for the descriptor"],
    Reserved2: [0x18, "u64", "unused"],
  },
  SYMBOLS,
);

export const OBJECT_HEADER_PROCESS_INFO = structure(
  "OBJECT_HEADER_PROCESS_INFO",
  0x10,
  {
    ExclusiveProcess: [0x0, "pointer", "the process that may open an exclusive object"],
    Reserved: [0x8, "u64", "unused"],
  },
  SYMBOLS,
);

export const GENERIC_MAPPING = structure("GENERIC_MAPPING", 0x10, {
  GenericRead: [0x0, "u32", "rights that GENERIC_READ stands for"],
  GenericWrite: [0x4, "u32", "rights that GENERIC_WRITE stands for"],
  GenericExecute: [0x8, "u32", "rights that GENERIC_EXECUTE stands for"],
  GenericAll: [0xc, "u32", "rights that GENERIC_ALL stands for"],
});

export const objectTypeFlags = flagTable({
  CaseInsensitive: [0x1, "names of this type are matched without case"],
  UnnamedObjectsOnly: [0x2, "objects can't have names"],
  UseDefaultObject: [0x4, "waits use the type's default object"],
  SecurityRequired: [0x8, "unnamed objects carry a security descriptor too"],
  MaintainHandleCount: [0x10, "handles are counted for each process"],
  MaintainTypeList: [0x20, "all objects are kept in a list"],
  SupportsObjectCallbacks: [0x40, "ObRegisterCallbacks works"],
  CacheAligned: [0x80, "objects are aligned to cache lines"],
});

export const OBJECT_TYPE_INITIALIZER = structure(
  "OBJECT_TYPE_INITIALIZER",
  0x78,
  {
    Length: [0x0, "u16", "0x78"],
    ObjectTypeFlags: [0x2, "u8", "properties of the type", objectTypeFlags],
    ObjectTypeCode: [0x4, "u32", "code for Driver Verifier"],
    InvalidAttributes: [0x8, "u32", "OBJ_ attributes that are refused", objectAttributes],
    GenericMapping: [0xc, GENERIC_MAPPING, "what generic rights stand for"],
    ValidAccessMask: [0x1c, "u32", "every right that a handle can have"],
    RetainAccess: [0x20, "u32", "rights that a lowbox token may keep"],
    PoolType: [0x24, "u32", "where objects are allocated", poolTypes],
    DefaultPagedPoolCharge: [0x28, "u32", "bytes of paged pool charged"],
    DefaultNonPagedPoolCharge: [0x2c, "u32", "bytes of non-paged pool charged"],
    DumpProcedure: [0x30, "pointer", "for the debugger"],
    OpenProcedure: [0x38, "pointer", "called for each new handle"],
    CloseProcedure: [0x40, "pointer", "called for each closed handle"],
    DeleteProcedure: [0x48, "pointer", "called when the last reference is gone"],
    ParseProcedure: [0x50, "pointer", "takes over name lookup below the object"],
    SecurityProcedure: [0x58, "pointer", "reads and writes the security descriptor"],
    QueryNameProcedure: [0x60, "pointer", "answers the object's name"],
    OkayToCloseProcedure: [0x68, "pointer", "may refuse that a handle is closed"],
    WaitObjectFlagMask: [0x70, "u32", "which bit says that the object can be waited for"],
    WaitObjectFlagOffset: [0x74, "u16", "where that bit is"],
    WaitObjectPointerOffset: [0x76, "u16", "where the pointer to the dispatcher object is"],
  },
  SYMBOLS,
);

export const OBJECT_TYPE = structure(
  "OBJECT_TYPE",
  0xd8,
  {
    TypeList: [0x0, LIST_ENTRY, "all objects of the type, with MaintainTypeList"],
    Name: [0x10, UNICODE_STRING, "for example Directory"],
    DefaultObject: [0x20, "pointer", "what waits use for objects that aren't dispatcher objects"],
    Index: [0x28, "u8", "index into ObTypeIndexTable"],
    TotalNumberOfObjects: [0x2c, "u32", "objects now"],
    TotalNumberOfHandles: [0x30, "u32", "handles now"],
    HighWaterNumberOfObjects: [0x34, "u32", "most objects since boot"],
    HighWaterNumberOfHandles: [0x38, "u32", "most handles since boot"],
    TypeInfo: [0x40, OBJECT_TYPE_INITIALIZER, "how the type behaves"],
    TypeLock: [0xb8, "u64", "push lock"],
    Key: [0xc0, "u32", "pool tag of its objects"],
    CallbackList: [0xc8, LIST_ENTRY, "registrations of ObRegisterCallbacks"],
  },
  SYMBOLS,
);

/** Names in a directory are spread over this many chains, in NT since its first version. */
export const NUMBER_HASH_BUCKETS = 37;

export const OBJECT_DIRECTORY = structure(
  "OBJECT_DIRECTORY",
  0x158,
  {
    HashBuckets: [0x0, ["pointer", NUMBER_HASH_BUCKETS], "chains of OBJECT_DIRECTORY_ENTRY by hash of the name"],
    Lock: [0x128, "u64", "push lock"],
    DeviceMap: [0x130, "pointer", "device map whose DOS device directory this is"],
    ShadowDirectory: [0x138, "pointer", "directory searched when a name is not found here"],
    NamespaceEntry: [0x140, "pointer", "private namespace whose root this is"],
    SessionObject: [0x148, "pointer", "session it belongs to"],
    Flags: [0x150, "u32", "properties of the directory"],
    SessionId: [0x154, "u32", "session, or 0xFFFFFFFF"],
  },
  SYMBOLS,
);

export const OBJECT_DIRECTORY_ENTRY = structure(
  "OBJECT_DIRECTORY_ENTRY",
  0x18,
  {
    ChainLink: [0x0, "pointer", "next entry of the bucket"],
    Object: [0x8, "pointer", "body of the object"],
    HashValue: [0x10, "u32", "hash of the name, before it is reduced to a bucket"],
  },
  SYMBOLS,
);

export const OBJECT_SYMBOLIC_LINK = structure(
  "OBJECT_SYMBOLIC_LINK",
  0x28,
  {
    CreationTime: [0x0, "i64", "100 ns since 1601, UTC"],
    LinkTarget: [0x8, UNICODE_STRING, "path that replaces the link's name; not checked"],
    DosDeviceDriveIndex: [0x18, "u32", "1 for A:, 26 for Z:, 0 for no drive"],
    Flags: [0x1c, "u32", "properties of the link"],
    AccessMask: [0x20, "u32", "rights for which the link is followed"],
  },
  SYMBOLS,
);
