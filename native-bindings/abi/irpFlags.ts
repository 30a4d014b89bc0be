/**
 * IRP.Flags, IRP.AllocationFlags and IRP.RequestorMode (wdm.h).
 */
import { flagTable, valueTable } from "./flags";

export const irpFlags = flagTable({
  IRP_NOCACHE: [0x1, "The data must come from the device, not from the cache"],
  IRP_PAGING_IO: [0x2, "The memory manager's own I/O (also IRP_MOUNT_COMPLETION)"],
  IRP_SYNCHRONOUS_API: [0x4, "The caller waits"],
  IRP_ASSOCIATED_IRP: [0x8, "Belongs to a master IRP"],
  IRP_BUFFERED_IO: [0x10, "Uses a system buffer"],
  IRP_DEALLOCATE_BUFFER: [0x20, "The I/O manager frees the system buffer when the IRP is done"],
  IRP_INPUT_OPERATION: [0x40, "The system buffer is copied back to the caller (also IRP_SYNCHRONOUS_PAGING_IO)"],
  IRP_CREATE_OPERATION: [0x80, "A create request"],
  IRP_READ_OPERATION: [0x100, "A read"],
  IRP_WRITE_OPERATION: [0x200, "A write"],
  IRP_CLOSE_OPERATION: [0x400, "A close request"],
  IRP_DEFER_IO_COMPLETION: [0x800, "Its end may be finished in the caller's context, without an APC"],
  IRP_OB_QUERY_NAME: [0x1000, "Asks for the name on behalf of the object manager"],
  IRP_HOLD_DEVICE_QUEUE: [0x2000, "The device queue stands still until it is done"],
  IRP_RETRY_IO_COMPLETION: [0x4000, "Completing failed for lack of memory and is tried again"],
  IRP_CLASS_CACHE_OPERATION: [0x8000, "A cache request of a storage class driver"],
});
export const {
  IRP_NOCACHE,
  IRP_PAGING_IO,
  IRP_SYNCHRONOUS_API,
  IRP_ASSOCIATED_IRP,
  IRP_BUFFERED_IO,
  IRP_DEALLOCATE_BUFFER,
  IRP_INPUT_OPERATION,
  IRP_CREATE_OPERATION,
  IRP_READ_OPERATION,
  IRP_WRITE_OPERATION,
  IRP_CLOSE_OPERATION,
  IRP_DEFER_IO_COMPLETION,
  IRP_OB_QUERY_NAME,
  IRP_HOLD_DEVICE_QUEUE,
  IRP_RETRY_IO_COMPLETION,
  IRP_CLASS_CACHE_OPERATION,
} = irpFlags.bit;

export const irpAllocationFlags = flagTable({
  IRP_QUOTA_CHARGED: [0x1, "Its memory was charged to the process"],
  IRP_ALLOCATED_MUST_SUCCEED: [0x2, "Came from the emergency pool (obsolete)"],
  IRP_ALLOCATED_FIXED_SIZE: [0x4, "Came from a lookaside list"],
  IRP_LOOKASIDE_ALLOCATION: [0x8, "Came from a processor's lookaside list"],
  IRP_BEING_VERIFIED: [0x10, "Driver Verifier watches it"],
});
export const {
  IRP_QUOTA_CHARGED,
  IRP_ALLOCATED_MUST_SUCCEED,
  IRP_ALLOCATED_FIXED_SIZE,
  IRP_LOOKASIDE_ALLOCATION,
  IRP_BEING_VERIFIED,
} = irpAllocationFlags.bit;

export const processorModes = valueTable({
  KernelMode: [0, "The request comes from the kernel; buffers are trusted"],
  UserMode: [1, "The request comes from an application; buffers are probed"],
});
export const { KernelMode, UserMode } = processorModes.value;
