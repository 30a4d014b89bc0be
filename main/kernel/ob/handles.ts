/** Handles: making, closing, resolving and duplicating them, with all the counts that depend on them. */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_ACCESS_DENIED,
  STATUS_HANDLE_NOT_CLOSABLE,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_HANDLE,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import {
  OBJ_AUDIT_OBJECT_CLOSE,
  OBJ_INHERIT,
  OBJ_KERNEL_HANDLE,
  OBJ_PROTECT_CLOSE,
} from "../../../native-bindings/abi/objectAttributes";
import { OB_FLAG_EXCLUSIVE_OBJECT } from "../../../native-bindings/abi/objectHeaderFlags";
import type { AccessCheck } from "./accessCheck";
import { type Caller, KernelMode, type ObProcess, type ProcessorMode } from "./caller";
import { HANDLE_COUNT, hasFlag } from "./objectHeader";
import type { ObjectStore } from "./objectStore";
import type { ObjectType } from "./objectType";

/** NtCurrentProcess() and NtCurrentThread(). */
export const CURRENT_PROCESS = -1;
export const CURRENT_THREAD = -2;
/** Handles of the system process that only the kernel can use: 0xFFFFFFFF80000000 and up, as a signed number. */
const KERNEL_HANDLE_BASE = -0x8000_0000;
const KEPT_ATTRIBUTES = OBJ_PROTECT_CLOSE | OBJ_INHERIT | OBJ_AUDIT_OBJECT_CLOSE;

/** Options of NtDuplicateObject (ntifs.h). */
export const DUPLICATE_CLOSE_SOURCE = 1;
export const DUPLICATE_SAME_ACCESS = 2;
export const DUPLICATE_SAME_ATTRIBUTES = 4;

export interface HandleResult {
  readonly status: number;
  /** 0 unless the status is a success. */
  readonly handle: number;
}

export interface ReferenceResult {
  readonly status: number;
  /** Referenced; 0 unless the status is a success. */
  readonly object: Address;
  readonly grantedAccess: number;
}

export interface DuplicateOptions {
  readonly desiredAccess?: number;
  readonly attributes?: number;
  /** DUPLICATE_ bits. */
  readonly options?: number;
}

/** A handle that is about to be made: kind 1, or duplicated: kind 2 (OB_OPERATION_HANDLE_xxx). */
export interface HandleOperation {
  readonly kind: 1 | 2;
  readonly object: Address;
  readonly type: ObjectType;
  readonly access: number;
  readonly isKernelHandle: boolean;
}

export interface HandleWatch {
  /** @returns the rights that are left */
  willGrant(operation: HandleOperation): number;
  didGrant(operation: HandleOperation, status: number): void;
}

export class Handles {
  /** Told of each new handle; undefined when nobody wants to know. */
  watch: HandleWatch | undefined;

  constructor(
    readonly store: ObjectStore,
    readonly caller: Caller,
    readonly system: () => ObProcess,
    readonly accessCheck: AccessCheck,
    readonly didCloseLast: (object: Address) => void,
  ) {}

  /** A new handle; the object gets a reference of its own. Access is checked in user mode. */
  create(object: Address, desiredAccess: number, attributes: number, mode: ProcessorMode): HandleResult {
    const type = this.store.typeOf(object);
    const checked = this.accessCheck(object, type, desiredAccess, mode);
    if (!NT_SUCCESS(checked.status)) return { status: checked.status, handle: 0 };
    return this.createGranted(object, checked.granted, attributes, mode);
  }

  /** As {@link create}, with access that was decided already: by whoever made the object, or by a parse procedure. */
  createGranted(object: Address, granted: number, attributes: number, mode: ProcessorMode): HandleResult {
    const type = this.store.typeOf(object);
    // User mode can't make handles that it could not use; the bit is ignored.
    const bits = mode === KernelMode ? attributes : attributes & ~OBJ_KERNEL_HANDLE;
    return this.#grant(object, type, granted, bits, this.caller.process);
  }

