/** Service control (winsvc.h), accounts and security descriptors (winbase.h, sddl.h), the registry (winreg.h), event tracing. Strings are buffers of UTF-16 with a NUL; handles are bigints, 0 for failure. */
import { nativeFunction } from "./library";

const advapi = (prototype: string) => nativeFunction("advapi32.dll", prototype);

export const OpenSCManagerW = advapi("uint64 OpenSCManagerW(void *Machine, void *Database, uint32 Access)");
export const OpenServiceW = advapi("uint64 OpenServiceW(uint64 Manager, void *Name, uint32 Access)");
export const CreateServiceW = advapi(
  "uint64 CreateServiceW(uint64 Manager, void *Name, void *DisplayName, uint32 Access, uint32 Type, uint32 Start, uint32 ErrorControl, void *BinaryPath, void *Group, void *TagId, void *Dependencies, void *Account, void *Password)",
);
export const StartServiceW = advapi("int32 StartServiceW(uint64 Service, uint32 Count, void *Arguments)");
export const ControlService = advapi("int32 ControlService(uint64 Service, uint32 Control, void *Status)");
export const DeleteService = advapi("int32 DeleteService(uint64 Service)");
export const QueryServiceStatus = advapi("int32 QueryServiceStatus(uint64 Service, void *Status)");
export const QueryServiceConfigW = advapi(
  "int32 QueryServiceConfigW(uint64 Service, void *Config, uint32 Length, void *Needed)",
);
export const EnumServicesStatusExW = advapi(
  "int32 EnumServicesStatusExW(uint64 Manager, uint32 Level, uint32 Type, uint32 State, void *Services, uint32 Length, void *Needed, void *Count, void *Resume, void *Group)",
);
export const CloseServiceHandle = advapi("int32 CloseServiceHandle(uint64 Handle)");

/** The counts are of UTF-16 units: room before, units without the NUL after. */
export const LookupAccountSidW = advapi(
  "int32 LookupAccountSidW(void *System, void *Sid, void *Name, void *NameCount, void *Domain, void *DomainCount, void *Use)",
);
/** The string is the system's: free it with LocalFree. */
export const ConvertSecurityDescriptorToStringSecurityDescriptorW = advapi(
  "int32 ConvertSecurityDescriptorToStringSecurityDescriptorW(void *Descriptor, uint32 Revision, uint32 Information, void *String, void *Units)",
);

/** Both answer a Win32 error. Predefined keys are numbers with the sign extended: 0xFFFFFFFF80000002 for HKLM. */
export const RegGetValueW = advapi(
  "uint32 RegGetValueW(uint64 Key, void *SubKey, void *Value, uint32 Flags, void *Type, void *Data, void *Size)",
);
/** Makes the key where there is none. */
export const RegSetKeyValueW = advapi(
  "uint32 RegSetKeyValueW(uint64 Key, void *SubKey, void *Value, uint32 Type, void *Data, uint32 Size)",
);

/** Event tracing (evntrace.h). The first four answer a Win32 error. */
export const StartTraceW = advapi("uint32 StartTraceW(void *Session, void *Name, void *Properties)");
export const ControlTraceW = advapi(
  "uint32 ControlTraceW(uint64 Session, void *Name, void *Properties, uint32 Control)",
);
/** Waits until the session ends, and calls back meanwhile: call it with `later` only. */
export const ProcessTrace = advapi("uint32 ProcessTrace(void *Handles, uint32 Count, void *Start, void *End)");
export const CloseTrace = advapi("uint32 CloseTrace(uint64 Trace)");
/** All ones for failure. */
export const OpenTraceW = advapi("uint64 OpenTraceW(void *LogFile)");

/** `Descriptor`: 8 bytes for the address, which LocalFree frees. */
export const ConvertStringSecurityDescriptorToSecurityDescriptorW = advapi(
  "int32 ConvertStringSecurityDescriptorToSecurityDescriptorW(void *Sddl, uint32 Revision, void *Descriptor, void *Size)",
);
