/** From lines of the boot tables to objects: created, initialised and inserted through the object manager. */
import type { Address } from "../../../native-bindings/abi/address";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE, OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import {
  KeInitializeEvent,
  KeInitializeMutant,
  KeInitializeSemaphore,
  NotificationEvent,
  SynchronizationEvent,
} from "../ke/dispatcherObjects";
import { SECTION_ATTRIBUTES, SECTION_SIZE } from "../nt/objectsWaitable";
import { KernelMode, UserMode } from "../ob/caller";
import { ensureDirectory, ensureSymbolicLink } from "../ob/namedObjects";
import type { ObjectType } from "../ob/objectType";
import type { Process } from "../ps/ps";
import type { BootObject } from "./bootLine";
import type { BootParts } from "./bootParts";

/** Section attributes (winnt.h): an image, or memory that is there from the start. */
const SEC_IMAGE = 0x100_0000;
const SEC_COMMIT = 0x800_0000;

function initialize({ memory, ps }: BootParts, { type, detail }: BootObject, object: Address): void {
  if (type === "Event") {
    const kind = detail.includes("notification") ? NotificationEvent : SynchronizationEvent;
    KeInitializeEvent(memory, object, kind, detail.includes("signalled"));
  } else if (type === "Mutant") {
    KeInitializeMutant(memory, object, detail === "held" ? ps.current.thread.object : 0);
  } else if (type === "Semaphore") {
    const [count = 0, limit = 1] = detail.split("/").map(Number);
    KeInitializeSemaphore(memory, object, count, limit);
  } else if (type === "Section") {
    const [size = 0, kind = ""] = detail.split(" ");
    memory.writeU32(object + SECTION_ATTRIBUTES, kind === "image" ? SEC_IMAGE : SEC_COMMIT);
    memory.writePointer(object + SECTION_SIZE, Number(size));
  }
}

function typeOf({ ob }: BootParts, { type, path }: BootObject): ObjectType {
  const found = ob.typeByName(type === "ALPC" ? "ALPC Port" : type);
  if (found === undefined) throw new RangeError(`${path}: there is no type ${type}`);
  return found;
}

function insert(parts: BootParts, wanted: BootObject, attributes: number, createHandle: boolean): void {
  const { ob } = parts;
  const type = typeOf(parts, wanted);
  const mode = createHandle ? UserMode : KernelMode;
  const made = ob.ObCreateObject(type, { name: wanted.path, attributes }, undefined, mode);
  if (!NT_SUCCESS(made.status)) throw new RangeError(`${wanted.path}: 0x${made.status.toString(16)}`);
  initialize(parts, wanted, made.object);
  const access = createHandle ? type.genericMapping.all : 0;
  const inserted = ob.ObInsertObject(made.object, access, { createHandle });
  if (!NT_SUCCESS(inserted.status)) throw new RangeError(`${wanted.path}: 0x${inserted.status.toString(16)}`);
  if (!createHandle) ob.ObDereferenceObject(made.object);
}

/** The kernel's own objects: permanent. Throws a RangeError when the tables contradict the namespace. */
export function createPermanentObjects(parts: BootParts, objects: readonly BootObject[]): void {
  for (const wanted of objects) {
    if (wanted.type === "Directory") ensureDirectory(parts.ob, wanted.path);
    else if (wanted.type === "SymbolicLink") ensureSymbolicLink(parts.ob, wanted.path, wanted.detail);
    else insert(parts, wanted, OBJ_PERMANENT | OBJ_CASE_INSENSITIVE, false);
  }
}

/** Objects of a program: temporary, kept by the handle that the program holds. Links and directories stay permanent. */
export function createObjectsOf(parts: BootParts, owner: Process, objects: readonly BootObject[]): void {
  const thread = owner.threads[0] ?? parts.ps.createThread(owner);
  const permanent = objects.filter(({ type }) => type === "Directory" || type === "SymbolicLink");
  createPermanentObjects(parts, permanent);
  parts.ps.runAs(thread, UserMode, () => {
    for (const wanted of objects) {
      if (!permanent.includes(wanted)) insert(parts, wanted, OBJ_CASE_INSENSITIVE, true);
    }
  });
}
