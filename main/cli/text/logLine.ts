/** One log record as a line of text: number, clock time, who printed it, what. */

import type { LogRecord } from "../../log/logRecord";
import { visibleLine, visibleText } from "../../machine/visibleText";

export function logLine(record: LogRecord): string {
  const who = record.process === "" ? record.source : `${visibleText(record.process)} (${record.processId})`;
  const kind = record.kind === "print" ? "" : `${record.kind.toUpperCase()}: `;
  return `${String(record.sequence).padStart(6)}  ${clockText(record.time)}  ${who}  ${kind}${visibleLine(record.text)}`;
}

/** Local time to the millisecond, as DebugView shows it. */
function clockText(time: number): string {
  const date = new Date(time);
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
