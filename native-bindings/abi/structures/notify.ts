/** What drivers are told when processes, images and handles come and go (ntddk.h, wdm.h). */
import { structure } from "../structure";
import { CLIENT_ID } from "./process";
import { UNICODE_STRING } from "./strings";

export const PS_CREATE_NOTIFY_INFO = structure("PS_CREATE_NOTIFY_INFO", 0x48, {
  Size: [0x0, "u64", "bytes of the structure"],
  Flags: [0x8, "u32", "1 when the name is that of the file"],
  ParentProcessId: [0x10, "pointer", "id of the parent"],
  CreatingThreadId: [0x18, CLIENT_ID, "who makes the process"],
  FileObject: [0x28, "pointer", "FILE_OBJECT of the program"],
  ImageFileName: [0x30, "pointer", "UNICODE_STRING of its name"],
  CommandLine: [0x38, "pointer", "UNICODE_STRING, or NULL"],
  CreationStatus: [0x40, "i32", "a routine sets it to refuse the process"],
});

export const IMAGE_INFO = structure("IMAGE_INFO", 0x28, {
  Properties: [0x0, "u32", "addressing mode in the low byte; 0x100 for an image of the kernel"],
  ImageBase: [0x8, "pointer", "where it is mapped"],
  ImageSelector: [0x10, "u32", "0"],
  ImageSize: [0x18, "u64", "bytes"],
  ImageSectionNumber: [0x20, "u32", "0"],
});

export const OB_CALLBACK_REGISTRATION = structure("OB_CALLBACK_REGISTRATION", 0x28, {
  Version: [0x0, "u16", "0x100"],
  OperationRegistrationCount: [0x2, "u16", "entries of OperationRegistration"],
  Altitude: [0x8, UNICODE_STRING, "decimal number that orders the callbacks"],
  RegistrationContext: [0x18, "pointer", "the driver's own"],
  OperationRegistration: [0x20, "pointer", "OB_OPERATION_REGISTRATIONs"],
});

export const OB_OPERATION_REGISTRATION = structure("OB_OPERATION_REGISTRATION", 0x20, {
  ObjectType: [0x0, "pointer", "address of the variable PsProcessType or PsThreadType"],
  Operations: [0x8, "u32", "1 a handle is made, 2 one is duplicated"],
  PreOperation: [0x10, "pointer", "called before, or NULL"],
  PostOperation: [0x18, "pointer", "called after, or NULL"],
});

export const OB_PRE_OPERATION_INFORMATION = structure("OB_PRE_OPERATION_INFORMATION", 0x28, {
  Operation: [0x0, "u32", "1 a handle is made, 2 one is duplicated"],
  Flags: [0x4, "u32", "1 for a handle of the kernel"],
  Object: [0x8, "pointer", "process or thread"],
  ObjectType: [0x10, "pointer", "its type"],
  CallContext: [0x18, "pointer", "for the routine after"],
  Parameters: [0x20, "pointer", "DesiredAccess, which may lose rights, and OriginalDesiredAccess"],
});

export const OB_POST_OPERATION_INFORMATION = structure("OB_POST_OPERATION_INFORMATION", 0x30, {
  Operation: [0x0, "u32", "1 a handle is made, 2 one is duplicated"],
  Flags: [0x4, "u32", "1 for a handle of the kernel"],
  Object: [0x8, "pointer", "process or thread"],
  ObjectType: [0x10, "pointer", "its type"],
  CallContext: [0x18, "pointer", "from the routine before"],
  ReturnStatus: [0x20, "i32", "how it ended"],
  Parameters: [0x28, "pointer", "GrantedAccess"],
});
