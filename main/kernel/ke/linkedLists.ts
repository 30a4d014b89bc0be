/** Linked lists (wdm.h: InsertTailList, RemoveEntryList...): entries lie in the structures they link. */
import type { Address } from "../../../native-bindings/abi/address";
import { LIST_ENTRY, SINGLE_LIST_ENTRY } from "../../../native-bindings/abi/structures/lists";
import type { KernelMemory } from "../mem/kernelMemory";
import type { Ke } from "./ke";

const KERNEL_SECURITY_CHECK_FAILURE = 0x139;
/** First parameter of that bugcheck (FAST_FAIL_CORRUPT_LIST_ENTRY). */
const CORRUPT_LIST_ENTRY = 3;
const { Flink: FLINK, Blink: BLINK } = LIST_ENTRY.offset;
const NEXT = SINGLE_LIST_ENTRY.offset.Next;

/** What Windows 8 and later check before they change a list. */
function checkNeighbours(ke: Ke, isIntact: boolean, entry: Address, routine: string): void {
  if (isIntact) return;
  ke.bugCheck(KERNEL_SECURITY_CHECK_FAILURE, [CORRUPT_LIST_ENTRY, entry, 0, 0], {
    rule: `${routine} found a list whose neighbours do not point at each other: an entry was removed twice or overwritten.`,
    routine,
  });
}

/** Makes two entries neighbours. */
function join(memory: KernelMemory, previous: Address, next: Address): void {
  memory.writePointer(previous + FLINK, next);
  memory.writePointer(next + BLINK, previous);
}

export function InsertTailList(memory: KernelMemory, ke: Ke, head: Address, entry: Address): void {
  const last = memory.readPointer(head + BLINK);
  checkNeighbours(ke, memory.readPointer(last + FLINK) === head, head, "InsertTailList");
  join(memory, last, entry);
  join(memory, entry, head);
}

/** @returns whether the list is empty now */
export function RemoveEntryList(memory: KernelMemory, ke: Ke, entry: Address): boolean {
  const next = memory.readPointer(entry + FLINK);
  const previous = memory.readPointer(entry + BLINK);
  const isIntact = memory.readPointer(next + BLINK) === entry && memory.readPointer(previous + FLINK) === entry;
  checkNeighbours(ke, isIntact, entry, "RemoveEntryList");
  join(memory, previous, next);
  return next === previous;
}

export function InsertHeadList(memory: KernelMemory, ke: Ke, head: Address, entry: Address): void {
  const first = memory.readPointer(head + FLINK);
  checkNeighbours(ke, memory.readPointer(first + BLINK) === head, head, "InsertHeadList");
  join(memory, entry, first);
  join(memory, head, entry);
}

/** @returns the entry; of an empty list, the head itself */
export function RemoveHeadList(memory: KernelMemory, ke: Ke, head: Address): Address {
  const entry = memory.readPointer(head + FLINK);
  const next = memory.readPointer(entry + FLINK);
  const isIntact = memory.readPointer(entry + BLINK) === head && memory.readPointer(next + BLINK) === entry;
  checkNeighbours(ke, isIntact, entry, "RemoveHeadList");
  join(memory, head, next);
  return entry;
}

/** @returns the entry; of an empty list, the head itself */
export function RemoveTailList(memory: KernelMemory, ke: Ke, head: Address): Address {
  const entry = memory.readPointer(head + BLINK);
  const previous = memory.readPointer(entry + BLINK);
  const isIntact = memory.readPointer(entry + FLINK) === head && memory.readPointer(previous + FLINK) === entry;
  checkNeighbours(ke, isIntact, entry, "RemoveTailList");
  join(memory, previous, head);
  return entry;
}

export function IsListEmpty(memory: KernelMemory, head: Address): boolean {
  return memory.readPointer(head + FLINK) === head;
}

/** Puts a list without a head, of which `first` is one entry, behind the last entry. */
export function AppendTailList(memory: KernelMemory, ke: Ke, head: Address, first: Address): void {
  const last = memory.readPointer(head + BLINK);
  const end = memory.readPointer(first + BLINK);
  checkNeighbours(ke, memory.readPointer(last + FLINK) === head, head, "AppendTailList");
  checkNeighbours(ke, memory.readPointer(end + FLINK) === first, first, "AppendTailList");
  join(memory, last, first);
  join(memory, end, head);
}

export function PushEntryList(memory: KernelMemory, head: Address, entry: Address): void {
  memory.writePointer(entry + NEXT, memory.readPointer(head + NEXT));
  memory.writePointer(head + NEXT, entry);
}

/** @returns 0 of an empty list */
export function PopEntryList(memory: KernelMemory, head: Address): Address {
  const entry = memory.readPointer(head + NEXT);
  if (entry !== 0) memory.writePointer(head + NEXT, memory.readPointer(entry + NEXT));
  return entry;
}
