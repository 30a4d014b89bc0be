/** Writes a view of the log to a file. */
import type { FileHandle } from "node:fs/promises";
import { createLogFormatWriter } from "../log/formats/logFormat";
import type { Log } from "../log/log";
import type { LogView } from "../log/views/logView";
import type { Result } from "../machine/result";
import type { LogFormat } from "./protocol";
import { replaceFile } from "./replaceFile";

/** Rows made into text at a time: some ms of work, some 100 KB to write. */
const BATCH_ROWS = 1000;

export interface SaveRequest {
  log: Log;
  view: LogView;
  path: string;
  format: LogFormat;
  signal: AbortSignal;
}

export function saveLog(request: SaveRequest): Promise<Result<{ lines: number; bytes: number }>> {
  return replaceFile(request.path, "The log", (handle) => writeRows(handle, request));
}

async function writeRows(
  handle: FileHandle,
  { log, view, format, signal }: SaveRequest,
): Promise<{ lines: number; bytes: number } | undefined> {
  const writer = createLogFormatWriter(format);
  let bytes = (await handle.write(writer.header)).bytesWritten;
  let lines = 0;
  // What arrives while it is saved is not part of it.
  const end = view.endRow;
  for (let row = view.droppedRows; row < end; row += BATCH_ROWS) {
    if (signal.aborted) return undefined;
    const batch: string[] = [];
    for (let each = row; each < Math.min(row + BATCH_ROWS, end); each += 1) {
      const record = log.store.record(view.sequenceOf(each) ?? 0);
      if (record) batch.push(writer.line(record));
    }
    bytes += (await handle.write(batch.join(""))).bytesWritten;
    lines += batch.length;
  }
  return { lines, bytes };
}
