/**
 * The log's lines: append-only chunks, oldest dropped by whole chunks once the history limit has passed them.
 * A line's sequence number is its place (1 for the first line ever), so it is computed, not stored.
 */
import { type LogKind, type LogOrigin, type LogRecord, logKinds, logSources } from "../logRecord";
import { type ChunkLimits, defaultChunkLimits, LogChunk } from "./logChunk";
import { readUtf8 } from "./utf8";

export interface LogStoreOptions {
  /** Lines kept; 0 for no limit. */
  historyLines?: number;
  /** Bytes kept, whatever the limit in lines says: what stands between a flood and an engine out of memory. */
  historyBytes?: number;
  chunk?: Partial<ChunkLimits>;
}

/** About ten million lines of DebugView's usual length. */
const DEFAULT_HISTORY_BYTES = 1.5 * 2 ** 30;

export class LogStore {
  private readonly chunkLimits: ChunkLimits;
  private readonly historyBytes: number;
  private historyLines: number;
  private chunks: LogChunk[] = [];
  private firstKept = 1;
  private next = 1;
  private dropped = 0;

  constructor(options: LogStoreOptions = {}) {
    this.chunkLimits = { ...defaultChunkLimits, ...options.chunk };
    this.historyLines = options.historyLines ?? 0;
    this.historyBytes = options.historyBytes ?? DEFAULT_HISTORY_BYTES;
  }

  /** Sequence of the oldest line kept; equals `end` when there is none. */
  get first(): number {
    return this.firstKept;
  }

  /** Sequence that the next line gets. */
  get end(): number {
    return this.next;
  }

  get lines(): number {
    return this.next - this.firstKept;
  }

  /** Lines ever taken in. */
  get total(): number {
    return this.next - 1;
  }

  get droppedByHistory(): number {
    return this.dropped;
  }

  /** Bytes of all chunks; at most one chunk holds lines that are no longer kept. */
  get bytes(): number {
    let bytes = 0;
    for (const chunk of this.chunks) bytes += chunk.bytes;
    return bytes;
  }

  /** Answers the line's sequence number. */
  append(origin: LogOrigin, kind: LogKind, text: string): number {
    const last = this.chunks.at(-1);
    if (!last?.append(origin, kind, text)) this.appendToNewChunk(last, origin, kind, text);
    const sequence = this.next;
    this.next += 1;
    if (this.historyLines > 0 && this.lines > this.historyLines) this.dropBefore(this.next - this.historyLines);
    return sequence;
  }

  clear(): void {
    this.chunks = [];
    this.firstKept = this.next;
  }

  /** 0 for no limit. */
  setHistoryLines(lines: number): void {
    this.historyLines = lines;
    if (lines > 0 && this.lines > lines) this.dropBefore(this.next - lines);
  }

  /** The chunk that holds a kept line. */
  chunkOf(sequence: number): LogChunk | undefined {
    if (sequence < this.firstKept || sequence >= this.next) return undefined;
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.chunks[middle] as LogChunk).firstSequence <= sequence) low = middle;
      else high = middle - 1;
    }
    return this.chunks[low];
  }

  /** One line as an object: for texts and files. Undefined when it is not kept (any more). */
  record(sequence: number): LogRecord | undefined {
    const chunk = this.chunkOf(sequence);
    if (!chunk) return undefined;
    const index = sequence - chunk.firstSequence;
    const record: LogRecord = {
      sequence,
      time: chunk.time[index] as number,
      source: logSources[chunk.source[index] as number] ?? "ntscope",
      kind: logKinds[chunk.kind[index] as number] ?? "print",
      component: chunk.component[index] as number,
      level: chunk.level[index] as number,
      processId: chunk.processId[index] as number,
      threadId: chunk.threadId[index] as number,
      process: chunk.processes[chunk.process[index] as number] ?? "",
      text: readUtf8(chunk.text.subarray(chunk.textStart(index), chunk.textEnd[index])),
    };
    const irp = chunk.irp[index] as number;
    if (irp !== 0) record.irp = irp;
    return record;
  }

  /** The next line from `sequence` on that a driver printed for this IRP. */
  nextOfIrp(irp: number, sequence: number): number | undefined {
    for (const chunk of this.chunks) {
      if (chunk.endSequence <= sequence || chunk.lastIrp < irp) continue;
      const from = Math.max(sequence, this.firstKept) - chunk.firstSequence;
      const index = chunk.irp.subarray(0, chunk.count).indexOf(irp, Math.max(0, from));
      if (index >= 0) return chunk.firstSequence + index;
    }
    return undefined;
  }

  private appendToNewChunk(last: LogChunk | undefined, origin: LogOrigin, kind: LogKind, text: string): void {
    last?.seal();
    const chunk = new LogChunk(this.next, this.chunkLimits, last?.textLength);
    chunk.append(origin, kind, text);
    this.chunks.push(chunk);
    let bytes = this.bytes;
    while (bytes > this.historyBytes && this.chunks.length > 1) {
      const [oldest] = this.chunks as [LogChunk];
      bytes -= oldest.bytes;
      this.dropBefore(oldest.endSequence);
    }
  }

  private dropBefore(sequence: number): void {
    this.dropped += sequence - this.firstKept;
    this.firstKept = sequence;
    while (this.chunks[0] && this.chunks[0].endSequence <= sequence) this.chunks.shift();
  }
}
