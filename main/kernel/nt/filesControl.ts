/**
 * NtDeviceIoControlFile and NtFsControlFile: buffers probed, access bits of the code checked, an IRP_MJ_DEVICE_CONTROL or
 * IRP_MJ_FILE_SYSTEM_CONTROL sent; the parameters of the two lie at the same places.
 * Source: "Defining I/O Control Codes", "Buffer Descriptions for I/O Control Codes" (Windows Driver Kit).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { METHOD_BUFFERED, METHOD_NEITHER } from "../../../native-bindings/abi/ioctl";
import type { IRP_MJ_DEVICE_CONTROL, IRP_MJ_FILE_SYSTEM_CONTROL } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_ACCESS_DENIED,
  STATUS_ACCESS_VIOLATION,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { IrpRecord } from "../io/irpRecord";
import type { ControlBuffers } from "../io/transfers";
import type { KernelMemory } from "../mem/kernelMemory";
import { UserMode } from "../ob/caller";
import type { EndParameters } from "./endParameters";
import type { FileContext } from "./fileContext";
import { type FileRequest, request } from "./fileRequests";
import { type IoOutcome, ioDone } from "./ioOutcome";
import { isLength, isUserBuffer } from "./userBuffers";

type ControlMajor = typeof IRP_MJ_DEVICE_CONTROL | typeof IRP_MJ_FILE_SYSTEM_CONTROL;

const METHOD_BITS = 3;
/** FILE_READ_ACCESS and FILE_WRITE_ACCESS of a code have the values of FILE_READ_DATA and FILE_WRITE_DATA. */
const ACCESS_SHIFT = 14;
const ACCESS_BITS = 3;

const {
  "Parameters.DeviceIoControl.OutputBufferLength": OUTPUT_LENGTH,
  "Parameters.DeviceIoControl.InputBufferLength": INPUT_LENGTH,
  "Parameters.DeviceIoControl.IoControlCode": CODE,
} = IO_STACK_LOCATION.offset;

export interface ControlParameters {
  /** 32 bits, as CTL_CODE makes it. */
  readonly code: number;
  /** In the caller's address space; 0 for none. */
  readonly input: Address;
  /** In bytes, 0 to 2^32 - 1. */
  readonly inputLength: number;
  /** In the caller's address space; 0 for none. */
  readonly output: Address;
  /** In bytes, 0 to 2^32 - 1. */
  readonly outputLength: number;
}

/** A NULL pointer makes a buffer empty, but for METHOD_NEITHER, where all is the driver's business. */
function buffersOf({ code, input, inputLength, output, outputLength }: ControlParameters): ControlBuffers {
  const method = code & METHOD_BITS;
  if (method === METHOD_NEITHER) return { method, input, inputLength, output, outputLength };
  return {
    method,
    input,
    inputLength: input === 0 ? 0 : inputLength,
    output,
    outputLength: output === 0 ? 0 : outputLength,
  };
}

/** The second buffer of the direct methods is probed when its pages are locked. */
function areReadable(
  memory: KernelMemory,
  { method, input, inputLength, output, outputLength }: ControlBuffers,
): boolean {
  if (method === METHOD_NEITHER) return true;
  if (!isUserBuffer(memory, input, inputLength, "read")) return false;
  return method !== METHOD_BUFFERED || isUserBuffer(memory, output, outputLength, "write");
}

export function control(
  context: FileContext,
  handle: number,
  major: ControlMajor,
  parameters: ControlParameters,
  end: EndParameters | undefined,
): IoOutcome {
  const { ob, io } = context;
  const { mode } = ob.caller;
  const { code } = parameters;
  if (!isLength(parameters.inputLength) || !isLength(parameters.outputLength)) {
    return ioDone(STATUS_INVALID_PARAMETER, 0);
  }
  const buffers = buffersOf(parameters);
  // Before the handle is looked at, other than for reads and writes.
  if (mode === UserMode && !areReadable(ob.memory, buffers)) return ioDone(STATUS_ACCESS_VIOLATION, 0);
  const { status, object: file, grantedAccess } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, mode);
  if (status !== STATUS_SUCCESS) return ioDone(status, 0);
  const needed = (code >>> ACCESS_SHIFT) & ACCESS_BITS;
  if (mode === UserMode && (grantedAccess & needed) !== needed) {
    ob.ObDereferenceObject(file);
    return ioDone(STATUS_ACCESS_DENIED, 0);
  }
  return request(context, file, new ControlFileRequest(context, major, code, buffers), end);
}

class ControlFileRequest implements FileRequest {
  constructor(
    private readonly context: FileContext,
    readonly major: ControlMajor,
    private readonly code: number,
    private readonly buffers: ControlBuffers,
  ) {}

  prepare(record: IrpRecord): number {
    const { buffers } = this;
    const { io, ob } = this.context;
    const { memory } = ob;
    record.length = buffers.outputLength;
    const location = io.requests.location(record.irp);
    const prepared = io.transfers.prepareControl(location, record, buffers);
    if (prepared !== STATUS_SUCCESS) return prepared;
    memory.writeU32(location + OUTPUT_LENGTH, buffers.outputLength);
    memory.writeU32(location + INPUT_LENGTH, buffers.inputLength);
    memory.writeU32(location + CODE, this.code);
    return STATUS_SUCCESS;
  }
}
