/** One row of the columns in which rows cross process borders, as a record. Columns too short give default values. */
import { type LogRecord, logKinds, logSources } from "./logRecord";
import type { LogRows } from "./logState";

type Columns = Pick<LogRows, keyof LogRecord | "processes" | "textOffset">;

/** U+FEFF at the start of a line is text, too: a decoder would take it for a byte order mark. */
export function rowDecoder(): TextDecoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}

/** @param decoder one of `rowDecoder`, used for all rows */
export function recordOfRow(rows: Columns, index: number, decoder: TextDecoder): LogRecord {
  const record: LogRecord = {
    sequence: rows.sequence[index] ?? 0,
    time: rows.time[index] ?? Number.NaN,
    source: logSources[rows.source[index] ?? 0] ?? "ntscope",
    kind: logKinds[rows.kind[index] ?? 0] ?? "print",
    component: rows.component[index] ?? -1,
    level: rows.level[index] ?? -1,
    processId: rows.processId[index] ?? 0,
    threadId: rows.threadId[index] ?? 0,
    process: rows.processes[rows.process[index] ?? 0] ?? "",
    text: decoder.decode(rows.text.subarray(rows.textOffset[index], rows.textOffset[index + 1])),
  };
  const irp = rows.irp[index] ?? 0;
  if (irp !== 0) record.irp = irp;
  return record;
}
