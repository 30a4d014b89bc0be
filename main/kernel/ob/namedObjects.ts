/** Directories and symbolic links as the kernel itself makes them: created and inserted in one go. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_INSUFFICIENT_RESOURCES } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE, OBJ_OPENIF, OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import { KernelMode, type ProcessorMode } from "./caller";
import type { ObjectAttributes } from "./objectAttributes";
import type { InsertOptions, InsertResult } from "./objectCreation";
import type { ObjectManager } from "./objectManager";
import { initializeLink } from "./symbolicLinks";

/** 100 ns between 1601 and 1970. */
const UNIX_EPOCH = 116_444_736_000_000_000n;

/** @param unixMilliseconds fractional; @returns 100 ns since 1601 */
export function toSystemTime(unixMilliseconds: number): bigint {
  return BigInt(Math.floor(unixMilliseconds * 10_000)) + UNIX_EPOCH;
}

export function createDirectoryObject(
  ob: ObjectManager,
  attributes: ObjectAttributes | undefined,
  desiredAccess: number,
  mode: ProcessorMode = KernelMode,
  options: InsertOptions = {},
): InsertResult {
  const { status, object } = ob.ObCreateObject(ob.directoryType, attributes, undefined, mode);
  if (!NT_SUCCESS(status)) return { status, handle: 0, object: 0 };
  ob.directories.initialize(object);
  return ob.ObInsertObject(object, desiredAccess, options);
}

export function createSymbolicLinkObject(
  ob: ObjectManager,
  attributes: ObjectAttributes | undefined,
  target: string,
  desiredAccess: number,
  mode: ProcessorMode = KernelMode,
  options: InsertOptions = {},
): InsertResult {
  const { status, object } = ob.ObCreateObject(ob.symbolicLinkType, attributes, undefined, mode);
  if (!NT_SUCCESS(status)) return { status, handle: 0, object: 0 };
  if (!initializeLink(ob.memory, ob.pool, object, target, toSystemTime(ob.host.now()))) {
    ob.discard(object);
    return { status: STATUS_INSUFFICIENT_RESOURCES, handle: 0, object: 0 };
  }
  return ob.ObInsertObject(object, desiredAccess, options);
}

/**
 * A permanent directory, or the one of that name that exists. Throws a RangeError when it can't be: only for
 * paths that the model itself chooses.
 * @returns the object, kept alive by its permanence
 */
export function ensureDirectory(ob: ObjectManager, path: string): Address {
  const attributes = OBJ_PERMANENT | OBJ_OPENIF | OBJ_CASE_INSENSITIVE;
  const created = createDirectoryObject(ob, { name: path, attributes }, 0, KernelMode, { createHandle: false });
  return keep(ob, created, path);
}

/** As {@link ensureDirectory}, for a link. The target of one that exists stays. */
export function ensureSymbolicLink(ob: ObjectManager, path: string, target: string): Address {
  const attributes = OBJ_PERMANENT | OBJ_OPENIF | OBJ_CASE_INSENSITIVE;
  const options = { createHandle: false };
  return keep(ob, createSymbolicLinkObject(ob, { name: path, attributes }, target, 0, KernelMode, options), path);
}

function keep(ob: ObjectManager, { status, object }: InsertResult, path: string): Address {
  if (!NT_SUCCESS(status)) throw new RangeError(`${path} can't be made: 0x${status.toString(16)}`);
  ob.ObDereferenceObject(object);
  return object;
}
