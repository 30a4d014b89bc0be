/** NtReadFile and NtWriteFile: parameters checked, an IRP sent, its end passed on. */

import type { Address } from "../../../native-bindings/abi/address";
import { FO_SYNCHRONOUS_IO } from "../../../native-bindings/abi/fileObjectFlags";
import { IRP_READ_OPERATION, IRP_WRITE_OPERATION } from "../../../native-bindings/abi/irpFlags";
import { IRP_MJ_READ, type IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_ACCESS_DENIED,
  STATUS_ACCESS_VIOLATION,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { FILE_READ_DATA } from "../../../native-bindings/abi/objectRights";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import { locationOffset } from "../io/irpBlock";
import type { IrpRecord } from "../io/irpRecord";
import type { KernelMemory } from "../mem/kernelMemory";
import { UserMode } from "../ob/caller";
import type { EndParameters } from "./endParameters";
import type { FileContext } from "./fileContext";
import { type FileRequest, request } from "./fileRequests";
import { type IoOutcome, ioDone } from "./ioOutcome";
import { isLength, isUserBuffer } from "./userBuffers";

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
  context: FileContext,
  handle: number,
  major: typeof IRP_MJ_READ | typeof IRP_MJ_WRITE,
  buffer: Address,
  length: number,
  byteOffset: number | bigint | undefined,
  end: EndParameters | undefined,
): IoOutcome {
  const { ob, io } = context;
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
  if (offset !== undefined) {
    return request(context, file, new TransferRequest(context, major, buffer, length, offset), end);
  }
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
    return isSynchronous ? offset : undefined;
  }
  if (offset === WRITE_TO_END_OF_FILE) return isRead ? undefined : offset;
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : undefined;
}

class TransferRequest implements FileRequest {
  constructor(
    private readonly context: FileContext,
    readonly major: typeof IRP_MJ_READ | typeof IRP_MJ_WRITE,
    private readonly buffer: Address,
    private readonly length: number,
    private readonly byteOffset: number | bigint,
  ) {}

  prepare(record: IrpRecord): number {
    const { io, ob } = this.context;
    const { memory } = ob;
    const { length, byteOffset } = this;
    const { fields, stackSize } = record.block;
    const isRead = this.major === IRP_MJ_READ;
    record.length = length;
    fields.writeU32(IRP.offset.Flags, isRead ? IRP_READ_OPERATION : IRP_WRITE_OPERATION);
    const flags = memory.readU32(record.device + DEVICE_FLAGS);
    const prepared = io.transfers.prepare(record, flags, this.buffer, isRead);
    if (prepared !== STATUS_SUCCESS) return prepared;
    const location = locationOffset(stackSize);
    fields.writeU32(location + LENGTH, length);
    // The position as it is when the turn has come.
    const offset =
      byteOffset === USE_FILE_POINTER_POSITION ? memory.readPointer(record.file + CURRENT_BYTE_OFFSET) : byteOffset;
    if (typeof offset === "number") fields.writePointer(location + BYTE_OFFSET, offset);
    else memory.writeU64(record.irp + location + BYTE_OFFSET, offset);
    return STATUS_SUCCESS;
  }
}
