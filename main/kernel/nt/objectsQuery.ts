/** NtQueryObject and NtSetInformationObject: what any handle tells of its object (ntifs.h, winternl.h). */
import { READ_CONTROL } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import {
  ObjectBasicInformation,
  ObjectHandleFlagInformation,
  ObjectNameInformation,
  ObjectTypeInformation,
  ObjectTypesInformation,
} from "../../../native-bindings/abi/informationClasses";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_BUFFER_OVERFLOW,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_INVALID_HANDLE,
  STATUS_INVALID_INFO_CLASS,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import {
  OBJ_EXCLUSIVE,
  OBJ_INHERIT,
  OBJ_PERMANENT,
  OBJ_PROTECT_CLOSE,
} from "../../../native-bindings/abi/objectAttributes";
import { OB_FLAG_EXCLUSIVE_OBJECT, OB_FLAG_PERMANENT_OBJECT } from "../../../native-bindings/abi/objectHeaderFlags";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import {
  OBJECT_BASIC_INFORMATION,
  OBJECT_NAME_INFORMATION,
  OBJECT_TYPE_INFORMATION,
} from "../../../native-bindings/abi/structures/nativeQueries";
import { setUnicodeString } from "../mem/unicodeString";
import { hasFlag } from "../ob/objectHeader";
import type { ObjectType } from "../ob/objectType";
import { linkCreationTime } from "../ob/symbolicLinks";
import type { NtContext } from "./objects";
import { canAccess, guardFaults } from "./objectsProbe";

const NUL_BYTES = 2;
const basic = OBJECT_BASIC_INFORMATION.offset;
const typeInfo = OBJECT_TYPE_INFORMATION.offset;
const HANDLE_FLAG_BYTES = 2;
/** OBJECT_TYPES_INFORMATION: a count, then the first entry at the next multiple of 8. */
const FIRST_TYPE_OFFSET = 8;

export interface QueryObjectResult {
  readonly status: number;
  /** Bytes written, or needed when the buffer is too small; 0 when unknown. */
  readonly returnLength: number;
}

/** What a class answers: how many bytes it takes, and how they are written at an address. */
interface Answer {
  readonly bytes: number;
  /** The length must be exactly this (class 0). */
  readonly exact?: boolean;
  write(at: Address): void;
}

export function queryObject(
  context: NtContext,
  handle: number,
  informationClass: number,
  buffer: Address,
  length: number,
): QueryObjectResult {
  const { ob, ps, memory } = context;
  const { mode } = ps.current;
  if (informationClass === ObjectTypesInformation) return deliver(context, typesAnswer(context), buffer, length);
  const opened = ob.ObReferenceObjectByHandle(handle, 0, undefined, mode);
  if (!NT_SUCCESS(opened.status)) return { status: opened.status, returnLength: 0 };
  try {
    switch (informationClass) {
      case ObjectBasicInformation:
        return deliver(context, basicAnswer(context, handle, opened.object, opened.grantedAccess), buffer, length);
      case ObjectNameInformation:
        return queryName(context, opened.object, buffer, length);
      case ObjectTypeInformation:
        return deliver(context, typeAnswer(context, ob.typeOf(opened.object)), buffer, length);
      case ObjectHandleFlagInformation: {
        const attributes = ob.handles.attributesOf(handle, mode);
        const write = (at: Address): void => {
          memory.writeU8(at, (attributes & OBJ_INHERIT) !== 0 ? 1 : 0);
          memory.writeU8(at + 1, (attributes & OBJ_PROTECT_CLOSE) !== 0 ? 1 : 0);
        };
        return deliver(context, { bytes: HANDLE_FLAG_BYTES, write }, buffer, length);
      }
      default:
        return { status: STATUS_INVALID_INFO_CLASS, returnLength: 0 };
    }
  } finally {
    ob.ObDereferenceObject(opened.object);
  }
}

