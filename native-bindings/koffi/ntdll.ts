/**
 * The system calls NtScope makes (winternl.h, ntifs.h, phnt). All answer an NTSTATUS as a signed 32-bit number. Handles
 * come back in a buffer of 8 bytes and go in as bigints.
 */
import { nativeFunction } from "./library";

const nt = (prototype: string) => nativeFunction("ntdll.dll", `int32 ${prototype}`);

export const NtClose = nt("NtClose(uint64 Handle)");

export const NtOpenDirectoryObject = nt("NtOpenDirectoryObject(void *Handle, uint32 Access, void *Attributes)");
export const NtQueryDirectoryObject = nt(
  "NtQueryDirectoryObject(uint64 Handle, void *Buffer, uint32 Length, uint8 Single, uint8 Restart, void *Context, void *Returned)",
);
export const NtOpenSymbolicLinkObject = nt("NtOpenSymbolicLinkObject(void *Handle, uint32 Access, void *Attributes)");
export const NtQuerySymbolicLinkObject = nt(
  "NtQuerySymbolicLinkObject(uint64 Handle, void *Target, void *ReturnedLength)",
);
export const NtQueryObject = nt(
  "NtQueryObject(uint64 Handle, uint32 Class, void *Buffer, uint32 Length, void *Returned)",
);
export const NtQuerySecurityObject = nt(
  "NtQuerySecurityObject(uint64 Handle, uint32 Information, void *Descriptor, uint32 Length, void *Needed)",
);

export const NtOpenEvent = nt("NtOpenEvent(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenMutant = nt("NtOpenMutant(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenSemaphore = nt("NtOpenSemaphore(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenTimer = nt("NtOpenTimer(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenSection = nt("NtOpenSection(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenJobObject = nt("NtOpenJobObject(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenIoCompletion = nt("NtOpenIoCompletion(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenKeyedEvent = nt("NtOpenKeyedEvent(void *Handle, uint32 Access, void *Attributes)");
export const NtOpenKey = nt("NtOpenKey(void *Handle, uint32 Access, void *Attributes)");

const query = (name: string) => nt(`${name}(uint64 Handle, uint32 Class, void *Buffer, uint32 Length, void *Returned)`);
export const NtQueryEvent = query("NtQueryEvent");
export const NtQueryMutant = query("NtQueryMutant");
export const NtQuerySemaphore = query("NtQuerySemaphore");
export const NtQueryTimer = query("NtQueryTimer");
export const NtQuerySection = query("NtQuerySection");
export const NtQueryInformationJobObject = query("NtQueryInformationJobObject");
export const NtQueryIoCompletion = query("NtQueryIoCompletion");
export const NtQueryKey = query("NtQueryKey");

export const NtCreateFile = nt(
  "NtCreateFile(void *Handle, uint32 Access, void *Attributes, void *IoStatus, void *AllocationSize, uint32 FileAttributes, uint32 Share, uint32 Disposition, uint32 Options, void *Ea, uint32 EaLength)",
);
const transfer = (name: string) =>
  nt(
    `${name}(uint64 Handle, uint64 Event, void *Apc, void *ApcContext, void *IoStatus, void *Buffer, uint32 Length, void *Offset, void *Key)`,
  );
export const NtReadFile = transfer("NtReadFile");
export const NtWriteFile = transfer("NtWriteFile");
const control = (name: string) =>
  nt(
    `${name}(uint64 Handle, uint64 Event, void *Apc, void *ApcContext, void *IoStatus, uint32 Code, void *Input, uint32 InputLength, void *Output, uint32 OutputLength)`,
  );
export const NtDeviceIoControlFile = control("NtDeviceIoControlFile");
export const NtFsControlFile = control("NtFsControlFile");
export const NtCancelIoFileEx = nt("NtCancelIoFileEx(uint64 Handle, void *Request, void *IoStatus)");
export const NtQueryVolumeInformationFile = nt(
  "NtQueryVolumeInformationFile(uint64 Handle, void *IoStatus, void *Buffer, uint32 Length, uint32 Class)",
);

export const NtQuerySystemInformation = nt(
  "NtQuerySystemInformation(uint32 Class, void *Buffer, uint32 Length, void *Returned)",
);

export const NtOpenProcessToken = nt("NtOpenProcessToken(uint64 Process, uint32 Access, void *Handle)");
export const NtQueryInformationToken = nt(
  "NtQueryInformationToken(uint64 Handle, uint32 Class, void *Buffer, uint32 Length, void *Returned)",
);
/** Windows 10 and later. STATUS_SUCCESS: both are handles of one object. */
export const NtCompareObjects = nt("NtCompareObjects(uint64 First, uint64 Second)");

/** `Was`: a byte, 1 where it was enabled. */
export const RtlAdjustPrivilege = nt("RtlAdjustPrivilege(uint32 Privilege, uint8 Enable, uint8 OfThread, void *Was)");

export const NtQueryDebugFilterState = nt("NtQueryDebugFilterState(uint32 Component, uint32 Level)");
export const NtSetDebugFilterState = nt("NtSetDebugFilterState(uint32 Component, uint32 Level, uint8 State)");
export const RtlGetVersion = nt("RtlGetVersion(void *Version)");
