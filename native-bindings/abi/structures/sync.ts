/** Locks, work items, lookaside lists and other parts that drivers keep in their own memory (wdm.h). */
import { poolTypes } from "../poolTypes";
import { structure } from "../structure";
import { KEVENT } from "./dispatcher";
import { LIST_ENTRY, SLIST_HEADER } from "./lists";

export const OWNER_ENTRY = structure("OWNER_ENTRY", 0x10, {
  OwnerThread: [0x0, "pointer", "thread that holds the resource"],
  TableSize: [0x8, "u32", "flags and times held, or the size of the table"],
});

export const ERESOURCE = structure("ERESOURCE", 0x68, {
  SystemResourcesList: [0x0, LIST_ENTRY, "all resources of the system"],
  OwnerTable: [0x10, "pointer", "further owners, or NULL"],
  ActiveCount: [0x18, "i16", "holders"],
  Flag: [0x1a, "u16", "0x80 when held exclusively"],
  SharedWaiters: [0x20, "pointer", "KSEMAPHORE, or NULL"],
  ExclusiveWaiters: [0x28, "pointer", "KEVENT, or NULL"],
  OwnerEntry: [0x30, OWNER_ENTRY, "first owner"],
  ActiveEntries: [0x40, "u32", "owners in the table"],
  ContentionCount: [0x44, "u32", "how often somebody had to wait"],
  NumberOfSharedWaiters: [0x48, "u32", "threads that wait to share it"],
  NumberOfExclusiveWaiters: [0x4c, "u32", "threads that wait for it alone"],
  Reserved2: [0x50, "pointer", "unused"],
  Address: [0x58, "pointer", "caller that made it"],
  SpinLock: [0x60, "u64", "spin lock"],
});

export const FAST_MUTEX = structure("FAST_MUTEX", 0x38, {
  Count: [0x0, "i32", "1 when free"],
  Owner: [0x8, "pointer", "KTHREAD that holds it"],
  Contention: [0x10, "u32", "how often somebody had to wait"],
  Event: [0x18, KEVENT, "what waiters wait for"],
  OldIrql: [0x30, "u32", "IRQL to return to"],
});

export const IO_REMOVE_LOCK_COMMON_BLOCK = structure("IO_REMOVE_LOCK_COMMON_BLOCK", 0x20, {
  Removed: [0x0, "u8", "no more acquisitions"],
  IoCount: [0x4, "i32", "acquisitions, and one for the device itself"],
  RemoveEvent: [0x8, KEVENT, "set when the last one is released"],
});

export const IO_REMOVE_LOCK = structure("IO_REMOVE_LOCK", 0x20, {
  Common: [0x0, IO_REMOVE_LOCK_COMMON_BLOCK, "all of it in a free build"],
});

export const WORK_QUEUE_ITEM = structure("WORK_QUEUE_ITEM", 0x20, {
  List: [0x0, LIST_ENTRY, "in the worker queue"],
  WorkerRoutine: [0x10, "pointer", "routine to call at PASSIVE_LEVEL"],
  Parameter: [0x18, "pointer", "its argument"],
});

export const IO_CSQ = structure("IO_CSQ", 0x40, {
  Type: [0x0, "u32", "1 or 2"],
  CsqInsertIrp: [0x8, "pointer", "the driver's routine that inserts an IRP"],
  CsqRemoveIrp: [0x10, "pointer", "that removes one"],
  CsqPeekNextIrp: [0x18, "pointer", "that finds the next one"],
  CsqAcquireLock: [0x20, "pointer", "that takes the lock"],
  CsqReleaseLock: [0x28, "pointer", "that releases it"],
  CsqCompleteCanceledIrp: [0x30, "pointer", "that completes a cancelled one"],
  ReservePointer: [0x38, "pointer", "unused"],
});

export const GENERAL_LOOKASIDE = structure("GENERAL_LOOKASIDE", 0x80, {
  ListHead: [0x0, SLIST_HEADER, "free blocks"],
  Depth: [0x10, "u16", "most blocks to keep now"],
  MaximumDepth: [0x12, "u16", "most blocks ever to keep"],
  TotalAllocates: [0x14, "u32", "allocations"],
  AllocateMisses: [0x18, "u32", "of those, from the pool"],
  TotalFrees: [0x1c, "u32", "frees"],
  FreeMisses: [0x20, "u32", "of those, to the pool"],
  Type: [0x24, "u32", "pool of the blocks", poolTypes],
  Tag: [0x28, "u32", "pool tag"],
  Size: [0x2c, "u32", "bytes of a block"],
  Allocate: [0x30, "pointer", "routine that allocates"],
  Free: [0x38, "pointer", "routine that frees"],
  ListEntry: [0x40, LIST_ENTRY, "all lookaside lists"],
  LastTotalAllocates: [0x50, "u32", "allocations when the depth was last adjusted"],
  LastAllocateMisses: [0x54, "u32", "misses at that time"],
  Future: [0x58, ["u32", 2], "unused"],
});

export const NPAGED_LOOKASIDE_LIST = structure("NPAGED_LOOKASIDE_LIST", 0x80, {
  L: [0x0, GENERAL_LOOKASIDE, "all of it on x64"],
});

export const PAGED_LOOKASIDE_LIST = structure("PAGED_LOOKASIDE_LIST", 0x80, {
  L: [0x0, GENERAL_LOOKASIDE, "all of it on x64"],
});

/** GENERAL_LOOKASIDE without the padding to a cache line. */
export const LOOKASIDE_LIST_EX = structure("LOOKASIDE_LIST_EX", 0x60, {
  ListHead: [0x0, SLIST_HEADER, "free blocks"],
  Depth: [0x10, "u16", "most blocks to keep now"],
  MaximumDepth: [0x12, "u16", "most blocks ever to keep"],
  TotalAllocates: [0x14, "u32", "allocations"],
  AllocateMisses: [0x18, "u32", "of those, from the pool"],
  TotalFrees: [0x1c, "u32", "frees"],
  FreeMisses: [0x20, "u32", "of those, to the pool"],
  Type: [0x24, "u32", "pool of the blocks", poolTypes],
  Tag: [0x28, "u32", "pool tag"],
  Size: [0x2c, "u32", "bytes of a block"],
  AllocateEx: [0x30, "pointer", "routine that allocates"],
  FreeEx: [0x38, "pointer", "routine that frees"],
  ListEntry: [0x40, LIST_ENTRY, "all lookaside lists"],
  LastTotalAllocates: [0x50, "u32", "allocations when the depth was last adjusted"],
  LastAllocateMisses: [0x54, "u32", "misses at that time"],
  Future: [0x58, ["u32", 2], "unused"],
});