  /** Case 39. The reference is the caller's. */
  reference(handle: number, desiredAccess: number, type: ObjectType | undefined, mode: ProcessorMode): ReferenceResult {
    if (handle === CURRENT_PROCESS) return this.#referencePseudo(this.caller.process.object, type);
    if (handle === CURRENT_THREAD) return this.#referencePseudo(this.caller.thread, type);
    const process = this.#ownerOf(handle, mode);
    const value = process === undefined ? 0 : tableValue(handle);
    const object = process?.handles.objectOf(value) ?? 0;
    if (process === undefined || object === 0) return refuse(STATUS_INVALID_HANDLE);
    if (type !== undefined && this.store.typeOf(object) !== type) return refuse(STATUS_OBJECT_TYPE_MISMATCH);
    const grantedAccess = process.handles.accessOf(value);
    if (mode !== KernelMode && (desiredAccess & ~grantedAccess) !== 0) return refuse(STATUS_ACCESS_DENIED);
    this.store.reference(object);
    return { status: STATUS_SUCCESS, object, grantedAccess };
  }

  /** What a RootDirectory names, whatever its type and access; no object for handle 0. */
  referenceRoot(handle: number, mode: ProcessorMode): ReferenceResult {
    if (handle === 0) return { status: STATUS_SUCCESS, object: 0, grantedAccess: 0 };
    return this.reference(handle, 0, undefined, mode);
  }

  /** OBJ_INHERIT, OBJ_PROTECT_CLOSE and OBJ_AUDIT_OBJECT_CLOSE of an open handle; 0 for any other. */
  attributesOf(handle: number, mode: ProcessorMode): number {
    const process = this.#ownerOf(handle, mode);
    const value = tableValue(handle);
    return process === undefined || process.handles.objectOf(value) === 0 ? 0 : process.handles.attributesOf(value);
  }

  /** @returns false when the handle is not open */
  setAttributes(handle: number, mode: ProcessorMode, attributes: number): boolean {
    const process = this.#ownerOf(handle, mode);
    const value = tableValue(handle);
    if (process === undefined || process.handles.objectOf(value) === 0) return false;
    process.handles.setAttributes(value, attributes & KEPT_ATTRIBUTES);
    return true;
  }

  /** NtClose. */
  close(handle: number, mode: ProcessorMode, process = this.#ownerOf(handle, mode)): number {
    if (handle === CURRENT_PROCESS || handle === CURRENT_THREAD) return STATUS_SUCCESS;
    if (process === undefined) return STATUS_INVALID_HANDLE;
    const value = tableValue(handle);
    const object = process.handles.objectOf(value);
    if (object === 0) return STATUS_INVALID_HANDLE;
    if ((process.handles.attributesOf(value) & OBJ_PROTECT_CLOSE) !== 0) return STATUS_HANDLE_NOT_CLOSABLE;
    const grantedAccess = process.handles.accessOf(value);
    process.handles.remove(value);
    this.#decrement(object, process, grantedAccess);
    return STATUS_SUCCESS;
  }

  /** NtDuplicateObject. Case 40. */
  duplicate(source: ObProcess, handle: number, target: ObProcess, options: DuplicateOptions = {}): HandleResult {
    const value = tableValue(handle);
    const object = source.handles.objectOf(value);
    if (object === 0) return { status: STATUS_INVALID_HANDLE, handle: 0 };
    const bits = options.options ?? 0;
    const type = this.store.typeOf(object);
    const access = source.handles.accessOf(value);
    const kept = source.handles.attributesOf(value);
    const attributes = (bits & DUPLICATE_SAME_ATTRIBUTES) !== 0 ? kept : (options.attributes ?? 0);
    const wanted = (bits & DUPLICATE_SAME_ACCESS) !== 0 ? access : type.mapAccess(options.desiredAccess ?? 0);
    // More access than the source has is granted only as an open would grant it.
    const more = (wanted & ~access) !== 0;
    const checked = more
      ? this.accessCheck(object, type, wanted, this.caller.mode)
      : { status: STATUS_SUCCESS, granted: wanted };
    this.store.reference(object);
    const result = NT_SUCCESS(checked.status)
      ? this.#grant(object, type, checked.granted, attributes, target, 2)
      : { status: checked.status, handle: 0 };
    // The source is closed even when the duplication fails (ntifs.h).
    if ((bits & DUPLICATE_CLOSE_SOURCE) !== 0) this.close(handle, KernelMode, source);
    this.store.dereference(object);
    return result;
  }

