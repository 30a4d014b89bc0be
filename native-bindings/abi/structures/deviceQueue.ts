/** Device queues, DPCs and wait context blocks: parts of a DEVICE_OBJECT and of an IRP (wdm.h). */
import { structure } from "../structure";
import { LIST_ENTRY } from "./lists";

export const KDEVICE_QUEUE_ENTRY = structure("KDEVICE_QUEUE_ENTRY", 0x18, {
  DeviceListEntry: [0x0, LIST_ENTRY, "in KDEVICE_QUEUE.DeviceListHead"],
  SortKey: [0x10, "u32", "key of KeInsertByKeyDeviceQueue"],
  Inserted: [0x14, "u8", "1 while in a queue"],
});

export const KDEVICE_QUEUE = structure("KDEVICE_QUEUE", 0x28, {
  Type: [0x0, "i16", "DeviceQueueObject"],
  Size: [0x2, "i16", "0x28"],
  DeviceListHead: [0x8, LIST_ENTRY, "waiting entries"],
  Lock: [0x18, "u64", "spin lock"],
  Busy: [0x20, "u8", "1 while the device works on a request"],
});

export const KDPC = structure("KDPC", 0x40, {
  Type: [0x0, "u8", "DpcObject or ThreadedDpcObject"],
  Importance: [0x1, "u8", "0 low, 1 medium, 2 high, 3 medium-high"],
  Number: [0x2, "u16", "processor it is for"],
  DpcListEntry: [0x8, LIST_ENTRY, "in the processor's queue"],
  DeferredRoutine: [0x18, "pointer", "routine to run at DISPATCH_LEVEL"],
  DeferredContext: [0x20, "pointer", "its second argument"],
  SystemArgument1: [0x28, "pointer", "its third argument"],
  SystemArgument2: [0x30, "pointer", "its fourth argument"],
  DpcData: [0x38, "pointer", "queue it is in, or NULL"],
});

export const WAIT_CONTEXT_BLOCK = structure("WAIT_CONTEXT_BLOCK", 0x48, {
  WaitQueueEntry: [0x0, KDEVICE_QUEUE_ENTRY, "in the queue for the adapter or controller"],
  DeviceRoutine: [0x18, "pointer", "called when it is free"],
  DeviceContext: [0x20, "pointer", "argument of that routine"],
  NumberOfMapRegisters: [0x28, "u32", "map registers wanted"],
  DeviceObject: [0x30, "pointer", "device that waits"],
  CurrentIrp: [0x38, "pointer", "its current IRP"],
  BufferChainingDpc: [0x40, "pointer", "DPC, or NULL"],
});
