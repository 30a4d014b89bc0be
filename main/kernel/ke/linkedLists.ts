/** Doubly linked lists (wdm.h: InsertTailList, RemoveEntryList): entries lie in the structures they link. */
import type { Address } from "../../../native-bindings/abi/address";
import { LIST_ENTRY } from "../../../native-bindings/abi/structures/lists";
import type { KernelMemory } from "../mem/kernelMemory";
import type { Ke } from "./ke";

const KERNEL_SECURITY_CHECK_FAILURE = 0x139;
/** First parameter of that bugcheck (FAST_FAIL_CORRUPT_LIST_ENTRY). */
const CORRUPT_LIST_ENTRY = 3;
const { Flink: FLINK, Blink: BLINK } = LIST_ENTRY.offset;

/** What Windows 8 and later check before they change a list. */
function checkNeighbours(ke: Ke, isIntact: boolean, entry: Address, routine: string): void {
  if (isIntact) return;
  ke.bugCheck(KERNEL_SECURITY_CHECK_FAILURE, [CORRUPT_LIST_ENTRY, entry, 0, 0], {
    rule: `${routine} found a list whose neighbours do not point at each other: an entry was removed twice or overwritten.`,
    routine,
  });
}

export function InsertTailList(memory: KernelMemory, ke: Ke, head: Address, entry: Address): void {
  const last = memory.readPointer(head + BLINK);
  checkNeighbours(ke, memory.readPointer(last + FLINK) === head, head, "InsertTailList");
  memory.writePointer(entry + FLINK, head);
  memory.writePointer(entry + BLINK, last);
  memory.writePointer(last + FLINK, entry);
  memory.writePointer(head + BLINK, entry);
}

/** @returns whether the list is empty now */
export function RemoveEntryList(memory: KernelMemory, ke: Ke, entry: Address): boolean {
  const next = memory.readPointer(entry + FLINK);
  const previous = memory.readPointer(entry + BLINK);
  const isIntact = memory.readPointer(next + BLINK) === entry && memory.readPointer(previous + FLINK) === entry;
  checkNeighbours(ke, isIntact, entry, "RemoveEntryList");
  memory.writePointer(previous + FLINK, next);
  memory.writePointer(next + BLINK, previous);
  return next === previous;
}
