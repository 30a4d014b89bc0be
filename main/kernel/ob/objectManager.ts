/**
 * The object manager: what the rest of the kernel calls. Names and semantics are NT's (ntifs.h, wdm.h, and the
 * cases of the project's facts); the parts live in the files beside this one.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import type { Pool } from "../ex/pool";
import type { Ke } from "../ke/ke";
import type { KernelHost } from "../kernelHost";
import type { KernelMemory } from "../mem/kernelMemory";
import { type AccessCheck, grantEverything, keepGiven, type ObjectSecurity } from "./accessCheck";
import { type Caller, KernelMode, type ObProcess, type ProcessorMode } from "./caller";
import { Directories } from "./directories";
import { createLocalDosDevices } from "./dosDevices";
import { type Explanation, explain } from "./explain";
import { createFirstObjects, createRoot } from "./firstObjects";
import { type DuplicateOptions, type HandleResult, Handles, type ReferenceResult } from "./handles";
import { HandleTable } from "./handleTable";
import type { DirectoryChild, LookupOptions } from "./lookupOptions";
import { type LookupResult, NameLookup } from "./nameLookup";
import { Names } from "./names";
import { checkAttributes, type ObjectAttributes } from "./objectAttributes";
import { type CreateResult, type InsertOptions, type InsertResult, ObjectCreation } from "./objectCreation";
import { HANDLE_COUNT, POINTER_COUNT } from "./objectHeader";
import { ObjectStore } from "./objectStore";
import type { ObjectType, ObjectTypeOptions } from "./objectType";
import { ObjectTypes } from "./objectTypes";
import { deleteLink } from "./symbolicLinks";

export class ObjectManager {
  readonly store: ObjectStore;
  readonly directories: Directories;
  readonly names: Names;
  readonly handles: Handles;
  readonly types: ObjectTypes;
  readonly typeType: ObjectType;
  readonly directoryType: ObjectType;
  readonly symbolicLinkType: ObjectType;
  /** The objects `\`, `\ObjectTypes` and `\GLOBAL??`. */
  readonly root: Address;
  readonly typesDirectory: Address;
  readonly globalDosDevices: Address;
  /** Whose calls these are; ps keeps it. Until ps has processes: a system process without an object. */
  readonly caller: Caller;
  /** Owner of kernel handles; replaced by ps. */
  systemProcess: ObProcess;
  /** Who may do what; everybody everything unless replaced. */
  accessCheck: AccessCheck = grantEverything;
  /** What else becomes of security; replaced by se. */
  security: ObjectSecurity;
  readonly #lookup: NameLookup;
  readonly #creation: ObjectCreation;

  constructor(
    readonly memory: KernelMemory,
    readonly pool: Pool,
    readonly ke: Ke,
    readonly host: KernelHost,
  ) {
    this.systemProcess = { object: 0, id: 4, name: "System", handles: new HandleTable(), dosDevices: undefined };
    this.caller = { process: this.systemProcess, thread: 0, mode: KernelMode };
    this.store = new ObjectStore(memory, pool, ke);
    this.security = keepGiven(this.store);
    this.directories = new Directories(memory, pool);
    this.names = new Names(this.store, this.directories, host, () => this.root);
    this.types = new ObjectTypes(this.store);
    this.typeType = this.types.create("Type", {});
    this.directoryType = this.types.create("Directory", { delete: (object) => this.directories.forget(object) });
    this.symbolicLinkType = this.types.create("SymbolicLink", {
      delete: (object) => deleteLink(memory, pool, object),
    });
    this.handles = new Handles(
      this.store,
      this.caller,
      () => this.systemProcess,
      (object, type, access, mode) => this.accessCheck(object, type, access, mode),
      (object) => this.names.removeIfUnused(object),
    );
    this.root = createRoot(this.store, this.directoryType);
    this.directories.initialize(this.root);
    this.#lookup = new NameLookup(this.store, this.directories, {
      root: this.root,
      dosDevices: () => this.caller.process.dosDevices ?? this.globalDosDevices,
      directoryType: this.directoryType,
      linkType: this.symbolicLinkType,
      checksTraverse: (mode) => this.security.checksTraverse(mode),
      accessCheck: (object, type, access, mode) => this.accessCheck(object, type, access, mode),
    });
    const security = () => this.security;
    this.#creation = new ObjectCreation(this.store, this.names, this.#lookup, this.handles, this.caller, security);
    const { typesDirectory, globalDosDevices } = createFirstObjects(this);
    this.typesDirectory = typesDirectory;
    this.globalDosDevices = globalDosDevices;
  }

  /** A new type, shown in `\ObjectTypes`. Throws a RangeError when the name is taken. */
  createType(name: string, options: ObjectTypeOptions = {}): ObjectType {
    const type = this.types.create(name, options);
    this.names.add(this.typesDirectory, type.address, name);
    return type;
  }

  /** Makes those types of Windows 10 that no part of the model made, so that `\ObjectTypes` is complete. */
  createRemainingTypes(): void {
    for (const name of this.types.missing()) this.createType(name);
  }

  /** Throws a RangeError for what is not an object. */
  typeOf(object: Address): ObjectType {
    return this.store.typeOf(object);
  }

  typeByName(name: string): ObjectType | undefined {
    return this.types.byName(name);
  }

  /** One reference for the caller, which ObInsertObject takes over. The body is zeroed. */
  ObCreateObject(
    type: ObjectType,
    attributes: ObjectAttributes | undefined,
    bodySize = type.options.bodySize,
    mode: ProcessorMode = KernelMode,
  ): CreateResult {
    return this.#creation.create(type, attributes, bodySize, mode);
  }

  /** On failure the object is gone; with OBJ_OPENIF the result may be another that was there. */
  ObInsertObject(object: Address, desiredAccess: number, options: InsertOptions = {}): InsertResult {
    return this.#creation.insert(object, desiredAccess, options);
  }

  /** Gives up an object between ObCreateObject and ObInsertObject. */
  discard(object: Address): void {
    this.#creation.discard(object);
  }

  /** From attributes to a referenced object, or with `create` to the place for one. */
  lookup(attributes: ObjectAttributes, type: ObjectType | undefined, options: LookupOptions = {}): LookupResult {
    const mode = options.mode ?? KernelMode;
    const root = this.handles.referenceRoot(attributes.rootDirectory ?? 0, mode);
    if (!NT_SUCCESS(root.status)) return root;
    const result = this.#lookup.lookup({
      name: attributes.name ?? "",
      root: root.object,
      attributes: attributes.attributes ?? 0,
      type,
      create: options.create ?? false,
      mode,
      desiredAccess: options.desiredAccess ?? 0,
      parseContext: options.parseContext,
      stopAtParse: options.stopAtParse ?? false,
      observer: options.observer,
    });
    if (root.object !== 0) this.store.dereference(root.object);
    return result;
  }

  ObOpenObjectByName(
    attributes: ObjectAttributes | undefined,
    type: ObjectType | undefined,
    desiredAccess: number,
    mode: ProcessorMode = KernelMode,
    parseContext?: unknown,
  ): HandleResult {
    if (attributes === undefined) return { status: STATUS_INVALID_PARAMETER, handle: 0 };
    const status = checkAttributes(attributes);
    if (!NT_SUCCESS(status)) return { status, handle: 0 };
    const found = this.lookup(attributes, type, { parseContext, mode, desiredAccess });
    if (found.object === 0) return { status: found.status, handle: 0 };
    const bits = attributes.attributes ?? 0;
    const result =
      found.granted === undefined
        ? this.handles.create(found.object, desiredAccess, bits, mode)
        : this.handles.createGranted(found.object, found.granted, bits, mode);
    this.store.dereference(found.object);
    return result;
  }

  /** @param attributes OBJ_ bits */
  ObReferenceObjectByName(
    name: string,
    attributes: number,
    type: ObjectType | undefined,
    mode: ProcessorMode = KernelMode,
    parseContext?: unknown,
  ): CreateResult {
    const { status, object } = this.lookup({ name, attributes }, type, { mode, parseContext });
    return { status, object };
  }

  ObReferenceObjectByHandle(
    handle: number,
    desiredAccess: number,
    type: ObjectType | undefined,
    mode: ProcessorMode = KernelMode,
  ): ReferenceResult {
    return this.handles.reference(handle, desiredAccess, type, mode);
  }

  /** @param attributes OBJ_ bits for the handle */
  ObOpenObjectByPointer(
    object: Address,
    attributes: number,
    desiredAccess: number,
    type: ObjectType | undefined,
    mode: ProcessorMode = KernelMode,
  ): HandleResult {
    if (type !== undefined && this.typeOf(object) !== type) return { status: STATUS_OBJECT_TYPE_MISMATCH, handle: 0 };
    return this.handles.create(object, desiredAccess, attributes, mode);
  }

  /** STATUS_OBJECT_TYPE_MISMATCH, or a reference for the caller. */
  ObReferenceObjectByPointer(object: Address, type: ObjectType | undefined): number {
    if (type !== undefined && this.typeOf(object) !== type) return STATUS_OBJECT_TYPE_MISMATCH;
    this.store.reference(object);
    return STATUS_SUCCESS;
  }

  /** @returns the new count */
  ObReferenceObject(object: Address): number {
    return this.store.reference(object);
  }

  /** @returns the new count; at 0 the object has been deleted */
  ObDereferenceObject(object: Address): number {
    return this.store.dereference(object);
  }

  /** Undoes OBJ_PERMANENT; without handles the name goes at once. */
  ObMakeTemporaryObject(object: Address): void {
    this.names.makeTemporary(object);
  }

  /** The full path, "" for an object without a name or whose type could not tell it. */
  ObQueryNameString(object: Address): string {
    return this.names.query(object).name;
  }

  /** @param process whose handle it is; left out: the caller's, or the system's for a kernel handle */
  NtClose(handle: number, process?: ObProcess): number {
    return this.handles.close(handle, this.caller.mode, process);
  }

  NtDuplicateObject(
    source: ObProcess,
    handle: number,
    target: ObProcess,
    options: DuplicateOptions = {},
  ): HandleResult {
    return this.handles.duplicate(source, handle, target, options);
  }

  pointerCount(object: Address): number {
    return this.memory.readPointer(object + POINTER_COUNT);
  }

  handleCount(object: Address): number {
    return this.memory.readPointer(object + HANDLE_COUNT);
  }

  /** Self-relative security descriptor; undefined when the object has none. */
  securityOf(object: Address): Uint8Array | undefined {
    return this.store.descriptors.of(object)?.bytes;
  }

  /** @returns false when there is no pool for it */
  setSecurity(object: Address, descriptor: Uint8Array | undefined): boolean {
    return this.store.descriptors.set(object, descriptor);
  }

  /**
   * In the order in which NT enumerates them. Live, as {@link Directories.objects}.
   * @param skip how many to leave out at the beginning
   */
  *children(directory: Address, skip = 0): Generator<DirectoryChild> {
    for (const object of this.directories.objects(directory, skip)) {
      yield { name: this.names.nameOf(object), object, type: this.typeOf(object) };
    }
  }

  directoryCount(directory: Address): number {
    return this.directories.count(directory);
  }

  /** How `path` is resolved, component by component, for the caller as it is. Opens nothing. */
  explain(path: string): Explanation {
    return explain(this, path);
  }

  /**
   * Gives a logon session its own DOS devices: `\Sessions\0\DosDevices\<logonId>`, which goes before `\GLOBAL??`.
   * @param logonId "00000000-0003e7f1"
   * @returns the directory, for ObProcess.dosDevices
   */
  createLocalDosDevices(logonId: string): Address {
    return createLocalDosDevices(this, logonId);
  }
}
