/**
 * OBJECT_HEADER.Flags and OBJECT_HEADER.InfoMask (as !object and dt show them since Windows 7).
 */
import { flagTable } from "./flags";

export const objectHeaderFlags = flagTable({
  OB_FLAG_NEW_OBJECT: [0x1, "Created, but not inserted into a directory or handle table yet"],
  OB_FLAG_KERNEL_OBJECT: [0x2, "Made by the kernel"],
  OB_FLAG_KERNEL_ONLY_ACCESS: [0x4, "Only the kernel may open it"],
  OB_FLAG_EXCLUSIVE_OBJECT: [0x8, "One handle at a time"],
  OB_FLAG_PERMANENT_OBJECT: [0x10, "Stays without handles"],
  OB_FLAG_DEFAULT_SECURITY_QUOTA: [0x20, "The default quota was charged for its security descriptor"],
  OB_FLAG_SINGLE_HANDLE_ENTRY: [0x40, "Handle counts are kept for one process, without a list"],
  OB_FLAG_DELETED_INLINE: [0x80, "Deleted at the last dereference instead of by a work item"],
});
export const {
  OB_FLAG_NEW_OBJECT,
  OB_FLAG_KERNEL_OBJECT,
  OB_FLAG_KERNEL_ONLY_ACCESS,
  OB_FLAG_EXCLUSIVE_OBJECT,
  OB_FLAG_PERMANENT_OBJECT,
  OB_FLAG_DEFAULT_SECURITY_QUOTA,
  OB_FLAG_SINGLE_HANDLE_ENTRY,
  OB_FLAG_DELETED_INLINE,
} = objectHeaderFlags.bit;

/** Which optional headers lie before the object header, in this order away from it. */
export const objectHeaderInfoMask = flagTable({
  OB_INFOMASK_CREATOR_INFO: [0x1, "OBJECT_HEADER_CREATOR_INFO"],
  OB_INFOMASK_NAME: [0x2, "OBJECT_HEADER_NAME_INFO"],
  OB_INFOMASK_HANDLE: [0x4, "OBJECT_HEADER_HANDLE_INFO"],
  OB_INFOMASK_QUOTA: [0x8, "OBJECT_HEADER_QUOTA_INFO"],
  OB_INFOMASK_PROCESS_INFO: [0x10, "OBJECT_HEADER_PROCESS_INFO"],
  OB_INFOMASK_AUDIT: [0x20, "OBJECT_HEADER_AUDIT_INFO"],
  OB_INFOMASK_EXTENDED: [0x40, "OBJECT_HEADER_EXTENDED_INFO"],
  OB_INFOMASK_PADDING: [0x80, "OBJECT_HEADER_PADDING_INFO"],
});
export const {
  OB_INFOMASK_CREATOR_INFO,
  OB_INFOMASK_NAME,
  OB_INFOMASK_HANDLE,
  OB_INFOMASK_QUOTA,
  OB_INFOMASK_PROCESS_INFO,
  OB_INFOMASK_AUDIT,
  OB_INFOMASK_EXTENDED,
  OB_INFOMASK_PADDING,
} = objectHeaderInfoMask.bit;
