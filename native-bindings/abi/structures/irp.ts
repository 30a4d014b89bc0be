/**
 * IRP (wdm.h). Members of its unions carry their last name: SystemBuffer is AssociatedIrp.SystemBuffer,
 * UserApcRoutine is Overlay.AsynchronousParameters.UserApcRoutine, CurrentStackLocation is
 * Tail.Overlay.CurrentStackLocation.
 */
import { ioTypes } from "../ioTypes";
import { irpAllocationFlags, irpFlags, processorModes } from "../irpFlags";
import { structure } from "../structure";
import { KAPC } from "./apc";
import { KDEVICE_QUEUE_ENTRY } from "./deviceQueue";
import { IO_STATUS_BLOCK } from "./ioStatusBlock";
import { LIST_ENTRY } from "./lists";

export const IRP = structure("IRP", 0xd0, {
  Type: [0x0, "i16", "IO_TYPE_IRP", ioTypes],
  Size: [0x2, "u16", "0xd0 plus 0x48 for each stack location"],
  MdlAddress: [0x8, "pointer", "MDL of the caller's buffer with direct I/O, or NULL"],
  Flags: [0x10, "u32", "kind of request", irpFlags],
  MasterIrp: [0x18, "pointer", "with IRP_ASSOCIATED_IRP, the IRP this one is a part of"],
  IrpCount: [0x18, "i32", "of a master IRP, the parts that are not done"],
  SystemBuffer: [0x18, "pointer", "with buffered I/O, the I/O manager's copy of the buffer"],
  ThreadListEntry: [0x20, LIST_ENTRY, "IRPs that the thread has issued"],
  IoStatus: [0x30, IO_STATUS_BLOCK, "how it ended"],
  RequestorMode: [0x40, "i8", "who issued it", processorModes],
  PendingReturned: [0x41, "u8", "the lower driver had marked it pending"],
  StackCount: [0x42, "i8", "stack locations"],
  CurrentLocation: [0x43, "i8", "number of the current one; StackCount + 1 before the first driver"],
  Cancel: [0x44, "u8", "it was cancelled"],
  CancelIrql: [0x45, "u8", "IRQL to return to when the cancel lock is released"],
  ApcEnvironment: [0x46, "i8", "process the thread was attached to"],
  AllocationFlags: [0x47, "u8", "where the IRP came from", irpAllocationFlags],
  UserIosb: [0x48, "pointer", "the caller's IO_STATUS_BLOCK"],
  UserEvent: [0x50, "pointer", "KEVENT to set when done, or NULL"],
  UserApcRoutine: [0x58, "pointer", "the caller's APC routine, or NULL"],
  IssuingProcess: [0x58, "pointer", "process that issued it, in place of the routine"],
  UserApcContext: [0x60, "pointer", "argument of that routine, or of the completion packet"],
  AllocationSize: [0x58, "i64", "of a create, the initial size of the file"],
  CancelRoutine: [0x68, "pointer", "called by IoCancelIrp, or NULL"],
  UserBuffer: [0x70, "pointer", "the caller's buffer"],
  DeviceQueueEntry: [0x78, KDEVICE_QUEUE_ENTRY, "while in a device queue"],
  DriverContext: [0x78, ["pointer", 4], "free for the driver that owns the IRP"],
  Thread: [0x98, "pointer", "ETHREAD that issued it"],
  AuxiliaryBuffer: [0xa0, "pointer", "a further buffer"],
  ListEntry: [0xa8, LIST_ENTRY, "free for the driver's own queue"],
  CurrentStackLocation: [0xb8, "pointer", "IO_STACK_LOCATION of the current driver"],
  PacketType: [0xb8, "u32", "kind of completion packet"],
  OriginalFileObject: [0xc0, "pointer", "FILE_OBJECT it was issued for"],
  Apc: [0x78, KAPC, "APC that ends the request in its thread"],
  CompletionKey: [0x78, "pointer", "key of the completion port"],
});
