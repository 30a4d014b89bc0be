/** Writes IRPs of the trace into a JSON file, a page at a time: one object an IRP, with its hops and steps. */
import type { FileHandle } from "node:fs/promises";
import type { IrpDetail, IrpFilter } from "../machine/irpTrace";
import type { Machine } from "../machine/machine";
import type { Result } from "../machine/result";
import { replaceFile } from "./replaceFile";

/** IRPs made into text between two writes: some ms of work. */
const PAGE = 200;

export interface SaveTraceRequest {
  machine: Pick<Machine, "traceState" | "traceRows" | "traceIrp">;
  path: string;
  filter: IrpFilter;
  signal: AbortSignal;
}

interface Saved {
  irps: number;
  bytes: number;
}

export async function saveTrace(request: SaveTraceRequest): Promise<Result<Saved>> {
  // A machine without a trace should say so before a file is made.
  const state = await request.machine.traceState();
  return state.ok ? replaceFile(request.path, "The trace", (handle) => writeIrps(handle, request)) : state;
}

async function writeIrps(
  handle: FileHandle,
  { machine, filter, signal }: SaveTraceRequest,
): Promise<Saved | undefined> {
  let { bytesWritten: bytes } = await handle.write('{"irps":[');
  let irps = 0;
  let last = 0;
  for (let from = 0; ; from += PAGE) {
    const page = await machine.traceRows({ filter, from, count: PAGE }, signal);
    if (signal.aborted) return undefined;
    if (!page.ok) throw new Error(page.error.message);
    if (page.value.rows.length === 0) break;
    const texts: string[] = [];
    // Rows move when old ones are dropped meanwhile: none is written twice.
    for (const { number } of page.value.rows.filter((row) => row.number > last)) {
      last = number;
      const detail = await machine.traceIrp(number);
      if (detail.ok) texts.push(`${irps + texts.length === 0 ? "" : ","}\n${textOf(detail.value)}`);
    }
    irps += texts.length;
    bytes += (await handle.write(texts.join(""))).bytesWritten;
  }
  bytes += (await handle.write("\n]}\n")).bytesWritten;
  return { irps, bytes };
}

function textOf({ row, hops, steps, lost }: IrpDetail): string {
  return JSON.stringify({ ...row, hops, steps, lost });
}
