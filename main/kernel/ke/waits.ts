/**
 * KeWaitForSingleObject and what releases mutexes (wdm.h). One processor and cooperative drivers: a wait that is not
 * satisfied at once could only be satisfied by somebody who does not get to run, so it never ends, and that is said.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_MUTANT_LIMIT_EXCEEDED,
  STATUS_MUTANT_NOT_OWNED,
  STATUS_SUCCESS,
  STATUS_TIMEOUT,
} from "../../../native-bindings/abi/ntstatus/codes";
import { DISPATCHER_HEADER, dispatcherObjectTypes, KMUTANT } from "../../../native-bindings/abi/structures/dispatcher";
import type { KernelMemory } from "../mem/kernelMemory";
import { readState } from "./dispatcherObjects";
import type { Ke } from "./ke";

const KMODE_EXCEPTION_NOT_HANDLED = 0x1e;
/** Windows has no bugcheck for a thread that waits for ever; this is what it calls one that gets no further. */
const THREAD_STUCK_IN_DEVICE_DRIVER = 0xea;
/** How often a thread can acquire the same mutex: SignalState counts down from 1. */
const LOWEST_STATE = -0x7fff_ffff;

const kinds = dispatcherObjectTypes.value;
const { Type: TYPE, SignalState: STATE } = DISPATCHER_HEADER.offset;
const OWNER = KMUTANT.offset.OwnerThread;

/** @returns whether the object is signalled for that thread; if it is, the wait has had its effect on it */
function satisfy(memory: KernelMemory, ke: Ke, object: Address, thread: Address): boolean {
  const state = readState(memory, object);
  switch (memory.readU8(object + TYPE)) {
    case kinds.MutantObject:
      if (state <= 0 && memory.readPointer(object + OWNER) !== thread) return false;
      if (state <= LOWEST_STATE) raise(ke, STATUS_MUTANT_LIMIT_EXCEEDED, "KeWaitForSingleObject", "too often");
      memory.writeI32(object + STATE, state - 1);
      memory.writePointer(object + OWNER, thread);
      return true;
    case kinds.SemaphoreObject:
      if (state > 0) memory.writeI32(object + STATE, state - 1);
      return state > 0;
    case kinds.EventSynchronizationObject:
    case kinds.TimerSynchronizationObject:
      if (state > 0) memory.writeI32(object + STATE, 0);
      return state > 0;
    default:
      return state > 0;
  }
}

function raise(ke: Ke, status: number, routine: string, what: string): never {
  return ke.bugCheck(KMODE_EXCEPTION_NOT_HANDLED, [status, 0, 0, 0], {
    rule: `${routine} raised an exception that nothing handled: the mutex was acquired ${what}.`,
    routine,
  });
}

/**
 * @param thread ETHREAD of the caller
 * @param mayTimeOut whether a time limit was given; the model's time stands still meanwhile, so it counts as passed
 * @returns STATUS_SUCCESS or STATUS_TIMEOUT
 */
export function KeWaitForSingleObject(
  memory: KernelMemory,
  ke: Ke,
  object: Address,
  thread: Address,
  mayTimeOut: boolean,
): number {
  if (satisfy(memory, ke, object, thread)) return STATUS_SUCCESS;
  if (mayTimeOut) return STATUS_TIMEOUT;
  return ke.bugCheck(THREAD_STUCK_IN_DEVICE_DRIVER, [thread, object, 0, 0], {
    rule: "KeWaitForSingleObject would wait for ever: nothing that runs will signal the object.",
    routine: "KeWaitForSingleObject",
  });
}

/** Case 99. @returns the state before: 0 when this was the last release, below for each that is left */
export function KeReleaseMutex(memory: KernelMemory, ke: Ke, mutex: Address, thread: Address): number {
  if (memory.readPointer(mutex + OWNER) !== thread)
    raise(ke, STATUS_MUTANT_NOT_OWNED, "KeReleaseMutex", "by nobody here");
  const before = readState(memory, mutex);
  memory.writeI32(mutex + STATE, before + 1);
  if (before === 0) memory.writePointer(mutex + OWNER, 0);
  return before;
}
