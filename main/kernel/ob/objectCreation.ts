/** ObCreateObject and ObInsertObject: the two halves of making an object, and what joins them. */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_OBJECT_NAME_EXISTS,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_EXCLUSIVE, OBJ_OPENIF, OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import { OB_FLAG_NEW_OBJECT } from "../../../native-bindings/abi/objectHeaderFlags";
import { grantAsked, type ObjectSecurity } from "./accessCheck";
import { type Caller, KernelMode, type ProcessorMode } from "./caller";
import type { Handles } from "./handles";
import type { NameLookup } from "./nameLookup";
import type { Names } from "./names";
import { checkAttributes, type ObjectAttributes } from "./objectAttributes";
import { setFlag } from "./objectHeader";
import type { ObjectStore } from "./objectStore";
import type { ObjectType } from "./objectType";

export interface CreateResult {
  readonly status: number;
  /** One reference, which ObInsertObject takes over; 0 unless the status is a success. */
  readonly object: Address;
}

export interface InsertOptions {
  /** False: no handle; the caller keeps its reference. Default true. */
  readonly createHandle?: boolean;
  /** As OBJ_OPENIF in the attributes. */
  readonly openIf?: boolean;
  /** References for the caller beside the handle's (ObjectPointerBias). Default 0. */
  readonly references?: number;
}

export interface InsertResult {
  readonly status: number;
  /** 0 when none was made. */
  readonly handle: number;
  /** The new object, or with STATUS_OBJECT_NAME_EXISTS the one that was there; 0 on failure. */
  readonly object: Address;
}

/** What ObCreateObject was given, kept until the object is inserted. */
interface CreateInformation {
  readonly attributes: ObjectAttributes | undefined;
  readonly mode: ProcessorMode;
}

const NO_ATTRIBUTES: CreateInformation = { attributes: undefined, mode: KernelMode };

export class ObjectCreation {
  readonly #pending = new Map<Address, CreateInformation>();

  constructor(
    readonly store: ObjectStore,
    readonly names: Names,
    readonly lookup: NameLookup,
    readonly handles: Handles,
    readonly caller: Caller,
    readonly security: () => ObjectSecurity,
  ) {}

  create(
    type: ObjectType,
    attributes: ObjectAttributes | undefined,
    bodySize: number,
    mode: ProcessorMode,
  ): CreateResult {
    const status = attributes === undefined ? STATUS_SUCCESS : checkAttributes(attributes);
    if (!NT_SUCCESS(status)) return { status, object: 0 };
    const bits = attributes?.attributes ?? 0;
    if ((bits & type.options.invalidAttributes) !== 0) return { status: STATUS_INVALID_PARAMETER, object: 0 };
    const named = attributes?.name !== undefined && attributes.name !== "";
    const object = this.store.create(type, {
      named,
      bodySize,
      permanent: (bits & OBJ_PERMANENT) !== 0,
      exclusive: (bits & OBJ_EXCLUSIVE) !== 0,
      kernel: mode === KernelMode,
      maintainHandleCount: type.options.maintainHandleCount,
      creatorProcessId: this.caller.process.id,
      recordCreator: false,
    });
    if (object === 0) return { status: STATUS_INSUFFICIENT_RESOURCES, object: 0 };
    if (attributes !== undefined) this.#pending.set(object, { attributes, mode });
    return { status: STATUS_SUCCESS, object };
  }

  /** Gives up an object that was created and will not be inserted. */
  discard(object: Address): void {
    this.#pending.delete(object);
    this.store.dereference(object);
  }

