/** NtReadFile, NtWriteFile and NtQueryInformationFile: parameters checked, an IRP sent, its end passed on. */

import type { Address } from "../../../native-bindings/abi/address";
import { FO_SYNCHRONOUS_IO } from "../../../native-bindings/abi/fileObjectFlags";
import { IRP_READ_OPERATION, IRP_WRITE_OPERATION } from "../../../native-bindings/abi/irpFlags";
import { IRP_MJ_READ, type IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_ACCESS_DENIED,
  STATUS_ACCESS_VIOLATION,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { FILE_READ_DATA } from "../../../native-bindings/abi/objectRights";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { IoManager } from "../io/ioManager";
import type { KernelMemory } from "../mem/kernelMemory";
import { UserMode } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import { concludeRequest, isLength, isUserBuffer } from "./fileRequests";
import { type IoOutcome, ioDone } from "./ioOutcome";

const FILE_WRITE_OR_APPEND = 0x2 | 0x4;
/** FILE_WRITE_TO_END_OF_FILE and FILE_USE_FILE_POINTER_POSITION (ntifs.h). */
const WRITE_TO_END_OF_FILE = -1;
const USE_FILE_POINTER_POSITION = -2;
/** From here on a number is not exact. */
const FIRST_INEXACT = 2n ** 53n;
const LARGEST_OFFSET = 0x7fff_ffff_ffff_ffffn;

const stackField = IO_STACK_LOCATION.offset;
const LENGTH = stackField["Parameters.Read.Length"];
const BYTE_OFFSET = stackField["Parameters.Read.ByteOffset"];
const CURRENT_BYTE_OFFSET = FILE_OBJECT.offset.CurrentByteOffset;
const FILE_FLAGS = FILE_OBJECT.offset.Flags;
const DEVICE_FLAGS = DEVICE_OBJECT.offset.Flags;

export function transfer(
  ob: ObjectManager,
  io: IoManager,
  handle: number,
  major: typeof IRP_MJ_READ | typeof IRP_MJ_WRITE,
  buffer: Address,
  length: number,
  byteOffset: number | bigint | undefined,
): IoOutcome {
  const { mode } = ob.caller;
  const { status, object: file, grantedAccess } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, mode);
  if (status !== STATUS_SUCCESS) return ioDone(status, 0);
  const isRead = major === IRP_MJ_READ;
  const needed = isRead ? FILE_READ_DATA : FILE_WRITE_OR_APPEND;
  let refusal: number = STATUS_SUCCESS;
  if (mode === UserMode && (grantedAccess & needed) === 0) refusal = STATUS_ACCESS_DENIED;
  else if (!isLength(length)) refusal = STATUS_INVALID_PARAMETER;
  else if (mode === UserMode && !isUserBuffer(ob.memory, buffer, length, isRead ? "write" : "read")) {
    refusal = STATUS_ACCESS_VIOLATION;
  }
  const offset = refusal === STATUS_SUCCESS ? offsetOf(ob.memory, file, byteOffset, isRead) : undefined;
  if (offset !== undefined) return send(ob, io, file, major, buffer, length, offset);
  ob.ObDereferenceObject(file);
  return ioDone(refusal || STATUS_INVALID_PARAMETER, 0);
}

/** Undefined for an offset that NT refuses. */
function offsetOf(
  memory: KernelMemory,
  file: Address,
  byteOffset: number | bigint | undefined,
  isRead: boolean,
): number | bigint | undefined {
  const isSynchronous = (memory.readU32(file + FILE_FLAGS) & FO_SYNCHRONOUS_IO) !== 0;
  if (typeof byteOffset === "bigint" && byteOffset >= FIRST_INEXACT) {
    return byteOffset <= LARGEST_OFFSET ? byteOffset : undefined;
  }
  const offset = byteOffset === undefined ? USE_FILE_POINTER_POSITION : Number(byteOffset);
  if (offset === USE_FILE_POINTER_POSITION) {
    return isSynchronous ? memory.readPointer(file + CURRENT_BYTE_OFFSET) : undefined;
  }
  if (offset === WRITE_TO_END_OF_FILE) return isRead ? undefined : offset;
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : undefined;
}

function send(
  ob: ObjectManager,
  io: IoManager,
  file: Address,
  major: typeof IRP_MJ_READ | typeof IRP_MJ_WRITE,
  buffer: Address,
  length: number,
  offset: number | bigint,
): IoOutcome {
  const { memory } = ob;
  const isRead = major === IRP_MJ_READ;
  const device = io.files.relatedDevice(file);
  const record = io.requests.create(device, file, major);
  if (record === undefined) {
    ob.ObDereferenceObject(file);
    return ioDone(STATUS_INSUFFICIENT_RESOURCES, 0);
  }
  record.length = length;
  memory.writeU32(record.irp + IRP.offset.Flags, isRead ? IRP_READ_OPERATION : IRP_WRITE_OPERATION);
  const prepared = io.transfers.prepare(record.irp, record, memory.readU32(device + DEVICE_FLAGS), buffer, isRead);
  if (prepared !== STATUS_SUCCESS) {
    io.requests.abandon(record);
    ob.ObDereferenceObject(file);
    return ioDone(prepared, 0);
  }
  const location = io.requests.location(record.irp);
  memory.writeU32(location + LENGTH, length);
  if (typeof offset === "number") memory.writePointer(location + BYTE_OFFSET, offset);
  else memory.writeU64(location + BYTE_OFFSET, offset);
  return concludeRequest(ob, record, io.requests.send(record), file);
}

export function queryInformation(
  ob: ObjectManager,
  io: IoManager,
  handle: number,
  informationClass: number,
  buffer: Address,
  length: number,
): IoOutcome {
  const { mode } = ob.caller;
  const { status, object: file } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, mode);
  if (status !== STATUS_SUCCESS) return ioDone(status, 0);
  let refusal: number = isLength(length) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
  if (refusal === STATUS_SUCCESS && mode === UserMode && !isUserBuffer(ob.memory, buffer, length, "write")) {
    refusal = STATUS_ACCESS_VIOLATION;
  }
  if (refusal === STATUS_SUCCESS) {
    const asked = io.fileNames.ask(file, informationClass, buffer, length);
    if (asked.record !== undefined) return concludeRequest(ob, asked.record, asked.status, file);
    refusal = asked.status;
  }
  ob.ObDereferenceObject(file);
  return ioDone(refusal, 0);
}
