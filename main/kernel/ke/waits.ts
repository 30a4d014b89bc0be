/**
 * Who waits for what: the KWAIT_BLOCKs that link threads to dispatcher objects, when a wait is over, and what its end
 * does to the objects (wdm.h: KeWaitForSingleObject, KeWaitForMultipleObjects, KeReleaseMutex).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { KMODE_EXCEPTION_NOT_HANDLED } from "../../../native-bindings/abi/bugcheckCodes";
import {
  STATUS_ABANDONED_WAIT_0,
  STATUS_MUTANT_LIMIT_EXCEEDED,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import {
  DISPATCHER_HEADER,
  dispatcherObjectTypes,
  KMUTANT,
  KWAIT_BLOCK,
} from "../../../native-bindings/abi/structures/dispatcher";
import { KTHREAD } from "../../../native-bindings/abi/structures/process";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";
import type { WaitRequest } from "./call";
import { readState } from "./dispatcherObjects";
import type { Ke } from "./ke";
import { InsertTailList, RemoveEntryList } from "./linkedLists";
import type { KeThread } from "./threadControl";

const kinds = dispatcherObjectTypes.value;
const { Type: TYPE, SignalState: STATE, WaitListHead: WAIT_LIST } = DISPATCHER_HEADER.offset;
const { OwnerThread: OWNER, Abandoned: ABANDONED, ApcDisable: APC_DISABLE } = KMUTANT.offset;
const block = KWAIT_BLOCK.offset;

/** How often a thread can acquire the same mutex: SignalState counts down from 1. */
const LOWEST_STATE = -0x7fff_ffff;
/** KTHREAD.WaitBlock has room for so many. */
const OWN_BLOCKS = 3;
const WAIT_TAG = "Wait";
const BLOCK_ACTIVE = 4;

