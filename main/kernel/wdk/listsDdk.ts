/** DdkLinkedLists, DdkInterlockedLists and DdkLookaside over the kernel. */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPool, PagedPool } from "../../../native-bindings/abi/poolTypes";
import { FlushSList, InitializeSListHead, PopEntrySList, PushEntrySList, QueryDepthSList } from "../ex/sequencedLists";
import * as lists from "../ke/linkedLists";
import type { KernelModule } from "../ke/routines";
import type { Kernel } from "../kernel";
import type { DdkInterlockedLists, DdkLinkedLists, DdkLookaside } from "./ddkLists";
import type { PoolTag } from "./ddkPool";

const SPIN_LOCK_ALREADY_OWNED = 0x0f;

export function linkedListsDdk({ mem, ke }: Kernel): DdkLinkedLists {
  return {
    InsertHeadList: (head, entry) => lists.InsertHeadList(mem, ke, head, entry),
    RemoveHeadList: (head) => lists.RemoveHeadList(mem, ke, head),
    RemoveTailList: (head) => lists.RemoveTailList(mem, ke, head),
    IsListEmpty: (head) => lists.IsListEmpty(mem, head),
    AppendTailList: (head, first) => lists.AppendTailList(mem, ke, head, first),
    PushEntryList: (head, entry) => lists.PushEntryList(mem, head, entry),
    PopEntryList: (head) => lists.PopEntryList(mem, head),
  };
}

export function interlockedListsDdk({ mem, ke }: Kernel): DdkInterlockedLists {
  /** Interrupts are off meanwhile, at whatever IRQL: nobody sees the lock taken. */
  const locked = <T>(lock: Address, routine: string, action: () => T): T => {
    if (mem.readPointer(lock) !== 0) {
      const rule = `${routine} was called with a spin lock that is held already: a deadlock on Windows.`;
      ke.bugCheck(SPIN_LOCK_ALREADY_OWNED, [lock], { rule, routine });
    }
    mem.writePointer(lock, 0);
    return action();
  };
  const otherThan = (head: Address, entry: Address) => (entry === head ? 0 : entry);
  const push = (head: Address, entry: Address) => PushEntrySList(mem, head, entry);
  const pop = (head: Address) => PopEntrySList(mem, head);
  const initialize = (head: Address) => InitializeSListHead(mem, head);
  const flush = (head: Address) => FlushSList(mem, head);
  return {
    ExInterlockedInsertHeadList: (head, entry, lock) =>
      locked(lock, "ExInterlockedInsertHeadList", () => {
        const first = mem.readPointer(head);
        lists.InsertHeadList(mem, ke, head, entry);
        return otherThan(head, first);
      }),
    ExInterlockedInsertTailList: (head, entry, lock) =>
      locked(lock, "ExInterlockedInsertTailList", () => {
        const last = mem.readPointer(head + 8);
        lists.InsertTailList(mem, ke, head, entry);
        return otherThan(head, last);
      }),
    ExInterlockedRemoveHeadList: (head, lock) =>
      locked(lock, "ExInterlockedRemoveHeadList", () => otherThan(head, lists.RemoveHeadList(mem, ke, head))),
    ExInterlockedPushEntryList: (head, entry, lock) =>
      locked(lock, "ExInterlockedPushEntryList", () => {
        const first = mem.readPointer(head);
        lists.PushEntryList(mem, head, entry);
        return first;
      }),
    ExInterlockedPopEntryList: (head, lock) =>
      locked(lock, "ExInterlockedPopEntryList", () => lists.PopEntryList(mem, head)),
    InitializeSListHead: initialize,
    ExInitializeSListHead: initialize,
    ExpInterlockedPushEntrySList: push,
    ExpInterlockedPopEntrySList: pop,
    ExpInterlockedFlushSList: flush,
    ExInterlockedPushEntrySList: push,
    ExInterlockedPopEntrySList: pop,
    ExInterlockedFlushSList: flush,
    ExQueryDepthSList: (head) => QueryDepthSList(mem, head),
  };
}

export function lookasideDdk({ lookaside }: Kernel, module: KernelModule): DdkLookaside {
  const initialize =
    (basicType: number) =>
    (list: Address, allocate: Address, free: Address, flags: number, bytes: number, tag: PoolTag) =>
      lookaside.initialize(module, list, { allocate, free, poolType: basicType | flags, bytes, tag });
  const allocate = (list: Address) => lookaside.allocate(list);
  const free = (list: Address, entry: Address) => lookaside.free(list, entry);
  const remove = (list: Address) => lookaside.delete(list);
  return {
    ExInitializeNPagedLookasideList: initialize(NonPagedPool),
    ExAllocateFromNPagedLookasideList: allocate,
    ExFreeToNPagedLookasideList: free,
    ExDeleteNPagedLookasideList: remove,
    ExInitializePagedLookasideList: initialize(PagedPool),
    ExAllocateFromPagedLookasideList: allocate,
    ExFreeToPagedLookasideList: free,
    ExDeletePagedLookasideList: remove,
    ExInitializeLookasideListEx: (list, allocateEx, freeEx, poolType, flags, bytes, tag) =>
      lookaside.initializeEx(module, list, { allocate: allocateEx, free: freeEx, poolType, bytes, tag }, flags),
    ExAllocateFromLookasideListEx: allocate,
    ExFreeToLookasideListEx: free,
    ExFlushLookasideListEx: (list) => lookaside.flush(list),
    ExDeleteLookasideListEx: remove,
  };
}
