/**
 * The routines on dispatcher objects that change their state or wait for it (wdm.h). What initializes them is in
 * dispatcherObjects.ts, who waits for whom in waits.ts.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  ATTEMPTED_SWITCH_FROM_DPC,
  IRQL_NOT_LESS_OR_EQUAL,
  KMODE_EXCEPTION_NOT_HANDLED,
  MAXIMUM_WAIT_OBJECTS_EXCEEDED,
} from "../../../native-bindings/abi/bugcheckCodes";
import {
  STATUS_MUTANT_NOT_OWNED,
  STATUS_SEMAPHORE_LIMIT_EXCEEDED,
  STATUS_SUCCESS,
  STATUS_TIMEOUT,
} from "../../../native-bindings/abi/ntstatus/codes";
import { DISPATCHER_HEADER, KMUTANT } from "../../../native-bindings/abi/structures/dispatcher";
import { DelayExecution, Executive } from "../../../native-bindings/abi/threadStates";
import type { KernelMemory } from "../mem/kernelMemory";
import { KernelMode, type ProcessorMode } from "../ob/caller";
import type { Coroutine, MayWait, WaitRequest } from "./call";
import type { VirtualClock } from "./clock";
import { readState, releaseSemaphore } from "./dispatcherObjects";
import { DISPATCH_LEVEL, type Ke } from "./ke";
import type { KeThread } from "./threadControl";
import type { Waits } from "./waits";

const STATE = DISPATCHER_HEADER.offset.SignalState;
const { OwnerThread: OWNER, ApcDisable: APC_DISABLE, Abandoned: ABANDONED } = KMUTANT.offset;

/** MAXIMUM_WAIT_OBJECTS, and what fits without a wait block array. */
const MAXIMUM_WAIT_OBJECTS = 64;
export const THREAD_WAIT_OBJECTS = 3;

/** How a thread waits, where it is not as most do. */
export interface WaitOptions {
  readonly reason?: number;
  readonly mode?: ProcessorMode;
  readonly alertable?: boolean;
  /** In 100 ns: below 0 from now, else a system time; 0 does not wait; left out, it never gives up. */
  readonly timeout?: bigint | undefined;
}

