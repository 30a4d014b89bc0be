/**
 * System calls on the objects that threads wait for and on their neighbours without a driver behind them:
 * events, mutants, semaphores, timers, sections... (winternl.h, ntifs.h, phnt).
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INVALID_PARAMETER,
  STATUS_INVALID_PARAMETER_4,
  STATUS_MUTANT_NOT_OWNED,
  STATUS_SEMAPHORE_LIMIT_EXCEEDED,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import {
  EVENT_MODIFY_STATE,
  EVENT_QUERY_STATE,
  MUTANT_QUERY_STATE,
  SECTION_QUERY,
  SEMAPHORE_MODIFY_STATE,
  SEMAPHORE_QUERY_STATE,
  TIMER_QUERY_STATE,
} from "../../../native-bindings/abi/objectRights";
import { DISPATCHER_HEADER, KMUTANT, KSEMAPHORE } from "../../../native-bindings/abi/structures/dispatcher";
import {
  KeInitializeEvent,
  KeInitializeMutant,
  KeInitializeSemaphore,
  KeInitializeTimerEx,
  NotificationEvent,
  readState,
  SynchronizationEvent,
} from "../ke/dispatcherObjects";
import type { HandleResult } from "../ob/handles";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { ObjectType } from "../ob/objectType";
import type { NtContext } from "./objects";

export interface StateResult {
  readonly status: number;
  /** The state or count before; undefined unless the status is a success. */
  readonly previous?: number;
}

/** Makes an object of a type, fills its body, inserts it. */
export function createObject(
  { ob, ps }: NtContext,
  type: ObjectType,
  desiredAccess: number,
  attributes: ObjectAttributes | undefined,
  initialize: (object: Address) => void = () => undefined,
): HandleResult {
  const { status, object } = ob.ObCreateObject(type, attributes, undefined, ps.current.mode);
  if (!NT_SUCCESS(status)) return { status, handle: 0 };
  initialize(object);
  return ob.ObInsertObject(object, desiredAccess);
}

/** Runs `action` on the object of a handle, if the handle has the right type and access. */
function withObject<T extends { readonly status: number }>(
  { ob, ps }: NtContext,
  handle: number,
  access: number,
  type: ObjectType,
  action: (object: Address) => T,
): T | { readonly status: number } {
  const opened = ob.ObReferenceObjectByHandle(handle, access, type, ps.current.mode);
  if (!NT_SUCCESS(opened.status)) return { status: opened.status };
  try {
    return action(opened.object);
  } finally {
    ob.ObDereferenceObject(opened.object);
  }
}

function isEventType(type: number): boolean {
  return type === NotificationEvent || type === SynchronizationEvent;
}

export class EventCalls {
  readonly type: ObjectType;

  constructor(readonly context: NtContext) {
    this.type = context.ob.createType("Event");
  }

  /** Case 101: any other type of event is STATUS_INVALID_PARAMETER. */
  NtCreateEvent(access: number, attributes: ObjectAttributes | undefined, type: number, state: boolean): HandleResult {
    if (!isEventType(type)) return { status: STATUS_INVALID_PARAMETER, handle: 0 };
    const { memory } = this.context;
    return createObject(this.context, this.type, access, attributes, (event) =>
      KeInitializeEvent(memory, event, type, state),
    );
  }

  NtSetEvent(handle: number): StateResult {
    return this.#change(handle, (event) => this.context.dispatcher.KeSetEvent(event));
  }

  NtResetEvent(handle: number): StateResult {
    return this.#change(handle, (event) => this.context.dispatcher.KeResetEvent(event));
  }

  NtPulseEvent(handle: number): StateResult {
    return this.#change(handle, (event) => this.context.dispatcher.KePulseEvent(event));
  }

  /** EVENT_BASIC_INFORMATION. */
  NtQueryEvent(handle: number): { status: number; eventType?: number; eventState?: number } {
    const { memory } = this.context;
    return withObject(this.context, handle, EVENT_QUERY_STATE, this.type, (event) => ({
      status: STATUS_SUCCESS,
      eventType: memory.readU8(event + DISPATCHER_HEADER.offset.Type),
      eventState: readState(memory, event),
    }));
  }

  #change(handle: number, change: (event: Address) => number): StateResult {
    return withObject(this.context, handle, EVENT_MODIFY_STATE, this.type, (event) => ({
      status: STATUS_SUCCESS,
      previous: change(event),
    }));
  }
}

export class MutantCalls {
  readonly type: ObjectType;

  constructor(readonly context: NtContext) {
    this.type = context.ob.createType("Mutant");
  }

  NtCreateMutant(access: number, attributes: ObjectAttributes | undefined, owned: boolean): HandleResult {
    const { memory, ps } = this.context;
    return createObject(this.context, this.type, access, attributes, (mutant) => {
      KeInitializeMutant(memory, mutant, owned ? ps.current.thread.object : 0);
      if (owned) ps.current.thread.control.mutants.add(mutant);
    });
  }

