/**
 * Dispatcher objects in memory: making them (wdm.h, KeInitializeEvent...) and looking at them. What changes their state
 * may end waits, and is in dispatcher.ts.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  DISPATCHER_HEADER,
  dispatcherObjectTypes,
  KEVENT,
  KMUTANT,
  KSEMAPHORE,
  KTIMER,
} from "../../../native-bindings/abi/structures/dispatcher";
import type { KernelMemory } from "../mem/kernelMemory";

const { Type, Size, SignalState, WaitListHead } = DISPATCHER_HEADER.offset;
const kinds = dispatcherObjectTypes.value;

/** EVENT_TYPE and TIMER_TYPE (wdm.h). */
export const NotificationEvent = 0;
export const SynchronizationEvent = 1;

export function initializeListHead(memory: KernelMemory, head: Address): void {
  memory.writePointer(head, head);
  memory.writePointer(head + 8, head);
}

function initializeHeader(memory: KernelMemory, object: Address, type: number, bytes: number, state: number): void {
  memory.fill(object, bytes, 0);
  writeHeader(memory, object, type, bytes, state);
}

/** Of an object whose other fields are somebody else's: a process, a thread. */
export function writeHeader(memory: KernelMemory, object: Address, type: number, bytes: number, state: number): void {
  memory.writeU8(object + Type, type);
  memory.writeU8(object + Size, (bytes >>> 2) & 0xff);
  memory.writeI32(object + SignalState, state);
  initializeListHead(memory, object + WaitListHead);
}

/** @param type NotificationEvent or SynchronizationEvent */
export function KeInitializeEvent(memory: KernelMemory, event: Address, type: number, state: boolean): void {
  initializeHeader(memory, event, type, KEVENT.size, state ? 1 : 0);
}

/** KeReadStateEvent, -Mutex, -Semaphore, -Timer are the same read. */
export function readState(memory: KernelMemory, object: Address): number {
  return memory.readI32(object + SignalState);
}

/** A KMUTEX of the kernel (KeInitializeMutex); its holder runs without kernel APCs. */
export function KeInitializeMutex(memory: KernelMemory, mutex: Address): void {
  initializeHeader(memory, mutex, kinds.MutantObject, KMUTANT.size, 1);
  memory.writeU8(mutex + KMUTANT.offset.ApcDisable, 1);
}

/** @param owner KTHREAD that holds it from the start, 0: free */
export function KeInitializeMutant(memory: KernelMemory, mutant: Address, owner: Address): void {
  initializeHeader(memory, mutant, kinds.MutantObject, KMUTANT.size, owner === 0 ? 1 : 0);
  memory.writePointer(mutant + KMUTANT.offset.OwnerThread, owner);
}

export function KeInitializeSemaphore(memory: KernelMemory, semaphore: Address, count: number, limit: number): void {
  initializeHeader(memory, semaphore, kinds.SemaphoreObject, KSEMAPHORE.size, count);
  memory.writeI32(semaphore + KSEMAPHORE.offset.Limit, limit);
}

/** Adds to the count unless that exceeds the limit; then undefined, and the count stays. */
export function releaseSemaphore(memory: KernelMemory, semaphore: Address, adjustment: number): number | undefined {
  const before = readState(memory, semaphore);
  const after = before + adjustment;
  if (adjustment <= 0 || after > memory.readI32(semaphore + KSEMAPHORE.offset.Limit)) return undefined;
  memory.writeI32(semaphore + SignalState, after);
  return before;
}

/** @param type NotificationEvent or SynchronizationEvent: what a timer that is due behaves like */
export function KeInitializeTimerEx(memory: KernelMemory, timer: Address, type: number): void {
  initializeHeader(memory, timer, kinds.TimerNotificationObject + type, KTIMER.size, 0);
}
