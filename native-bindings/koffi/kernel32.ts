/** Events, shared memory and processes (winbase.h). Handles are bigints, 0 for failure; BOOLs are 0 for failure. */
import { nativeFunction } from "./library";

const win32 = (prototype: string) => nativeFunction("kernel32.dll", prototype);

/** Of this thread: ask right after the call that failed, before any other. */
export const GetLastError = win32("uint32 GetLastError()");
export const CloseHandle = win32("int32 CloseHandle(uint64 Handle)");

export const CreateEventW = win32("uint64 CreateEventW(void *Attributes, int32 Manual, int32 Set, void *Name)");
export const SetEvent = win32("int32 SetEvent(uint64 Event)");
/** `Milliseconds` 0xFFFFFFFF waits for ever. */
export const WaitForSingleObject = win32("uint32 WaitForSingleObject(uint64 Handle, uint32 Milliseconds)");

/** At most 64 handles, as 64-bit numbers in a row; answers the index of the first that is signalled. */
export const WaitForMultipleObjects = win32(
  "uint32 WaitForMultipleObjects(uint32 Count, void *Handles, int32 All, uint32 Milliseconds)",
);

export const CreateFileMappingW = win32(
  "uint64 CreateFileMappingW(uint64 File, void *Attributes, uint32 Protection, uint32 High, uint32 Low, void *Name)",
);
export const OpenFileMappingW = win32("uint64 OpenFileMappingW(uint32 Access, int32 Inherit, void *Name)");
export const MapViewOfFile = win32(
  "uint64 MapViewOfFile(uint64 Mapping, uint32 Access, uint32 High, uint32 Low, uint64 Bytes)",
);
export const UnmapViewOfFile = win32("int32 UnmapViewOfFile(uint64 View)");
export const RtlMoveMemory = win32("void RtlMoveMemory(void *Destination, uint64 Source, uint64 Bytes)");

/** What a function says has to be freed with it. */
export const LocalFree = win32("uint64 LocalFree(uint64 Memory)");

export const DuplicateHandle = win32(
  "int32 DuplicateHandle(uint64 FromProcess, uint64 Handle, uint64 ToProcess, void *Target, uint32 Access, int32 Inherit, uint32 Options)",
);
export const OpenProcess = win32("uint64 OpenProcess(uint32 Access, int32 Inherit, uint32 ProcessId)");
export const QueryFullProcessImageNameW = win32(
  "int32 QueryFullProcessImageNameW(uint64 Process, uint32 Flags, void *Name, void *Units)",
);
/** Ends a process at once, whatever its threads do; 2^64 - 1 is the calling one. */
export const TerminateProcess = win32("int32 TerminateProcess(uint64 Process, uint32 ExitCode)");
