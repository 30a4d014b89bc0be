/** Lists beside those of DdkLists: singly and doubly linked ones, with and without locks, and lookaside lists (wdm.h). */
import type { Address } from "../../../native-bindings/abi/address";
import type { NtStatus } from "./ddk";
import type { PoolTag } from "./ddkPool";

/** Without locks. A list whose neighbours do not point at each other is a bugcheck, as since Windows 8. */
export interface DdkLinkedLists {
  /** `InsertHeadList`: puts an entry in front. */
  InsertHeadList(head: Address, entry: Address): void;
  /** `RemoveHeadList`: takes the first entry out; of an empty list it answers the head itself. */
  RemoveHeadList(head: Address): Address;
  /** `RemoveTailList`: takes the last entry out; of an empty list it answers the head itself. */
  RemoveTailList(head: Address): Address;
  /** `IsListEmpty`. */
  IsListEmpty(head: Address): boolean;
  /** `AppendTailList`: puts a list that has no head behind the last entry. */
  AppendTailList(head: Address, listToAppend: Address): void;
  /** `PushEntryList`: puts an entry in front of a SINGLE_LIST_ENTRY list. */
  PushEntryList(head: Address, entry: Address): void;
  /** `PopEntryList`: takes the first entry; 0 when there is none. */
  PopEntryList(head: Address): Address;
}

/** With a spin lock around each operation, at any IRQL; a lock that is held is a bugcheck. */
export interface DdkInterlockedLists {
  /** `ExInterlockedInsertHeadList`: answers what was first, 0 when the list was empty. */
  ExInterlockedInsertHeadList(head: Address, entry: Address, lock: Address): Address;
  /** `ExInterlockedInsertTailList`: answers what was last, 0 when the list was empty. */
  ExInterlockedInsertTailList(head: Address, entry: Address, lock: Address): Address;
  /** `ExInterlockedRemoveHeadList`: answers the entry, 0 when the list is empty. */
  ExInterlockedRemoveHeadList(head: Address, lock: Address): Address;
  /** `ExInterlockedPushEntryList`: answers what was first, 0 when the list was empty. */
  ExInterlockedPushEntryList(head: Address, entry: Address, lock: Address): Address;
  /** `ExInterlockedPopEntryList`: answers the entry, 0 when the list is empty. */
  ExInterlockedPopEntryList(head: Address, lock: Address): Address;
  /** `InitializeSListHead`: an empty SLIST_HEADER; raises STATUS_DATATYPE_MISALIGNMENT unless it is 16-byte aligned. */
  InitializeSListHead(head: Address): void;
  /** `ExInitializeSListHead`: the same. */
  ExInitializeSListHead(head: Address): void;
  /** `ExpInterlockedPushEntrySList`: answers what was first, 0 when the list was empty. Entries are 16-byte aligned. */
  ExpInterlockedPushEntrySList(head: Address, entry: Address): Address;
  /** `ExpInterlockedPopEntrySList`: answers the entry, 0 when the list is empty. */
  ExpInterlockedPopEntrySList(head: Address): Address;
  /** `ExpInterlockedFlushSList`: empties the list; answers its first entry, from which the others hang. */
  ExpInterlockedFlushSList(head: Address): Address;
  /** `ExInterlockedPushEntrySList`: as above; the lock is not used on x64. */
  ExInterlockedPushEntrySList(head: Address, entry: Address, lock: Address): Address;
  /** `ExInterlockedPopEntrySList`: as above; the lock is not used on x64. */
  ExInterlockedPopEntrySList(head: Address, lock: Address): Address;
  /** `ExInterlockedFlushSList`. */
  ExInterlockedFlushSList(head: Address): Address;
  /** `ExQueryDepthSList`: the number of entries, modulo 65536. */
  ExQueryDepthSList(head: Address): number;
}

/** Blocks of one size, kept for the next allocation. `allocate` and `free` are routines of the driver's, 0: the pool. */
export interface DdkLookaside {
  /** `ExInitializeNPagedLookasideList`: NPAGED_LOOKASIDE_LIST, 16-byte aligned; `depth` is ignored. */
  ExInitializeNPagedLookasideList(
    lookaside: Address,
    allocate: Address,
    free: Address,
    flags: number,
    bytes: number,
    tag: PoolTag,
    depth: number,
  ): void;
  /** `ExAllocateFromNPagedLookasideList`: answers 0 when the pool is exhausted. */
  ExAllocateFromNPagedLookasideList(lookaside: Address): Address;
  /** `ExFreeToNPagedLookasideList`. */
  ExFreeToNPagedLookasideList(lookaside: Address, entry: Address): void;
  /** `ExDeleteNPagedLookasideList`: frees what it keeps. Blocks that were handed out are the driver's to free before. */
  ExDeleteNPagedLookasideList(lookaside: Address): void;
  /** `ExInitializePagedLookasideList`. */
  ExInitializePagedLookasideList(
    lookaside: Address,
    allocate: Address,
    free: Address,
    flags: number,
    bytes: number,
    tag: PoolTag,
    depth: number,
  ): void;
  /** `ExAllocateFromPagedLookasideList`. */
  ExAllocateFromPagedLookasideList(lookaside: Address): Address;
  /** `ExFreeToPagedLookasideList`. */
  ExFreeToPagedLookasideList(lookaside: Address, entry: Address): void;
  /** `ExDeletePagedLookasideList`. */
  ExDeletePagedLookasideList(lookaside: Address): void;
  /**
   * `ExInitializeLookasideListEx`: LOOKASIDE_LIST_EX. STATUS_INVALID_PARAMETER_4 for an unknown pool type,
   * STATUS_INVALID_PARAMETER_5 for flags that contradict each other or are unknown.
   */
  ExInitializeLookasideListEx(
    lookaside: Address,
    allocate: Address,
    free: Address,
    poolType: number,
    flags: number,
    bytes: number,
    tag: PoolTag,
    depth: number,
  ): NtStatus;
  /** `ExAllocateFromLookasideListEx`. */
  ExAllocateFromLookasideListEx(lookaside: Address): Address;
  /** `ExFreeToLookasideListEx`. */
  ExFreeToLookasideListEx(lookaside: Address, entry: Address): void;
  /** `ExFlushLookasideListEx`: frees what it keeps. */
  ExFlushLookasideListEx(lookaside: Address): void;
  /** `ExDeleteLookasideListEx`. */
  ExDeleteLookasideListEx(lookaside: Address): void;
}
