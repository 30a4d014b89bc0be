/**
 * What the I/O manager knows of a file itself and so does not ask the driver: position, mode, alignment, access, the
 * completion port. Source: NtQueryInformationFile, NtSetInformationFile (ntifs.h).
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  FILE_NO_INTERMEDIATE_BUFFERING,
  FILE_SEQUENTIAL_ONLY,
  FILE_SYNCHRONOUS_IO_ALERT,
  FILE_SYNCHRONOUS_IO_NONALERT,
  FILE_WRITE_THROUGH,
} from "../../../native-bindings/abi/createOptions";
import {
  FO_ALERTABLE_IO,
  FO_NO_INTERMEDIATE_BUFFERING,
  FO_SEQUENTIAL_ONLY,
  FO_SKIP_COMPLETION_PORT,
  FO_SKIP_SET_EVENT,
  FO_SKIP_SET_FAST_IO,
  FO_SYNCHRONOUS_IO,
  FO_WRITE_THROUGH,
} from "../../../native-bindings/abi/fileObjectFlags";
import {
  FileAccessInformation,
  FileAlignmentInformation,
  FileCompletionInformation,
  FileIoCompletionNotificationInformation,
  FileModeInformation,
  FilePositionInformation,
} from "../../../native-bindings/abi/informationClasses";
import {
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { IO_COMPLETION_MODIFY_STATE } from "../../../native-bindings/abi/objectRights";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import type { KernelMemory } from "../mem/kernelMemory";
import type { FileContext } from "./fileContext";
import type { InformationBuffer } from "./filesInformation";
import { type IoDone, ioDone } from "./ioOutcome";

const { Flags: FLAGS, CurrentByteOffset: POSITION, DeviceObject: DEVICE } = FILE_OBJECT.offset;
const LARGEST_POSITION = 0x7fff_ffff_ffff_ffffn;

/** FILE_MODE_INFORMATION.Mode, by the flags of the file. */
const modeBits: readonly (readonly [mode: number, flag: number])[] = [
  [FILE_WRITE_THROUGH, FO_WRITE_THROUGH],
  [FILE_SEQUENTIAL_ONLY, FO_SEQUENTIAL_ONLY],
  [FILE_NO_INTERMEDIATE_BUFFERING, FO_NO_INTERMEDIATE_BUFFERING],
];
const SYNCHRONOUS = FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT;
/** FILE_IO_COMPLETION_NOTIFICATION_INFORMATION.Flags, by the flags of the file. */
const notificationBits: readonly (readonly [bit: number, flag: number])[] = [
  [0x1, FO_SKIP_COMPLETION_PORT],
  [0x2, FO_SKIP_SET_EVENT],
  [0x4, FO_SKIP_SET_FAST_IO],
];
const NOTIFICATION_BITS = 0x7;

/** In bytes. */
const sizes: ReadonlyMap<number, number> = new Map([
  [FilePositionInformation, 8],
  [FileModeInformation, 4],
  [FileAlignmentInformation, 4],
  [FileAccessInformation, 4],
  [FileCompletionInformation, 16],
  [FileIoCompletionNotificationInformation, 4],
]);

function isSynchronous(memory: KernelMemory, file: Address): boolean {
  return (memory.readU32(file + FLAGS) & FO_SYNCHRONOUS_IO) !== 0;
}

function modeOf(flags: number): number {
  let mode = 0;
  for (const [bit, flag] of modeBits) if ((flags & flag) !== 0) mode |= bit;
  if ((flags & FO_SYNCHRONOUS_IO) === 0) return mode;
  return mode | ((flags & FO_ALERTABLE_IO) !== 0 ? FILE_SYNCHRONOUS_IO_ALERT : FILE_SYNCHRONOUS_IO_NONALERT);
}

function bitsOf(flags: number, bits: readonly (readonly [number, number])[]): number {
  let found = 0;
  for (const [bit, flag] of bits) if ((flags & flag) !== 0) found |= bit;
  return found;
}

