/** NtCreateFile: parameters checked, name looked up, the driver asked by the parse procedure, a handle made. */
import { SYNCHRONIZE } from "../../../native-bindings/abi/access";
import {
  FILE_DIRECTORY_FILE,
  FILE_NON_DIRECTORY_FILE,
  FILE_OPEN,
  FILE_OVERWRITE_IF,
  FILE_SYNCHRONOUS_IO_ALERT,
  FILE_SYNCHRONOUS_IO_NONALERT,
} from "../../../native-bindings/abi/createOptions";
import { FO_HANDLE_CREATED } from "../../../native-bindings/abi/fileObjectFlags";
import {
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import type { IoManager } from "../io/ioManager";
import type { IrpRecord } from "../io/irpRecord";
import { OpenPacket, type OpenRefusal } from "../io/openPacket";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { ObjectManager } from "../ob/objectManager";
import type { Ps } from "../ps/ps";
import type { FileParameters } from "./fileParameters";
import { type IoDone, type IoPending, ioPending } from "./ioOutcome";

export interface CreateDone extends IoDone {
  /** 0 unless the status is a success. */
  readonly handle: number;
  /** Where a device, or its driver, refused. */
  readonly refusal?: OpenRefusal;
}

export type CreateOutcome = CreateDone | IoPending<CreateDone>;

const FILE_SHARE_VALID = 0x7;
const SYNCHRONOUS = FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT;

function refuse(status: number, refusal?: OpenRefusal): CreateDone {
  return { pending: false, status, information: 0, handle: 0, ...(refusal === undefined ? {} : { refusal }) };
}

function areValid(access: number, share: number, disposition: number, options: number): boolean {
  if ((share & ~FILE_SHARE_VALID) !== 0 || disposition < 0 || disposition > FILE_OVERWRITE_IF) return false;
  if ((options & SYNCHRONOUS) === SYNCHRONOUS) return false;
  if ((options & SYNCHRONOUS) !== 0 && (access & SYNCHRONIZE) === 0) return false;
  return (options & FILE_DIRECTORY_FILE) === 0 || (options & FILE_NON_DIRECTORY_FILE) === 0;
}

export function createFile(
  ob: ObjectManager,
  io: IoManager,
  ps: Ps,
  attributes: ObjectAttributes,
  parameters: FileParameters,
): CreateOutcome {
  const desiredAccess = io.types.file.mapAccess(parameters.desiredAccess);
  const { shareAccess = 0, disposition = FILE_OPEN, options = 0, fileAttributes = 0 } = parameters;
  if (!areValid(desiredAccess, shareAccess, disposition, options)) return refuse(STATUS_INVALID_PARAMETER);
  const { attaching = false } = parameters;
  const packet = new OpenPacket({ desiredAccess, shareAccess, disposition, options, fileAttributes, attaching });
  const { mode } = ob.caller;
  const opened = ob.ObOpenObjectByName(attributes, io.types.file, desiredAccess, mode, packet);
  if (packet.pending !== undefined) return waitForDriver(ob, io, ps, attributes, packet, packet.pending);
  if (opened.status !== STATUS_SUCCESS) return refuse(opened.status, packet.refusal);
  // A name can lead to a file only through a device.
  if (!packet.parsed) {
    ob.NtClose(opened.handle);
    return refuse(STATUS_OBJECT_TYPE_MISMATCH);
  }
  didCreateHandle(ob, packet);
  return { pending: false, status: STATUS_SUCCESS, information: packet.information, handle: opened.handle };
}

function didCreateHandle(ob: ObjectManager, packet: OpenPacket): void {
  const at = packet.file + FILE_OBJECT.offset.Flags;
  ob.memory.writeU32(at, ob.memory.readU32(at) | FO_HANDLE_CREATED);
}

/** The driver has returned STATUS_PENDING: the open ends when it completes the IRP, in the name of its caller. */
function waitForDriver(
  ob: ObjectManager,
  io: IoManager,
  ps: Ps,
  attributes: ObjectAttributes,
  packet: OpenPacket,
  record: IrpRecord,
): CreateOutcome {
  const { thread, mode } = ps.current;
  let done = refuse(STATUS_SUCCESS);
  const release = record.finish;
  record.finish = () => {
    release?.(record);
    done = ps.runAs(thread, mode, () => finish(ob, io, attributes, packet, record));
  };
  return ioPending(record, () => done);
}

function finish(
  ob: ObjectManager,
  io: IoManager,
  attributes: ObjectAttributes,
  packet: OpenPacket,
  record: IrpRecord,
): CreateDone {
  const parsed = io.parse.finish(packet, record, record.status);
  if (parsed.reparse !== undefined) return refuse(STATUS_OBJECT_TYPE_MISMATCH);
  if (parsed.object === undefined) return refuse(parsed.status, packet.refusal);
  const { file, granted } = packet;
  const made = ob.handles.createGranted(file, granted, attributes.attributes ?? 0, ob.caller.mode);
  if (made.status === STATUS_SUCCESS) didCreateHandle(ob, packet);
  ob.ObDereferenceObject(file);
  return { pending: false, status: made.status, information: packet.information, handle: made.handle };
}