  /** All handles of a process that ends; protection does not keep them. */
  closeAll(process: ObProcess): void {
    while (this.closeNext(process)) {
      // One after the other, as NT does.
    }
  }

  /** The first handle of a process that ends. @returns false when none is left */
  closeNext(process: ObProcess): boolean {
    const { value } = process.handles.entries().next();
    if (value === undefined) return false;
    process.handles.remove(value.handle);
    this.#decrement(value.object, process, value.grantedAccess);
    return true;
  }

  #grant(
    object: Address,
    type: ObjectType,
    access: number,
    attributes: number,
    process: ObProcess,
    kind: HandleOperation["kind"] = 1,
  ): HandleResult {
    if (this.watch === undefined) return this.#add(object, type, access, attributes, process);
    const isKernelHandle = (attributes & OBJ_KERNEL_HANDLE) !== 0;
    const left = this.watch.willGrant({ kind, object, type, access, isKernelHandle });
    const added = this.#add(object, type, left, attributes, process);
    this.watch.didGrant({ kind, object, type, access: left, isKernelHandle }, added.status);
    return added;
  }

  #add(object: Address, type: ObjectType, access: number, attributes: number, process: ObProcess): HandleResult {
    const { memory } = this.store;
    const exclusive = hasFlag(memory, object, OB_FLAG_EXCLUSIVE_OBJECT);
    if (exclusive && memory.readPointer(object + HANDLE_COUNT) > 0) return { status: STATUS_ACCESS_DENIED, handle: 0 };
    const isKernelHandle = (attributes & OBJ_KERNEL_HANDLE) !== 0;
    const owner = isKernelHandle ? this.system() : process;
    const value = owner.handles.add(object, access, attributes & KEPT_ATTRIBUTES);
    if (value === 0) return { status: STATUS_INSUFFICIENT_RESOURCES, handle: 0 };
    this.store.reference(object);
    memory.addPointer(object + HANDLE_COUNT, 1);
    if (type.options.maintainHandleCount) this.store.handleCounts.add(object, owner.object, 1);
    type.countHandle(1);
    return { status: STATUS_SUCCESS, handle: isKernelHandle ? value + KERNEL_HANDLE_BASE : value };
  }

  #decrement(object: Address, process: ObProcess, grantedAccess: number): void {
    const type = this.store.typeOf(object);
    const left = this.store.memory.addPointer(object + HANDLE_COUNT, -1);
    const ofProcess = type.options.maintainHandleCount
      ? this.store.handleCounts.add(object, process.object, -1) + 1
      : 0;
    type.countHandle(-1);
    type.options.close?.(process, object, grantedAccess, ofProcess, left + 1);
    if (left === 0) this.didCloseLast(object);
    this.store.dereference(object);
  }

  #referencePseudo(object: Address, type: ObjectType | undefined): ReferenceResult {
    if (object === 0) return refuse(STATUS_INVALID_HANDLE);
    const own = this.store.typeOf(object);
    if (type !== undefined && own !== type) return refuse(STATUS_OBJECT_TYPE_MISMATCH);
    this.store.reference(object);
    return { status: STATUS_SUCCESS, object, grantedAccess: own.validAccessMask };
  }

  /** Undefined for what can't be a handle from this mode. */
  #ownerOf(handle: number, mode: ProcessorMode): ObProcess | undefined {
    if (handle > 0) return this.caller.process;
    return handle < 0 && mode === KernelMode ? this.system() : undefined;
  }
}

function tableValue(handle: number): number {
  return handle < 0 ? handle - KERNEL_HANDLE_BASE : handle;
}

function refuse(status: number): ReferenceResult {
  return { status, object: 0, grantedAccess: 0 };
}
