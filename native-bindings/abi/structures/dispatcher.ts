/** Objects that threads wait for: all begin with a DISPATCHER_HEADER (wdm.h). */
import { valueTable } from "../flags";
import { structure } from "../structure";
import { LIST_ENTRY } from "./lists";

/** DISPATCHER_HEADER.Type, as the debugger's `nt!KOBJECTS` names them. */
export const dispatcherObjectTypes = valueTable({
  EventNotificationObject: [0, "event that stays set"],
  EventSynchronizationObject: [1, "event that releases one waiter"],
  MutantObject: [2, "mutex"],
  ProcessObject: [3, "process"],
  QueueObject: [4, "queue"],
  SemaphoreObject: [5, "semaphore"],
  ThreadObject: [6, "thread"],
  GateObject: [7, "gate"],
  TimerNotificationObject: [8, "timer that stays set"],
  TimerSynchronizationObject: [9, "timer that releases one waiter"],
});

export const DISPATCHER_HEADER = structure("DISPATCHER_HEADER", 0x18, {
  Type: [0x0, "u8", "kind of object", dispatcherObjectTypes],
  Absolute: [0x1, "u8", "of a timer: due at a time of day"],
  Size: [0x2, "u8", "size of the object in 4-byte units"],
  Inserted: [0x3, "u8", "of a timer: running"],
  Lock: [0x0, "i32", "the four bytes above, with the object's lock in the top bit of Type"],
  SignalState: [0x4, "i32", "above 0 when signalled; of a semaphore, the count"],
  WaitListHead: [0x8, LIST_ENTRY, "KWAIT_BLOCKs of the threads that wait"],
});

export const KEVENT = structure("KEVENT", 0x18, {
  Header: [0x0, DISPATCHER_HEADER, "all of the event"],
});

export const KMUTANT = structure("KMUTANT", 0x38, {
  Header: [0x0, DISPATCHER_HEADER, "SignalState is 1 when free, less by one for each acquisition"],
  MutantListEntry: [0x18, LIST_ENTRY, "mutexes that the owner holds"],
  OwnerThread: [0x28, "pointer", "KTHREAD that holds it, or NULL"],
  Abandoned: [0x30, "u8", "its owner ended without releasing it"],
  ApcDisable: [0x31, "u8", "1 for a kernel mutex, 0 for a user's mutant"],
});

export const KSEMAPHORE = structure("KSEMAPHORE", 0x20, {
  Header: [0x0, DISPATCHER_HEADER, "SignalState is the count"],
  Limit: [0x18, "i32", "the greatest count"],
});

export const KTIMER = structure("KTIMER", 0x40, {
  Header: [0x0, DISPATCHER_HEADER, "signalled when due"],
  DueTime: [0x18, "u64", "interrupt time at which it is due, in 100 ns"],
  TimerListEntry: [0x20, LIST_ENTRY, "timers due at about the same time"],
  Dpc: [0x30, "pointer", "KDPC queued when due, or NULL"],
  Processor: [0x38, "u32", "processor that expires it"],
  Period: [0x3c, "u32", "milliseconds between repetitions, or 0"],
});

export const KQUEUE = structure("KQUEUE", 0x40, {
  Header: [0x0, DISPATCHER_HEADER, "SignalState is the number of entries"],
  EntryListHead: [0x18, LIST_ENTRY, "queued entries"],
  CurrentCount: [0x28, "u32", "threads that run"],
  MaximumCount: [0x2c, "u32", "threads that may run at once"],
  ThreadListHead: [0x30, LIST_ENTRY, "threads that belong to the queue"],
});

/** wdm.h since Windows 8; before, Thread came first. */
export const KWAIT_BLOCK = structure("KWAIT_BLOCK", 0x30, {
  WaitListEntry: [0x0, LIST_ENTRY, "in the object's WaitListHead"],
  WaitType: [0x10, "u8", "0 WaitAll, 1 WaitAny"],
  BlockState: [0x11, "u8", "4 active, 5 inactive"],
  WaitKey: [0x12, "u16", "what the wait answers when this object ends it"],
  Thread: [0x18, "pointer", "KTHREAD that waits"],
  Object: [0x20, "pointer", "what it waits for"],
});
