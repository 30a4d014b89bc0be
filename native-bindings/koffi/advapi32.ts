/** Service control (winsvc.h), event tracing and security descriptors (sddl.h). Strings are buffers of UTF-16 with a NUL; handles are bigints, 0 for failure. */
import { nativeFunction } from "./library";

const service = (prototype: string) => nativeFunction("advapi32.dll", prototype);

export const OpenSCManagerW = service("uint64 OpenSCManagerW(void *Machine, void *Database, uint32 Access)");
export const OpenServiceW = service("uint64 OpenServiceW(uint64 Manager, void *Name, uint32 Access)");
export const CreateServiceW = service(
  "uint64 CreateServiceW(uint64 Manager, void *Name, void *DisplayName, uint32 Access, uint32 Type, uint32 Start, uint32 ErrorControl, void *BinaryPath, void *Group, void *TagId, void *Dependencies, void *Account, void *Password)",
);
export const StartServiceW = service("int32 StartServiceW(uint64 Service, uint32 Count, void *Arguments)");
export const ControlService = service("int32 ControlService(uint64 Service, uint32 Control, void *Status)");
export const DeleteService = service("int32 DeleteService(uint64 Service)");
export const QueryServiceStatus = service("int32 QueryServiceStatus(uint64 Service, void *Status)");
export const QueryServiceConfigW = service(
  "int32 QueryServiceConfigW(uint64 Service, void *Config, uint32 Length, void *Needed)",
);
export const EnumServicesStatusExW = service(
  "int32 EnumServicesStatusExW(uint64 Manager, uint32 Level, uint32 Type, uint32 State, void *Services, uint32 Length, void *Needed, void *Count, void *Resume, void *Group)",
);
export const CloseServiceHandle = service("int32 CloseServiceHandle(uint64 Handle)");

/** Event tracing (evntrace.h). The first four answer a Win32 error. */
export const StartTraceW = service("uint32 StartTraceW(void *Session, void *Name, void *Properties)");
export const ControlTraceW = service(
  "uint32 ControlTraceW(uint64 Session, void *Name, void *Properties, uint32 Control)",
);
/** Waits until the session ends, and calls back meanwhile: call it with `later` only. */
export const ProcessTrace = service("uint32 ProcessTrace(void *Handles, uint32 Count, void *Start, void *End)");
export const CloseTrace = service("uint32 CloseTrace(uint64 Trace)");
/** All ones for failure. */
export const OpenTraceW = service("uint64 OpenTraceW(void *LogFile)");

/** `Descriptor`: 8 bytes for the address, which LocalFree frees. */
export const ConvertStringSecurityDescriptorToSecurityDescriptorW = service(
  "int32 ConvertStringSecurityDescriptorToSecurityDescriptorW(void *Sddl, uint32 Revision, void *Descriptor, void *Size)",
);
