/**
 * The kernel's debug prints as ETW events: class {13976D09-A327-438C-950B-7F03192815C7} (DbgPrintGuid), opcode 32.
 * Payload: u32 component, u32 level, text with NUL (phnt ntwmi.h, ETW_DEBUG_PRINT_EVENT).
 */
import type { AnsiText } from "../ansiText";

export const DbgPrintGuid = "13976d09-a327-438c-950b-7f03192815c7";
/** PERFINFO_LOG_TYPE_DEBUG_PRINT without its group. */
export const DBGPRINT_OPCODE = 32;

const TEXT_OFFSET = 8;

export interface DbgPrintEvent {
  readonly component: number;
  /** A level 0 to 31, or a bit field. */
  readonly level: number;
  readonly text: string;
}

/** @returns undefined when the payload is shorter than its fixed part */
export function parseDbgPrintEvent(payload: Uint8Array, ansi: AnsiText): DbgPrintEvent | undefined {
  if (payload.length < TEXT_OFFSET) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const found = payload.indexOf(0, TEXT_OFFSET);
  const text = ansi.decode(payload.subarray(TEXT_OFFSET, found < 0 ? payload.length : found));
  return { component: view.getUint32(0, true), level: view.getUint32(4, true), text };
}