  /** On failure the object is gone. */
  insert(object: Address, desiredAccess: number, options: InsertOptions): InsertResult {
    const { attributes, mode } = this.#pending.get(object) ?? NO_ATTRIBUTES;
    this.#pending.delete(object);
    setFlag(this.store.memory, object, OB_FLAG_NEW_OBJECT, false);
    const name = attributes?.name ?? "";
    if (attributes === undefined || name === "") {
      const secured = this.#secure(object, 0, attributes);
      if (!NT_SUCCESS(secured)) return this.#fail(object, secured);
      return this.#finish(object, STATUS_SUCCESS, desiredAccess, attributes?.attributes ?? 0, mode, options);
    }
    return this.#insertNamed(object, attributes, name, desiredAccess, mode, options);
  }

  #insertNamed(
    object: Address,
    attributes: ObjectAttributes,
    name: string,
    desiredAccess: number,
    mode: ProcessorMode,
    options: InsertOptions,
  ): InsertResult {
    const type = this.store.typeOf(object);
    const bits = attributes.attributes ?? 0;
    const root = this.handles.referenceRoot(attributes.rootDirectory ?? 0, mode);
    if (!NT_SUCCESS(root.status)) return this.#fail(object, root.status);
    const found = this.lookup.lookup({
      name,
      root: root.object,
      attributes: bits,
      type,
      create: true,
      mode,
      desiredAccess,
      parseContext: undefined,
    });
    if (root.object !== 0) this.store.dereference(root.object);
    if (found.place !== undefined) {
      const secured = this.#secure(object, found.place.directory, attributes);
      if (!NT_SUCCESS(secured)) return this.#fail(object, secured);
      const added = this.names.add(found.place.directory, object, found.place.component);
      if (!added) return this.#fail(object, STATUS_INSUFFICIENT_RESOURCES);
      return this.#finish(object, STATUS_SUCCESS, desiredAccess, bits, mode, options);
    }
    if (found.object === 0) return this.#fail(object, found.status);
    return this.#exists(object, found.object, type, bits, desiredAccess, mode, options);
  }

  #secure(object: Address, directory: Address, attributes: ObjectAttributes | undefined): number {
    return this.security().assign(object, this.store.typeOf(object), directory, attributes?.securityDescriptor);
  }

  /** Cases 15 to 18. `existing` is referenced. */
  #exists(
    object: Address,
    existing: Address,
    type: ObjectType,
    bits: number,
    desiredAccess: number,
    mode: ProcessorMode,
    options: InsertOptions,
  ): InsertResult {
    const sameType = this.store.typeOf(existing) === type;
    const openIf = options.openIf ?? (bits & OBJ_OPENIF) !== 0;
    this.store.dereference(object);
    if (!sameType || !openIf) {
      return this.#fail(existing, sameType ? STATUS_OBJECT_NAME_COLLISION : STATUS_OBJECT_TYPE_MISMATCH);
    }
    return this.#finish(existing, STATUS_OBJECT_NAME_EXISTS, desiredAccess, bits, mode, options);
  }

  /** Trades the caller's reference for the handle's and those asked for. */
  #finish(
    object: Address,
    status: number,
    desiredAccess: number,
    bits: number,
    mode: ProcessorMode,
    { createHandle = true, references = 0 }: InsertOptions,
  ): InsertResult {
    if (references > 0) this.store.reference(object, references);
    if (!createHandle) return { status, handle: 0, object };
    // Who makes an object gets what it asks for, whatever the descriptor says to others.
    const { status: handleStatus, handle } =
      status === STATUS_OBJECT_NAME_EXISTS
        ? this.handles.create(object, desiredAccess, bits, mode)
        : this.handles.createGranted(object, grantAsked(this.store.typeOf(object), desiredAccess), bits, mode);
    if (!NT_SUCCESS(handleStatus)) {
      if (references > 0) this.store.reference(object, -references);
      if (status === STATUS_SUCCESS) this.names.removeIfUnused(object);
      return this.#fail(object, handleStatus);
    }
    this.store.dereference(object);
    return { status, handle, object };
  }

  #fail(object: Address, status: number): InsertResult {
    this.store.dereference(object);
    return { status, handle: 0, object: 0 };
  }
}