/** Undefined for what the driver has to answer. */
export function ownAnswer(
  { ob }: FileContext,
  file: Address,
  grantedAccess: number,
  { informationClass, buffer, length }: InformationBuffer,
): IoDone | undefined {
  const { memory } = ob;
  const size = sizes.get(informationClass);
  if (size === undefined || informationClass === FileCompletionInformation) return undefined;
  // Only of a synchronous file does the I/O manager know the position.
  if (informationClass === FilePositionInformation && !isSynchronous(memory, file)) return undefined;
  if (length < size) return ioDone(STATUS_INFO_LENGTH_MISMATCH, 0);
  const flags = memory.readU32(file + FLAGS);
  switch (informationClass) {
    case FilePositionInformation:
      memory.writeU64(buffer, memory.readU64(file + POSITION));
      break;
    case FileModeInformation:
      memory.writeU32(buffer, modeOf(flags));
      break;
    case FileAlignmentInformation: {
      const device = memory.readPointer(file + DEVICE);
      memory.writeU32(buffer, memory.readU32(device + DEVICE_OBJECT.offset.AlignmentRequirement));
      break;
    }
    case FileAccessInformation:
      memory.writeU32(buffer, grantedAccess);
      break;
    default:
      memory.writeU32(buffer, bitsOf(flags, notificationBits));
  }
  return ioDone(STATUS_SUCCESS, size);
}

/** @returns an NTSTATUS; undefined for what the driver has to do */
export function ownChange(context: FileContext, file: Address, asked: InformationBuffer): number | undefined {
  const { memory } = context.ob;
  const { informationClass, buffer, length } = asked;
  const size = sizes.get(informationClass);
  if (size === undefined || informationClass === FileAlignmentInformation) return undefined;
  if (informationClass === FileAccessInformation) return undefined;
  if (informationClass === FilePositionInformation && !isSynchronous(memory, file)) return undefined;
  if (length < size) return STATUS_INFO_LENGTH_MISMATCH;
  switch (informationClass) {
    case FilePositionInformation:
      return setPosition(memory, file, memory.readU64(buffer));
    case FileModeInformation:
      return setMode(memory, file, memory.readU32(buffer));
    case FileCompletionInformation:
      return bindPort(context, file, memory.readPointer(buffer), memory.readPointer(buffer + 8));
    default:
      return setNotification(memory, file, memory.readU32(buffer));
  }
}

function setPosition(memory: KernelMemory, file: Address, position: bigint): number {
  if (position > LARGEST_POSITION) return STATUS_INVALID_PARAMETER;
  memory.writeU64(file + POSITION, position);
  return STATUS_SUCCESS;
}

/** A file stays as synchronous as it is; whether its waits are alertable may change. */
function setMode(memory: KernelMemory, file: Address, mode: number): number {
  const flags = memory.readU32(file + FLAGS);
  const changeable = FILE_WRITE_THROUGH | FILE_SEQUENTIAL_ONLY | SYNCHRONOUS;
  const keepsBuffering = (mode & FILE_NO_INTERMEDIATE_BUFFERING) === (modeOf(flags) & FILE_NO_INTERMEDIATE_BUFFERING);
  if ((mode & ~(changeable | FILE_NO_INTERMEDIATE_BUFFERING)) !== 0 || !keepsBuffering) return STATUS_INVALID_PARAMETER;
  const wasSynchronous = (flags & FO_SYNCHRONOUS_IO) !== 0;
  const bits = mode & SYNCHRONOUS;
  if (bits === SYNCHRONOUS || (bits !== 0) !== wasSynchronous) return STATUS_INVALID_PARAMETER;
  let changed = flags & ~(FO_WRITE_THROUGH | FO_SEQUENTIAL_ONLY | FO_ALERTABLE_IO);
  for (const [bit, flag] of modeBits) if ((mode & bit) !== 0) changed |= flag;
  if (bits === FILE_SYNCHRONOUS_IO_ALERT) changed |= FO_ALERTABLE_IO;
  memory.writeU32(file + FLAGS, changed);
  return STATUS_SUCCESS;
}

function bindPort({ ob, driverIo }: FileContext, file: Address, handle: number, key: Address): number {
  const { completions } = driverIo();
  const { mode } = ob.caller;
  const opened = ob.ObReferenceObjectByHandle(handle, IO_COMPLETION_MODIFY_STATE, completions.type, mode);
  if (opened.status !== STATUS_SUCCESS) return opened.status;
  const status = completions.bind(file, opened.object, key);
  ob.ObDereferenceObject(opened.object);
  return status;
}

/** Bits are added, never taken away. */
function setNotification(memory: KernelMemory, file: Address, bits: number): number {
  if ((bits & ~NOTIFICATION_BITS) !== 0) return STATUS_INVALID_PARAMETER;
  let flags = memory.readU32(file + FLAGS);
  for (const [bit, flag] of notificationBits) if ((bits & bit) !== 0) flags |= flag;
  memory.writeU32(file + FLAGS, flags);
  return STATUS_SUCCESS;
}
