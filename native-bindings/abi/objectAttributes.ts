/**
 * OBJECT_ATTRIBUTES.Attributes (ntdef.h). Handles keep OBJ_INHERIT and protection; the rest steers the call.
 */
import { flagTable } from "./flags";

export const objectAttributes = flagTable({
  OBJ_PROTECT_CLOSE: [0x1, "The handle can't be closed (kept with handles, not accepted in a call)"],
  OBJ_INHERIT: [0x2, "Child processes inherit the handle"],
  OBJ_AUDIT_OBJECT_CLOSE: [0x4, "Closing is written to the security log (kept with handles)"],
  OBJ_PERMANENT: [0x10, "The object stays when its last handle is closed"],
  OBJ_EXCLUSIVE: [0x20, "Only one handle at a time, in the creating process"],
  OBJ_CASE_INSENSITIVE: [0x40, "The name is matched without case"],
  OBJ_OPENIF: [0x80, "Creating an object that exists opens it"],
  OBJ_OPENLINK: [0x100, "Open the symbolic link itself"],
  OBJ_KERNEL_HANDLE: [0x200, "Only the kernel can use the handle"],
  OBJ_FORCE_ACCESS_CHECK: [0x400, "Access is checked although the caller is the kernel"],
  OBJ_IGNORE_IMPERSONATED_DEVICEMAP: [0x800, "DOS device names of the process are used, not of the impersonated user"],
  OBJ_DONT_REPARSE: [0x1000, "Fail when the name leads through a link"],
});
export const {
  OBJ_PROTECT_CLOSE,
  OBJ_INHERIT,
  OBJ_AUDIT_OBJECT_CLOSE,
  OBJ_PERMANENT,
  OBJ_EXCLUSIVE,
  OBJ_CASE_INSENSITIVE,
  OBJ_OPENIF,
  OBJ_OPENLINK,
  OBJ_KERNEL_HANDLE,
  OBJ_FORCE_ACCESS_CHECK,
  OBJ_IGNORE_IMPERSONATED_DEVICEMAP,
  OBJ_DONT_REPARSE,
} = objectAttributes.bit;