/** Only ObjectHandleFlagInformation can be set this way. */
export function setInformationObject(
  { ob, ps, memory }: NtContext,
  handle: number,
  informationClass: number,
  buffer: Address,
  length: number,
): number {
  if (informationClass !== ObjectHandleFlagInformation) return STATUS_INVALID_INFO_CLASS;
  if (length !== HANDLE_FLAG_BYTES) return STATUS_INFO_LENGTH_MISMATCH;
  const { mode } = ps.current;
  return guardFaults(mode, () => {
    if (!canAccess(memory, mode, buffer, length, "read")) return STATUS_ACCESS_VIOLATION;
    const inherit = memory.readU8(buffer) !== 0 ? OBJ_INHERIT : 0;
    const protect = memory.readU8(buffer + 1) !== 0 ? OBJ_PROTECT_CLOSE : 0;
    return ob.handles.setAttributes(handle, mode, inherit | protect) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
  });
}

function deliver({ memory, ps }: NtContext, answer: Answer, buffer: Address, length: number): QueryObjectResult {
  const fits = answer.exact ? length === answer.bytes : length >= answer.bytes;
  if (!fits) return { status: STATUS_INFO_LENGTH_MISMATCH, returnLength: answer.bytes };
  const { mode } = ps.current;
  const status = guardFaults(mode, () => {
    if (!canAccess(memory, mode, buffer, answer.bytes, "write")) return STATUS_ACCESS_VIOLATION;
    answer.write(buffer);
    return STATUS_SUCCESS;
  });
  return { status, returnLength: answer.bytes };
}

function basicAnswer({ ob, memory, ps }: NtContext, handle: number, object: Address, access: number): Answer {
  const type = ob.typeOf(object);
  const write = (at: Address): void => {
    const paged = type.options.poolType === PagedPool;
    memory.fill(at, OBJECT_BASIC_INFORMATION.size, 0);
    const attributes =
      ob.handles.attributesOf(handle, ps.current.mode) |
      (hasFlag(memory, object, OB_FLAG_PERMANENT_OBJECT) ? OBJ_PERMANENT : 0) |
      (hasFlag(memory, object, OB_FLAG_EXCLUSIVE_OBJECT) ? OBJ_EXCLUSIVE : 0);
    memory.writeU32(at + basic.Attributes, attributes);
    memory.writeU32(at + basic.GrantedAccess, access);
    memory.writeU32(at + basic.HandleCount, ob.handleCount(object));
    // Less the reference that this query holds.
    memory.writeU32(at + basic.PointerCount, ob.pointerCount(object) - 1);
    memory.writeU32(at + (paged ? basic.PagedPoolCharge : basic.NonPagedPoolCharge), type.options.bodySize);
    const path = ob.names.pathOf(object);
    memory.writeU32(at + basic.NameInfoSize, path === "" ? 0 : nameBytes(path));
    memory.writeU32(at + basic.TypeInfoSize, typeBytes(type));
    const descriptor = (access & READ_CONTROL) !== 0 ? ob.securityOf(object) : undefined;
    memory.writeU32(at + basic.SecurityDescriptorSize, descriptor?.length ?? 0);
    if (type === ob.symbolicLinkType) memory.writeU64(at + basic.CreationTime, linkCreationTime(memory, object));
  };
  return { bytes: OBJECT_BASIC_INFORMATION.size, exact: true, write };
}

function nameBytes(path: string): number {
  return OBJECT_NAME_INFORMATION.size + path.length * 2 + NUL_BYTES;
}

/** Cases 38 and 59: ob's own names fit or not; a type that answers itself (File) gives as much as fits. */
function queryName(context: NtContext, object: Address, buffer: Address, length: number): QueryObjectResult {
  const { ob, memory } = context;
  const { status, name } = ob.names.query(object);
  if (!NT_SUCCESS(status)) return { status, returnLength: 0 };
  const bytes = name === "" ? OBJECT_NAME_INFORMATION.size : nameBytes(name);
  const cuts = ob.typeOf(object).options.queryName !== undefined;
  if (cuts && length < bytes && length >= OBJECT_NAME_INFORMATION.size) {
    const part = name.slice(0, (length - OBJECT_NAME_INFORMATION.size) >> 1);
    const cut: Answer = { bytes: length, write: (at) => writeName(memory, at, part, 0) };
    const { status: written } = deliver(context, cut, buffer, length);
    return { status: NT_SUCCESS(written) ? STATUS_BUFFER_OVERFLOW : written, returnLength: bytes };
  }
  return deliver(context, { bytes, write: (at) => writeName(memory, at, name, NUL_BYTES) }, buffer, length);
}

