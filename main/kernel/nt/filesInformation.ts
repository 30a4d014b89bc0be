/**
 * NtFlushBuffersFile, NtQueryVolumeInformationFile, and what NtQueryInformationFile and NtSetInformationFile ask the
 * driver: IRPs with a system buffer. What the I/O manager answers itself is in filesOwnInformation.ts.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  FileAllocationInformation,
  FileBasicInformation,
  FileDispositionInformation,
  FileEndOfFileInformation,
  FileFsDeviceInformation,
  FileRenameInformation,
} from "../../../native-bindings/abi/informationClasses";
import { IRP_SYNCHRONOUS_API } from "../../../native-bindings/abi/irpFlags";
import {
  IRP_MJ_FLUSH_BUFFERS,
  IRP_MJ_QUERY_INFORMATION,
  IRP_MJ_QUERY_VOLUME_INFORMATION,
  IRP_MJ_SET_INFORMATION,
} from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_ACCESS_DENIED,
  STATUS_ACCESS_VIOLATION,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { FILE_READ_ATTRIBUTES, FILE_WRITE_ATTRIBUTES } from "../../../native-bindings/abi/objectRights";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { IrpRecord } from "../io/irpRecord";
import { UserMode } from "../ob/caller";
import type { FileContext } from "./fileContext";
import { type FileRequest, request } from "./fileRequests";
import { ownAnswer, ownChange } from "./filesOwnInformation";
import { type IoOutcome, ioDone } from "./ioOutcome";
import { isLength, isUserBuffer } from "./userBuffers";

const DELETE = 0x1_0000;
const FILE_WRITE_DATA = 0x2;
const FILE_WRITE_OR_APPEND = 0x2 | 0x4;
/** FILE_FS_DEVICE_INFORMATION: u32 DeviceType, u32 Characteristics. */
const FS_DEVICE_SIZE = 8;

/** Rights that asking or changing a class takes (IopQueryOperationAccess, IopSetOperationAccess); others take none. */
const queryRights: ReadonlyMap<number, number> = new Map([[FileBasicInformation, FILE_READ_ATTRIBUTES]]);
const setRights: ReadonlyMap<number, number> = new Map([
  [FileBasicInformation, FILE_WRITE_ATTRIBUTES],
  [FileRenameInformation, DELETE],
  [FileDispositionInformation, DELETE],
  [FileAllocationInformation, FILE_WRITE_DATA],
  [FileEndOfFileInformation, FILE_WRITE_DATA],
]);

/** A class of information, and where the caller has it. */
export interface InformationBuffer {
  readonly informationClass: number;
  readonly buffer: Address;
  /** In bytes. */
  readonly length: number;
}

/** A request with a class, a length and a system buffer; its parameters lie at the same places for all of them. */
class InformationRequest implements FileRequest {
  constructor(
    private readonly context: FileContext,
    readonly major: number,
    private readonly asked: InformationBuffer,
  ) {}

  prepare(record: IrpRecord): number {
    const { io, ob } = this.context;
    const { memory } = ob;
    const { informationClass, buffer, length } = this.asked;
    const isRead = this.major !== IRP_MJ_SET_INFORMATION;
    record.length = length;
    memory.writeU32(record.irp + IRP.offset.Flags, IRP_SYNCHRONOUS_API);
    if (isRead) memory.writePointer(record.irp + IRP.offset.UserBuffer, buffer);
    const prepared = io.transfers.prepareBuffered(record, length, buffer, isRead);
    if (prepared !== STATUS_SUCCESS) return prepared;
    const location = io.requests.location(record.irp);
    memory.writeU32(location + IO_STACK_LOCATION.offset["Parameters.QueryFile.Length"], length);
    memory.writeU32(location + IO_STACK_LOCATION.offset["Parameters.QueryFile.FileInformationClass"], informationClass);
    return STATUS_SUCCESS;
  }
}

class FlushRequest implements FileRequest {
  readonly major = IRP_MJ_FLUSH_BUFFERS;

  constructor(private readonly context: FileContext) {}