export class Dispatcher {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly clock: VirtualClock,
    private readonly waits: Waits,
    private readonly current: () => KeThread,
  ) {}

  /** @returns the state before */
  KeSetEvent(event: Address): number {
    const before = readState(this.memory, event);
    this.memory.writeI32(event + STATE, 1);
    if (before <= 0) this.waits.didSignal(event);
    return before;
  }

  /** @returns the state before */
  KeResetEvent(event: Address): number {
    const before = readState(this.memory, event);
    this.memory.writeI32(event + STATE, 0);
    return before;
  }

  KeClearEvent(event: Address): void {
    this.memory.writeI32(event + STATE, 0);
  }

  /** Releases who waits now, and resets. @returns the state before */
  KePulseEvent(event: Address): number {
    const before = this.KeSetEvent(event);
    this.KeClearEvent(event);
    return before;
  }

  /** Case 99. @returns the state before: 0 when this was the last release, below for each that is left */
  KeReleaseMutex(mutex: Address): number {
    if (this.memory.readPointer(mutex + OWNER) !== this.current().object) {
      this.ke.bugCheck(KMODE_EXCEPTION_NOT_HANDLED, [STATUS_MUTANT_NOT_OWNED, 0, 0, 0], {
        rule: "KeReleaseMutex raised an exception that nothing handled: the thread does not hold the mutex.",
        routine: "KeReleaseMutex",
      });
    }
    return this.releaseMutant(mutex, this.current());
  }

  /** Of a thread that holds it. */
  releaseMutant(mutant: Address, owner: KeThread): number {
    const before = readState(this.memory, mutant);
    this.memory.writeI32(mutant + STATE, before + 1);
    if (before === 0) this.#freeMutant(mutant, owner);
    return before;
  }

  #freeMutant(mutant: Address, owner: KeThread): void {
    this.memory.writePointer(mutant + OWNER, 0);
    owner.control.mutants.delete(mutant);
    owner.control.apcDisable += this.memory.readU8(mutant + APC_DISABLE);
    this.waits.didSignal(mutant);
  }

  /** Case 102: who gets it next is told so. */
  abandonMutants(thread: KeThread): void {
    for (const mutant of [...thread.control.mutants]) {
      this.memory.writeU8(mutant + ABANDONED, 1);
      this.memory.writeI32(mutant + STATE, 1);
      this.#freeMutant(mutant, thread);
    }
  }

  /** Case 101. @returns the count before; raises STATUS_SEMAPHORE_LIMIT_EXCEEDED, and the count stays */
  KeReleaseSemaphore(semaphore: Address, adjustment: number): number {
    const before = this.tryReleaseSemaphore(semaphore, adjustment);
    if (before !== undefined) return before;
    return this.ke.bugCheck(KMODE_EXCEPTION_NOT_HANDLED, [STATUS_SEMAPHORE_LIMIT_EXCEEDED, 0, 0, 0], {
      rule: "KeReleaseSemaphore raised an exception that nothing handled: the count would exceed the semaphore's limit.",
      routine: "KeReleaseSemaphore",
    });
  }

  /** Undefined when the limit would be exceeded. */
  tryReleaseSemaphore(semaphore: Address, adjustment: number): number | undefined {
    const before = releaseSemaphore(this.memory, semaphore, adjustment);
    if (before !== undefined) this.waits.didSignal(semaphore);
    return before;
  }

  /** Any dispatcher object that others have set to signalled: timers, threads. */
  signal(object: Address): void {
    this.memory.writeI32(object + STATE, 1);
    this.waits.didSignal(object);
  }

  /** STATUS_SUCCESS, STATUS_TIMEOUT, STATUS_ABANDONED_WAIT_0, or of an alertable wait STATUS_ALERTED, STATUS_USER_APC. */
  KeWaitForSingleObject(object: Address, options: WaitOptions = {}): MayWait<number> {
    return this.#wait([object], false, options, "KeWaitForSingleObject");
  }

  /**
   * Case 100. STATUS_WAIT_0 and the index of the object that ended it; STATUS_SUCCESS with `waitAll`.
   * @param objects at most 64, and 3 when the caller brought no wait blocks
   */
  KeWaitForMultipleObjects(
    objects: readonly Address[],
    waitAll: boolean,
    options: WaitOptions = {},
    hasWaitBlocks = false,
  ): MayWait<number> {
    const most = hasWaitBlocks ? MAXIMUM_WAIT_OBJECTS : THREAD_WAIT_OBJECTS;
    if (objects.length === 0 || objects.length > most) {
      this.ke.bugCheck(MAXIMUM_WAIT_OBJECTS_EXCEEDED, [objects.length], {
        rule: `KeWaitForMultipleObjects was called for ${objects.length} objects; without a wait block array it takes 1 to 3, with one 64.`,
        routine: "KeWaitForMultipleObjects",
      });
    }
    return this.#wait(objects, waitAll, options, "KeWaitForMultipleObjects");
  }

  /** STATUS_SUCCESS when the interval has passed. @param interval as WaitOptions.timeout */
  KeDelayExecutionThread(
    interval: bigint,
    { mode = KernelMode, alertable = false }: WaitOptions = {},
  ): MayWait<number> {
    return this.#wait(
      [],
      false,
      { mode, alertable, timeout: interval, reason: DelayExecution },
      "KeDelayExecutionThread",
    );
  }

  #wait(objects: readonly Address[], waitAll: boolean, options: WaitOptions, routine: string): MayWait<number> {
    const { reason = Executive, mode = KernelMode, alertable = false, timeout } = options;
    if (timeout !== 0n) this.#checkIrql(objects[0] ?? 0, routine);
    const due = timeout === undefined ? Number.POSITIVE_INFINITY : this.clock.dueTime(timeout);
    const request: WaitRequest = { objects, waitAll, alertable, reason, mode, due };
    const now = this.waits.tryNow(request, this.current());
    if (now !== undefined) return now;
    // To wait for nothing is a delay, whose time passing is its success.
    const timedOut = objects.length === 0 ? STATUS_SUCCESS : STATUS_TIMEOUT;
    if (timeout === 0n) return timedOut;
    return this.ke.awaiting(standStill(request, timedOut));
  }

  /** Case 104: a wait that may last is not for DISPATCH_LEVEL, whether it lasts this time or not. */
  #checkIrql(object: Address, routine: string): void {
    const { irql } = this.ke;
    if (irql < DISPATCH_LEVEL) return;
    const code = this.ke.isInDpc ? ATTEMPTED_SWITCH_FROM_DPC : IRQL_NOT_LESS_OR_EQUAL;
    this.ke.bugCheck(code, [object, irql, 0, 0], {
      rule: `${routine} was called at IRQL ${irql}. At DISPATCH_LEVEL a wait must have a timeout of 0.`,
      routine,
    });
  }
}

function* standStill(request: WaitRequest, timedOut: number): Coroutine<number> {
  const status = yield request;
  return status === STATUS_TIMEOUT ? timedOut : status;
}