/** The structure with the text behind it; all zero for no name. */
function writeName(memory: NtContext["memory"], at: Address, name: string, nul: number): void {
  if (name === "") {
    memory.fill(at, OBJECT_NAME_INFORMATION.size, 0);
    return;
  }
  const text = at + OBJECT_NAME_INFORMATION.size;
  setUnicodeString(memory, at, text, name.length * 2, name.length * 2 + nul);
  memory.writeUtf16(text, name);
  if (nul > 0) memory.writeU16(text + name.length * 2, 0);
}

function typeBytes(type: ObjectType): number {
  return OBJECT_TYPE_INFORMATION.size + type.name.length * 2 + NUL_BYTES;
}

function typeAnswer({ memory }: NtContext, type: ObjectType): Answer {
  return { bytes: typeBytes(type), write: (at) => writeType(memory, at, type) };
}

function align8(bytes: number): number {
  return (bytes + 7) & ~7;
}

function typesAnswer({ ob, memory }: NtContext): Answer {
  const types = ob.types.all;
  const write = (buffer: Address): void => {
    memory.writeU32(buffer, types.length);
    let at = buffer + FIRST_TYPE_OFFSET;
    for (const type of types) {
      writeType(memory, at, type);
      at += align8(typeBytes(type));
    }
  };
  return { bytes: types.reduce((sum, type) => sum + align8(typeBytes(type)), FIRST_TYPE_OFFSET), write };
}

function writeType(memory: NtContext["memory"], at: Address, type: ObjectType): void {
  const { options } = type;
  memory.fill(at, OBJECT_TYPE_INFORMATION.size, 0);
  const text = at + OBJECT_TYPE_INFORMATION.size;
  setUnicodeString(memory, at, text, type.name.length * 2, type.name.length * 2 + NUL_BYTES);
  memory.writeUtf16(text, type.name);
  memory.writeU16(text + type.name.length * 2, 0);
  memory.writeU32(at + typeInfo.TotalNumberOfObjects, type.objectCount);
  memory.writeU32(at + typeInfo.TotalNumberOfHandles, type.handleCount);
  memory.writeU32(at + typeInfo.HighWaterNumberOfObjects, type.highWaterObjects);
  memory.writeU32(at + typeInfo.HighWaterNumberOfHandles, type.highWaterHandles);
  memory.writeU32(at + typeInfo.InvalidAttributes, options.invalidAttributes);
  memory.writeU32(at + typeInfo["GenericMapping.GenericRead"], options.genericMapping.read);
  memory.writeU32(at + typeInfo["GenericMapping.GenericWrite"], options.genericMapping.write);
  memory.writeU32(at + typeInfo["GenericMapping.GenericExecute"], options.genericMapping.execute);
  memory.writeU32(at + typeInfo["GenericMapping.GenericAll"], options.genericMapping.all);
  memory.writeU32(at + typeInfo.ValidAccessMask, options.validAccessMask);
  memory.writeU8(at + typeInfo.MaintainHandleCount, options.maintainHandleCount ? 1 : 0);
  memory.writeU8(at + typeInfo.TypeIndex, type.index);
  memory.writeU32(at + typeInfo.PoolType, options.poolType);
  const paged = options.poolType === PagedPool;
  const charge = paged ? typeInfo.DefaultPagedPoolCharge : typeInfo.DefaultNonPagedPoolCharge;
  memory.writeU32(at + charge, options.bodySize);
}
