/**
 * How a caller of NtReadFile and its kin wants to hear of the end: event, APC routine, context for a completion port,
 * IO_STATUS_BLOCK. Source: NtReadFile (ntifs.h); cases 73 to 75.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { EVENT_MODIFY_STATE } from "../../../native-bindings/abi/objectRights";
import { DISPATCHER_HEADER } from "../../../native-bindings/abi/structures/dispatcher";
import { IO_STATUS_BLOCK } from "../../../native-bindings/abi/structures/ioStatusBlock";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { IrpRecord } from "../io/irpRecord";
import { UserMode } from "../ob/caller";
import type { EndParameters } from "./endParameters";
import type { FileContext } from "./fileContext";
import { isUserBuffer } from "./userBuffers";

/** Checked and referenced. */
export interface PreparedEnd {
  readonly status: number;
  /** KEVENT, referenced; 0 for none. */
  readonly event: Address;
}

const nothing: PreparedEnd = { status: STATUS_SUCCESS, event: 0 };

export function prepareEnd({ ob, driverIo, events }: FileContext, file: Address, end: EndParameters): PreparedEnd {
  const { mode } = ob.caller;
  const { event: handle = 0, apcRoutine = 0, ioStatusBlock = 0 } = end;
  const isProbed = ioStatusBlock !== 0 && mode === UserMode;
  if (isProbed && !isUserBuffer(ob.memory, ioStatusBlock, IO_STATUS_BLOCK.size, "write")) {
    return { status: STATUS_ACCESS_VIOLATION, event: 0 };
  }
  // Case 75: one way to be told excludes the other.
  if (apcRoutine !== 0 && driverIo().completions.isBound(file)) return { status: STATUS_INVALID_PARAMETER, event: 0 };
  if (handle === 0) return nothing;
  const { status, object } = ob.ObReferenceObjectByHandle(handle, EVENT_MODIFY_STATE, events(), mode);
  if (status !== STATUS_SUCCESS) return { status, event: 0 };
  // Case 74.
  ob.memory.writeI32(object + DISPATCHER_HEADER.offset.SignalState, 0);
  return { status, event: object };
}

/** Writes it into the IRP; the end of the request does the rest. */
export function attachEnd({ ob, driverIo }: FileContext, record: IrpRecord, end: EndParameters, event: Address): void {
  const { memory } = ob;
  const { irp } = record;
  memory.writePointer(irp + IRP.offset.UserIosb, end.ioStatusBlock ?? 0);
  memory.writePointer(irp + IRP.offset.UserEvent, event);
  memory.writePointer(irp + IRP.offset.UserApcRoutine, end.apcRoutine ?? 0);
  memory.writePointer(irp + IRP.offset.UserApcContext, end.apcContext ?? 0);
  record.deliver = driverIo().delivery.deliver;
}
