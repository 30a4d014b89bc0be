/**
 * What all system calls that send a file's driver a request have in common: the turn of a synchronous file, the
 * end of the request.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import type { IrpRecord } from "../io/irpRecord";
import type { EndParameters } from "./endParameters";
import type { FileContext } from "./fileContext";
import { type IoOutcome, ioDone, ioPending } from "./ioOutcome";
import { laterTurn } from "./laterTurn";
import { attachEnd, prepareEnd } from "./requestEnd";

/** Of NT_ERROR. */
const FIRST_ERROR = 0xc000_0000;

/** What a request is, for {@link request}. */
export interface FileRequest {
  /** IRP_MJ_xxx */
  readonly major: number;
  /** Fills the IRP in: buffers, parameters. @returns an NTSTATUS; on failure nothing is left to free */
  prepare(record: IrpRecord): number;
}

/**
 * Sends a request about a file when its turn has come.
 * @param file referenced; the reference goes with the end of the request
 */
export function request(
  context: FileContext,
  file: Address,
  made: FileRequest,
  end: EndParameters | undefined,
): IoOutcome {
  let event = 0;
  if (end !== undefined) {
    const prepared = prepareEnd(context, file, end);
    event = prepared.event;
    if (prepared.status !== STATUS_SUCCESS) {
      context.ob.ObDereferenceObject(file);
      return ioDone(prepared.status, 0);
    }
  }
  const { turns } = context.driverIo();
  const waiting = turns.begin(file);
  if (waiting === undefined) return send(context, file, made, end, event);
  return laterTurn(context, waiting, (status) => {
    if (status === STATUS_SUCCESS) return send(context, file, made, end, event);
    if (event !== 0) context.ob.ObDereferenceObject(event);
    context.ob.ObDereferenceObject(file);
    return ioDone(status, 0);
  });
}

function send(
  context: FileContext,
  file: Address,
  made: FileRequest,
  end: EndParameters | undefined,
  event: Address,
): IoOutcome {
  const { io } = context;
  const record = io.requests.create(io.files.relatedDevice(file), file, made.major);
  if (record === undefined) return refuse(context, file, event, STATUS_INSUFFICIENT_RESOURCES);
  const prepared = made.prepare(record);
  if (prepared !== STATUS_SUCCESS) {
    io.requests.abandon(record);
    return refuse(context, file, event, prepared);
  }
  if (end !== undefined) attachEnd(context, record, end, event);
  return conclude(context, record, io.requests.send(record), file, event);
}

function refuse(context: FileContext, file: Address, event: Address, status: number): IoOutcome {
  release(context, file, event);
  return ioDone(status, 0);
}

/** Gives back what a request holds. */
function release({ ob, driverIo }: FileContext, file: Address, event: Address): void {
  driverIo().turns.end(file);
  if (event !== 0) ob.ObDereferenceObject(event);
  ob.ObDereferenceObject(file);
}

/**
 * The file stays referenced while the request is under way.
 * @param status what sending it answered
 */
function conclude(context: FileContext, record: IrpRecord, status: number, file: Address, event: Address): IoOutcome {
  const { turns } = context.driverIo();
  if (status === STATUS_PENDING && !record.isOver) {
    record.finish = () => {
      if (record.deliver === undefined) turns.signal(file);
      release(context, file, event);
    };
    return ioPending(record, () => ioDone(record.status, record.information));
  }
  if (record.done) {
    // Case 73: nobody is told of a request that failed at once.
    if (record.deliver === undefined && (record.status < FIRST_ERROR || record.markedPending)) turns.signal(file);
    release(context, file, event);
  } else {
    // An IRP that the driver forgot keeps its file open for good, as on NT; its caller goes on.
    turns.end(file);
  }
  return ioDone(status, record.done ? record.information : 0);
}
