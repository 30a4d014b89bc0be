/**
 * Sequenced singly linked lists (wdm.h: InitializeSListHead, ExpInterlockedPushEntrySList...). The head counts entries
 * in 16 bits and pushes in 48; the pointer has no room for its low four bits, so head and entries are 16-byte aligned.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_DATATYPE_MISALIGNMENT } from "../../../native-bindings/abi/ntstatus/codes";
import { SLIST_ENTRY, SLIST_HEADER } from "../../../native-bindings/abi/structures/lists";
import type { KernelMemory } from "../mem/kernelMemory";
import { NtException } from "./ntException";

const DEPTH = SLIST_HEADER.offset.Alignment;
const SEQUENCE = DEPTH + 2;
const SEQUENCE_HIGH = DEPTH + 4;
const FIRST = SLIST_HEADER.offset.Region;
const NEXT = SLIST_ENTRY.offset.Next;
const ALIGNMENT = 16;

function aligned(address: Address): Address {
  return address - (((address % ALIGNMENT) + ALIGNMENT) % ALIGNMENT);
}

/** Raises STATUS_DATATYPE_MISALIGNMENT for a head that is not 16-byte aligned. */
export function InitializeSListHead(memory: KernelMemory, head: Address): void {
  if (head % ALIGNMENT !== 0) throw new NtException(STATUS_DATATYPE_MISALIGNMENT, "InitializeSListHead");
  memory.fill(head, SLIST_HEADER.size, 0);
}

export function QueryDepthSList(memory: KernelMemory, head: Address): number {
  return memory.readU16(head + DEPTH);
}

export function FirstEntrySList(memory: KernelMemory, head: Address): Address {
  return aligned(memory.readPointer(head + FIRST));
}

/** @returns the entry that was first before; 0 when there was none */
export function PushEntrySList(memory: KernelMemory, head: Address, entry: Address): Address {
  const first = FirstEntrySList(memory, head);
  memory.writePointer(entry + NEXT, first);
  memory.writePointer(head + FIRST, aligned(entry));
  memory.writeU16(head + DEPTH, memory.readU16(head + DEPTH) + 1);
  const sequence = memory.readU16(head + SEQUENCE) + 1;
  memory.writeU16(head + SEQUENCE, sequence);
  if (sequence > 0xffff) memory.writeU32(head + SEQUENCE_HIGH, memory.readU32(head + SEQUENCE_HIGH) + 1);
  return first;
}

/** @returns 0 when the list is empty */
export function PopEntrySList(memory: KernelMemory, head: Address): Address {
  const first = FirstEntrySList(memory, head);
  if (first === 0) return 0;
  memory.writePointer(head + FIRST, memory.readPointer(first + NEXT));
  memory.writeU16(head + DEPTH, memory.readU16(head + DEPTH) - 1);
  return first;
}

/** Empties the list. @returns what was its first entry, with the others behind it; 0 when there was none */
export function FlushSList(memory: KernelMemory, head: Address): Address {
  const first = FirstEntrySList(memory, head);
  memory.writePointer(head + FIRST, 0);
  memory.writeU16(head + DEPTH, 0);
  return first;
}
