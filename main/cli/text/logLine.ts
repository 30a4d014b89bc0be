/** One log record as a line of text: number, clock time, who printed it, what. */

import type { LogRecord } from "../../log/logRecord";
import { visibleLine, visibleText } from "../../machine/visibleText";

export function logLine(record: LogRecord): string {
  const kind = record.kind === "print" ? "" : `${record.kind.toUpperCase()}: `;
  return `${String(record.sequence).padStart(6)}  ${clockText(record.time)}  ${whoPrinted(record)}  ${kind}${visibleLine(record.text)}`;
}

function whoPrinted({ source, process, processId }: LogRecord): string {
  if (process !== "") return `${visibleText(process)} (${processId})`;
  return source === "win32" ? `process ${processId}` : source;
}

/** Local time to the millisecond, as DebugView shows it. */
function clockText(time: number): string {
  const date = new Date(time);
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