  prepare({ irp }: IrpRecord): number {
    this.context.ob.memory.writeU32(irp + IRP.offset.Flags, IRP_SYNCHRONOUS_API);
    return STATUS_SUCCESS;
  }
}

/** The file of a handle, referenced, when the buffer is the caller's and the handle has the rights. */
function openFor(
  { ob, io }: FileContext,
  handle: number,
  { buffer, length }: InformationBuffer,
  operation: "read" | "write",
  rights: number,
): { status: number; file: Address; grantedAccess: number } {
  const { mode } = ob.caller;
  const refuse = (status: number) => ({ status, file: 0, grantedAccess: 0 });
  if (!isLength(length)) return refuse(STATUS_INVALID_PARAMETER);
  if (mode === UserMode && !isUserBuffer(ob.memory, buffer, length, operation)) return refuse(STATUS_ACCESS_VIOLATION);
  const opened = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, mode);
  if (opened.status !== STATUS_SUCCESS) return refuse(opened.status);
  if (mode === UserMode && (opened.grantedAccess & rights) !== rights) {
    ob.ObDereferenceObject(opened.object);
    return refuse(STATUS_ACCESS_DENIED);
  }
  return { status: STATUS_SUCCESS, file: opened.object, grantedAccess: opened.grantedAccess };
}

export function queryInformation(context: FileContext, handle: number, asked: InformationBuffer): IoOutcome {
  const rights = queryRights.get(asked.informationClass) ?? 0;
  const { status, file, grantedAccess } = openFor(context, handle, asked, "write", rights);
  if (status !== STATUS_SUCCESS) return ioDone(status, 0);
  const answer = ownAnswer(context, file, grantedAccess, asked);
  if (answer === undefined)
    return request(context, file, new InformationRequest(context, IRP_MJ_QUERY_INFORMATION, asked), undefined);
  context.ob.ObDereferenceObject(file);
  return answer;
}

export function setInformation(context: FileContext, handle: number, asked: InformationBuffer): IoOutcome {
  const rights = setRights.get(asked.informationClass) ?? 0;
  const { status, file } = openFor(context, handle, asked, "read", rights);
  if (status !== STATUS_SUCCESS) return ioDone(status, 0);
  const changed = ownChange(context, file, asked);
  if (changed === undefined)
    return request(context, file, new InformationRequest(context, IRP_MJ_SET_INFORMATION, asked), undefined);
  context.ob.ObDereferenceObject(file);
  return ioDone(changed, 0);
}

/** FileFsDeviceInformation is the device object's own; all the others are the driver's to answer. */
export function queryVolumeInformation(context: FileContext, handle: number, asked: InformationBuffer): IoOutcome {
  const { status, file } = openFor(context, handle, asked, "write", 0);
  if (status !== STATUS_SUCCESS) return ioDone(status, 0);
  const { ob } = context;
  if (asked.informationClass !== FileFsDeviceInformation) {
    return request(context, file, new InformationRequest(context, IRP_MJ_QUERY_VOLUME_INFORMATION, asked), undefined);
  }
  const { memory } = ob;
  const device = memory.readPointer(file + FILE_OBJECT.offset.DeviceObject);
  ob.ObDereferenceObject(file);
  if (asked.length < FS_DEVICE_SIZE) return ioDone(STATUS_INFO_LENGTH_MISMATCH, 0);
  memory.writeU32(asked.buffer, memory.readU32(device + DEVICE_OBJECT.offset.DeviceType));
  memory.writeU32(asked.buffer + 4, memory.readU32(device + DEVICE_OBJECT.offset.Characteristics));
  return ioDone(STATUS_SUCCESS, FS_DEVICE_SIZE);
}

export function flushBuffers(context: FileContext, handle: number): IoOutcome {
  const { ob, io } = context;
  const { mode } = ob.caller;
  const { status, object: file, grantedAccess } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, mode);
  if (status !== STATUS_SUCCESS) return ioDone(status, 0);
  if (mode === UserMode && (grantedAccess & FILE_WRITE_OR_APPEND) === 0) {
    ob.ObDereferenceObject(file);
    return ioDone(STATUS_ACCESS_DENIED, 0);
  }
  return request(context, file, new FlushRequest(context), undefined);
}
