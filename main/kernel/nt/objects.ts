/**
 * The system calls on objects, as user mode makes them (Nt) or the kernel does (Zw: run them with ps.asKernel).
 * They take names as strings and answer handles as values; `withHandleOut` and `captureObjectAttributes` add
 * the pointers of the real calls.
 */
import { DELETE } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import type { Dispatcher } from "../ke/dispatcher";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObProcess } from "../ob/caller";
import type { DuplicateOptions, HandleResult } from "../ob/handles";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";
import type { Ps } from "../ps/ps";
import {
  createDirectory,
  createSymbolicLink,
  type LinkTarget,
  type QueryDirectoryResult,
  type QueryLinkResult,
  queryDirectory,
  querySymbolicLink,
} from "./objectsNamespace";
import { type QueryObjectResult, queryObject, setInformationObject } from "./objectsQuery";
import { createObject, EventCalls, MutantCalls, SectionCalls, SemaphoreCalls, TimerCalls } from "./objectsWaitable";

export interface NtContext {
  readonly memory: KernelMemory;
  readonly ob: ObjectManager;
  readonly ps: Ps;
  readonly dispatcher: Dispatcher;
  /** What the kernel itself prints (DbgPrint). */
  readonly printk: (text: string) => void;
}

export class NtObjects {
  readonly events: EventCalls;
  readonly mutants: MutantCalls;
  readonly semaphores: SemaphoreCalls;
  readonly timers: TimerCalls;
  readonly sections: SectionCalls;
  readonly keyedEventType: ObjectType;
  readonly jobType: ObjectType;
  readonly debugObjectType: ObjectType;

  constructor(readonly context: NtContext) {
    this.jobType = context.ob.createType("Job");
    this.debugObjectType = context.ob.createType("DebugObject");
    this.events = new EventCalls(context);
    this.mutants = new MutantCalls(context);
    this.semaphores = new SemaphoreCalls(context);
    this.timers = new TimerCalls(context);
    this.keyedEventType = context.ob.createType("KeyedEvent");
    this.sections = new SectionCalls(context);
  }

  NtCreateDirectoryObject(access: number, attributes: ObjectAttributes | undefined): HandleResult {
    return createDirectory(this.context, access, attributes);
  }

  NtOpenDirectoryObject(access: number, attributes: ObjectAttributes | undefined): HandleResult {
    return this.open(this.context.ob.directoryType, access, attributes);
  }

  NtQueryDirectoryObject(
    handle: number,
    buffer: Address,
    length: number,
    returnSingleEntry: boolean,
    restartScan: boolean,
    context: number,
  ): QueryDirectoryResult {
    return queryDirectory(this.context, handle, buffer, length, returnSingleEntry, restartScan ? 0 : context);
  }

  NtCreateSymbolicLinkObject(
    access: number,
    attributes: ObjectAttributes | undefined,
    target: string | LinkTarget | undefined,
  ): HandleResult {
    const given = typeof target === "string" ? { text: target } : target;
    return createSymbolicLink(this.context, access, attributes, given);
  }

  NtOpenSymbolicLinkObject(access: number, attributes: ObjectAttributes | undefined): HandleResult {
    return this.open(this.context.ob.symbolicLinkType, access, attributes);
  }

  /** @param string the address of a UNICODE_STRING with room for the target */
  NtQuerySymbolicLinkObject(handle: number, string: Address, wantsReturnLength = true): QueryLinkResult {
    return querySymbolicLink(this.context, handle, string, wantsReturnLength);
  }

  NtQueryObject(handle: number, informationClass: number, buffer: Address, length: number): QueryObjectResult {
    return queryObject(this.context, handle, informationClass, buffer, length);
  }

  NtSetInformationObject(handle: number, informationClass: number, buffer: Address, length: number): number {
    return setInformationObject(this.context, handle, informationClass, buffer, length);
  }

  NtCreateKeyedEvent(access: number, attributes: ObjectAttributes | undefined): HandleResult {
    return createObject(this.context, this.keyedEventType, access, attributes);
  }

  NtCreateJobObject(access: number, attributes: ObjectAttributes | undefined): HandleResult {
    return createObject(this.context, this.jobType, access, attributes);
  }

  NtCreateDebugObject(access: number, attributes: ObjectAttributes | undefined): HandleResult {
    return createObject(this.context, this.debugObjectType, access, attributes);
  }

  /** Any type's create call that has nothing of its own to say; the body stays zero. */
  create(type: ObjectType, access: number, attributes: ObjectAttributes | undefined): HandleResult {
    return createObject(this.context, type, access, attributes);
  }

  /** NtOpenEvent, NtOpenMutant...: they differ in nothing but the type. */
  open(type: ObjectType, access: number, attributes: ObjectAttributes | undefined): HandleResult {
    const { ob, ps } = this.context;
    return ob.ObOpenObjectByName(attributes, type, access, ps.current.mode);
  }

  NtMakeTemporaryObject(handle: number): number {
    const { ob, ps } = this.context;
    const { status, object } = ob.ObReferenceObjectByHandle(handle, DELETE, undefined, ps.current.mode);
    if (!NT_SUCCESS(status)) return status;
    ob.ObMakeTemporaryObject(object);
    ob.ObDereferenceObject(object);
    return status;
  }

  NtClose(handle: number): number {
    return this.context.ob.NtClose(handle);
  }

  NtDuplicateObject(
    source: ObProcess,
    handle: number,
    target: ObProcess,
    options: DuplicateOptions = {},
  ): HandleResult {
    return this.context.ob.NtDuplicateObject(source, handle, target, options);
  }
}