export class Waits {
  readonly #threads = new Map<Address, KeThread>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ke: Ke,
    /** Called for a thread whose wait is over; its blocks are gone then. */
    private readonly wake: (thread: KeThread, status: number) => void,
  ) {}

  #isSignalled(object: Address, thread: KeThread): boolean {
    if (readState(this.memory, object) > 0) return true;
    const isMutant = this.memory.readU8(object + TYPE) === kinds.MutantObject;
    return isMutant && this.memory.readPointer(object + OWNER) === thread.object;
  }

  /** The effect of a wait's end on an object that is signalled. @returns whether it was an abandoned mutex */
  #consume(object: Address, thread: KeThread): boolean {
    const { memory } = this;
    const state = readState(memory, object);
    switch (memory.readU8(object + TYPE)) {
      case kinds.MutantObject:
        return this.#acquireMutant(object, thread, state);
      case kinds.SemaphoreObject:
        memory.writeI32(object + STATE, state - 1);
        return false;
      case kinds.EventSynchronizationObject:
      case kinds.TimerSynchronizationObject:
        memory.writeI32(object + STATE, 0);
        return false;
      default:
        return false;
    }
  }

  #acquireMutant(mutant: Address, thread: KeThread, state: number): boolean {
    const { memory } = this;
    if (state <= LOWEST_STATE) {
      this.ke.bugCheck(KMODE_EXCEPTION_NOT_HANDLED, [STATUS_MUTANT_LIMIT_EXCEEDED, 0, 0, 0], {
        rule: "KeWaitForSingleObject raised an exception that nothing handled: the mutex was acquired too often.",
        routine: "KeWaitForSingleObject",
      });
    }
    memory.writeI32(mutant + STATE, state - 1);
    if (state !== 1) return false;
    memory.writePointer(mutant + OWNER, thread.object);
    thread.control.mutants.add(mutant);
    thread.control.apcDisable -= memory.readU8(mutant + APC_DISABLE);
    const wasAbandoned = memory.readU8(mutant + ABANDONED) !== 0;
    if (wasAbandoned) memory.writeU8(mutant + ABANDONED, 0);
    return wasAbandoned;
  }

  /** What the wait answers if it is over at once; undefined when the thread has to stand still. */
  tryNow({ objects, waitAll }: WaitRequest, thread: KeThread): number | undefined {
    if (objects.length === 0) return undefined;
    if (waitAll) {
      if (!objects.every((object) => this.#isSignalled(object, thread))) return undefined;
      return this.#consumeAll(objects, thread);
    }
    // Case 100: the lowest index counts, and only that object is changed.
    const index = objects.findIndex((object) => this.#isSignalled(object, thread));
    if (index < 0) return undefined;
    const wasAbandoned = this.#consume(objects[index] as Address, thread);
    return (wasAbandoned ? STATUS_ABANDONED_WAIT_0 : STATUS_SUCCESS) + index;
  }

  #consumeAll(objects: readonly Address[], thread: KeThread): number {
    let status: number = STATUS_SUCCESS;
    for (const object of objects) if (this.#consume(object, thread)) status = STATUS_ABANDONED_WAIT_0;
    return status;
  }

  /** Links the thread to what it waits for. */
  insert(thread: KeThread, request: WaitRequest, forgetDue: () => void): void {
    const { memory } = this;
    const { objects } = request;
    const pool =
      objects.length > OWN_BLOCKS
        ? this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, objects.length * KWAIT_BLOCK.size, WAIT_TAG)
        : 0;
    const first = pool === 0 ? thread.object + KTHREAD.offset.WaitBlock : pool;
    const blocks = objects.map((object, index) => {
      const at = first + index * KWAIT_BLOCK.size;
      memory.writeU8(at + block.WaitType, request.waitAll ? 0 : 1);
      memory.writeU8(at + block.BlockState, BLOCK_ACTIVE);
      memory.writeU16(at + block.WaitKey, index);
      memory.writePointer(at + block.Thread, thread.object);
      memory.writePointer(at + block.Object, object);
      InsertTailList(memory, this.ke, object + WAIT_LIST, at);
      return at;
    });
    memory.writePointer(thread.object + KTHREAD.offset.WaitBlockList, blocks[0] ?? 0);
    thread.control.wait = { request, blocks, pool, forgetDue };
    this.#threads.set(thread.object, thread);
  }

  /** Takes the thread out of all that it waits for. */
  remove(thread: KeThread): void {
    const { wait } = thread.control;
    if (wait === undefined) return;
    thread.control.wait = undefined;
    this.#threads.delete(thread.object);
    wait.forgetDue();
    for (const at of wait.blocks) RemoveEntryList(this.memory, this.ke, at);
    this.memory.writePointer(thread.object + KTHREAD.offset.WaitBlockList, 0);
    if (wait.pool !== 0) this.pool.ExFreePoolWithTag(wait.pool, WAIT_TAG);
  }

  /** Threads that wait for an object, the longest first. */
  waiters(object: Address): KeThread[] {
    const { memory } = this;
    const head = object + WAIT_LIST;
    const found: KeThread[] = [];
    for (let at = memory.readPointer(head); at !== head; at = memory.readPointer(at)) {
      const thread = this.#threads.get(memory.readPointer(at + block.Thread));
      if (thread !== undefined) found.push(thread);
    }
    return found;
  }

  /** An object may be signalled now: ends the waits that are over, in the order in which they began. */
  didSignal(object: Address): void {
    const { memory } = this;
    const head = object + WAIT_LIST;
    if (memory.readPointer(head) === head) return;
    for (const thread of this.waiters(object)) {
      const request = thread.control.wait?.request;
      if (request === undefined) continue;
      if (readState(memory, object) <= 0) return;
      const status = this.#endOf(request, object, thread);
      if (status === undefined) continue;
      this.remove(thread);
      this.wake(thread, status);
    }
  }

  /** @param object signalled now */
  #endOf(request: WaitRequest, object: Address, thread: KeThread): number | undefined {
    if (request.waitAll) return this.tryNow(request, thread);
    const wasAbandoned = this.#consume(object, thread);
    return (wasAbandoned ? STATUS_ABANDONED_WAIT_0 : STATUS_SUCCESS) + request.objects.indexOf(object);
  }
}