  /** Only its owner may: STATUS_MUTANT_NOT_OWNED. */
  NtReleaseMutant(handle: number): StateResult {
    const { memory, ps } = this.context;
    return withObject(this.context, handle, 0, this.type, (mutant): StateResult => {
      const owner = memory.readPointer(mutant + KMUTANT.offset.OwnerThread);
      if (owner === 0 || owner !== ps.current.thread.object) return { status: STATUS_MUTANT_NOT_OWNED };
      return { status: STATUS_SUCCESS, previous: this.context.dispatcher.releaseMutant(mutant, ps.current.thread) };
    });
  }

  /** MUTANT_BASIC_INFORMATION. */
  NtQueryMutant(handle: number): { status: number; count?: number; ownedByCaller?: boolean; abandoned?: boolean } {
    const { memory, ps } = this.context;
    return withObject(this.context, handle, MUTANT_QUERY_STATE, this.type, (mutant) => ({
      status: STATUS_SUCCESS,
      count: readState(memory, mutant),
      ownedByCaller: memory.readPointer(mutant + KMUTANT.offset.OwnerThread) === ps.current.thread.object,
      abandoned: memory.readU8(mutant + KMUTANT.offset.Abandoned) !== 0,
    }));
  }
}

export class SemaphoreCalls {
  readonly type: ObjectType;

  constructor(readonly context: NtContext) {
    this.type = context.ob.createType("Semaphore");
  }

  /** Case 101: a count over the limit, or a limit below 1, is STATUS_INVALID_PARAMETER. */
  NtCreateSemaphore(
    access: number,
    attributes: ObjectAttributes | undefined,
    count: number,
    limit: number,
  ): HandleResult {
    if (limit <= 0 || count < 0 || count > limit) return { status: STATUS_INVALID_PARAMETER, handle: 0 };
    const { memory } = this.context;
    return createObject(this.context, this.type, access, attributes, (semaphore) =>
      KeInitializeSemaphore(memory, semaphore, count, limit),
    );
  }

  NtReleaseSemaphore(handle: number, count: number): StateResult {
    if (count <= 0) return { status: STATUS_INVALID_PARAMETER };
    return withObject(this.context, handle, SEMAPHORE_MODIFY_STATE, this.type, (semaphore): StateResult => {
      const previous = this.context.dispatcher.tryReleaseSemaphore(semaphore, count);
      return previous === undefined
        ? { status: STATUS_SEMAPHORE_LIMIT_EXCEEDED }
        : { status: STATUS_SUCCESS, previous };
    });
  }

  /** SEMAPHORE_BASIC_INFORMATION. */
  NtQuerySemaphore(handle: number): { status: number; count?: number; limit?: number } {
    const { memory } = this.context;
    return withObject(this.context, handle, SEMAPHORE_QUERY_STATE, this.type, (semaphore) => ({
      status: STATUS_SUCCESS,
      count: readState(memory, semaphore),
      limit: memory.readI32(semaphore + KSEMAPHORE.offset.Limit),
    }));
  }
}

export class TimerCalls {
  readonly type: ObjectType;

  constructor(readonly context: NtContext) {
    this.type = context.ob.createType("Timer");
  }

  NtCreateTimer(access: number, attributes: ObjectAttributes | undefined, type: number): HandleResult {
    if (!isEventType(type)) return { status: STATUS_INVALID_PARAMETER_4, handle: 0 };
    const { memory } = this.context;
    return createObject(this.context, this.type, access, attributes, (timer) =>
      KeInitializeTimerEx(memory, timer, type),
    );
  }

  /** TIMER_BASIC_INFORMATION, as far as the state. */
  NtQueryTimer(handle: number): { status: number; state?: number } {
    return withObject(this.context, handle, TIMER_QUERY_STATE, this.type, (timer) => ({
      status: STATUS_SUCCESS,
      state: readState(this.context.memory, timer),
    }));
  }
}

/** In a section's body: where what NtQuerySection answers lies, which is all that a section is here. */
export const SECTION_ATTRIBUTES = 0x8;
export const SECTION_SIZE = 0x10;
const SEC_COMMIT = 0x800_0000;

export class SectionCalls {
  readonly type: ObjectType;

  constructor(readonly context: NtContext) {
    this.type = context.ob.createType("Section");
  }

  /** Sections backed by the paging file; without a size there is nothing to make. */
  NtCreateSection(
    access: number,
    attributes: ObjectAttributes | undefined,
    maximumSize: number,
    allocationAttributes = SEC_COMMIT,
  ): HandleResult {
    if (maximumSize <= 0) return { status: STATUS_INVALID_PARAMETER_4, handle: 0 };
    const { memory } = this.context;
    return createObject(this.context, this.type, access, attributes, (section) => {
      memory.writeU32(section + SECTION_ATTRIBUTES, allocationAttributes);
      memory.writePointer(section + SECTION_SIZE, maximumSize);
    });
  }

  /** SECTION_BASIC_INFORMATION. */
  NtQuerySection(handle: number): { status: number; attributes?: number; maximumSize?: number } {
    const { memory } = this.context;
    return withObject(this.context, handle, SECTION_QUERY, this.type, (section) => ({
      status: STATUS_SUCCESS,
      attributes: memory.readU32(section + SECTION_ATTRIBUTES),
      maximumSize: memory.readPointer(section + SECTION_SIZE),
    }));
  }
}
