/** A kernel's debug print out of an event of the session; ETW's own events and those of other classes are none. */
import type { AnsiText } from "../ansiText";
import { DBGPRINT_OPCODE, DbgPrintGuid, parseDbgPrintEvent } from "./dbgPrintEvent";
import type { KernelPrint } from "./etwReader";
import { type EventRecord, HOUSEKEEPING_PROCESS } from "./eventRecord";

export function kernelPrint(record: EventRecord, payload: Uint8Array, ansi: AnsiText): KernelPrint | undefined {
  if (record.providerId !== DbgPrintGuid || record.opcode !== DBGPRINT_OPCODE) return undefined;
  if (record.processId === HOUSEKEEPING_PROCESS) return undefined;
  const event = parseDbgPrintEvent(payload, ansi);
  if (event === undefined) return undefined;
  const { time, processId, threadId } = record;
  return { time, processId, threadId, ...event };
}
