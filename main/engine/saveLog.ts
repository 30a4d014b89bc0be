/**
 * Writes a view to a file: into a new file beside it, renamed when it is complete, so that neither a full disk nor a
 * cancelled save costs the user the file that was there.
 */
import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { createLogFormatWriter } from "../log/formats/logFormat";
import type { Log } from "../log/log";
import type { LogView } from "../log/views/logView";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { LogFormat } from "./protocol";

/** Rows made into text at a time: some ms of work, some 100 KB to write. */
const BATCH_ROWS = 1000;

export interface SaveRequest {
  log: Log;
  view: LogView;
  path: string;
  format: LogFormat;
  signal: AbortSignal;
}

export async function saveLog(request: SaveRequest): Promise<Result<{ lines: number; bytes: number }>> {
  if (!path.isAbsolute(request.path)) {
    return fail(ntscopeError("bad-path", "The file's path must be absolute."));
  }
  const temporary = `${request.path}.${randomBytes(6).toString("hex")}.part`;
  try {
    const saved = await writeFile(temporary, request);
    if (saved) {
      await rename(temporary, request.path);
      return ok(saved);
    }
    await rm(temporary, { force: true });
    return fail(ntscopeError("cancelled", "Saving was cancelled; no file was written."));
  } catch (error) {
    await rm(temporary, { force: true });
    const text = error instanceof Error ? error.message : String(error);
    return fail(ntscopeError("save-failed", `The log could not be saved: ${text}`));
  }
}

/** Undefined when it was cancelled. */
async function writeFile(file: string, request: SaveRequest): Promise<{ lines: number; bytes: number } | undefined> {
  // "wx": never through a link that somebody put there.
  const handle = await open(file, "wx");
  try {
    const counts = await writeRows(handle, request);
    if (counts) await handle.sync();
    return counts;
  } finally {
    await handle.close();
  }
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
