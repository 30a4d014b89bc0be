/** Rows of a view as columns: the form in which they travel to a reader. */
import { logKinds } from "../logRecord";
import type { LogRows } from "../logState";
import type { LogStore } from "../store/logStore";
import type { Bookmarks } from "./bookmarks";
import type { LogView } from "./logView";

/** `from` is a shown row. Fewer rows than asked for come back where the view has fewer. */
export function readRows(store: LogStore, view: LogView, marks: Bookmarks, from: number, count: number): LogRows {
  const first = view.droppedRows;
  const available = Math.max(0, Math.min(count, view.endRow - first - from));
  const rows = emptyRows(view.id, from, available);
  const processes = new Map<string, number>();
  const texts: Uint8Array[] = [];
  let bytes = 0;
  for (let index = 0; index < available; index += 1) {
    const sequence = view.sequenceOf(first + from + index) ?? store.first;
    const chunk = store.chunkOf(sequence);
    if (!chunk || !view.reader.moveTo(sequence)) continue;
    const line = sequence - chunk.firstSequence;
    rows.sequence[index] = sequence;
    rows.time[index] = chunk.time[line] as number;
    rows.source[index] = chunk.source[line] as number;
    rows.kind[index] = chunk.kind[line] as number;
    rows.component[index] = chunk.component[line] as number;
    rows.level[index] = chunk.level[line] as number;
    rows.processId[index] = chunk.processId[line] as number;
    rows.threadId[index] = chunk.threadId[line] as number;
    rows.irp[index] = chunk.irp[line] as number;
    rows.process[index] = indexOf(processes, view.reader.process);
    rows.colour[index] = view.compiled.colour?.(view.reader) ?? -1;
    rows.marked[index] = (marks.get(sequence) ?? view.compiled.marks?.(view.reader) ?? false) ? 1 : 0;
    const text = chunk.text.subarray(chunk.textStart(line), chunk.textEnd[line]);
    texts.push(text);
    bytes += text.byteLength;
    rows.textOffset[index + 1] = bytes;
  }
  rows.processes = [...processes.keys()];
  rows.text = joinBytes(texts, bytes);
  return rows;
}

/** The buffers of these rows, which may be handed over instead of copied. */
export function buffersOf(rows: LogRows): ArrayBuffer[] {
  const columns = Object.values(rows).filter((value) => ArrayBuffer.isView(value));
  return columns.map((column) => column.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

function emptyRows(view: number, from: number, count: number): LogRows {
  return {
    view,
    from,
    count,
    sequence: new Float64Array(count),
    time: new Float64Array(count),
    source: new Uint8Array(count),
    kind: new Uint8Array(count).fill(logKinds.indexOf("print")),
    component: new Int32Array(count),
    level: new Int32Array(count),
    processId: new Int32Array(count),
    threadId: new Int32Array(count),
    process: new Uint32Array(count),
    processes: [],
    irp: new Uint32Array(count),
    textOffset: new Uint32Array(count + 1),
    text: new Uint8Array(0),
    colour: new Int8Array(count),
    marked: new Uint8Array(count),
  };
}

function indexOf(processes: Map<string, number>, name: string): number {
  const known = processes.get(name);
  if (known !== undefined) return known;
  processes.set(name, processes.size);
  return processes.size - 1;
}

function joinBytes(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const joined = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}
