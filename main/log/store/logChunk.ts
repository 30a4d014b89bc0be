/**
 * A run of log lines as columns and one block of text. Both lie in SharedArrayBuffers where there are any, so that
 * searches can move into workers without copying; lines are numbers in arrays, never objects.
 */
import { type LogKind, type LogOrigin, logKinds, logSources } from "../logRecord";
import { MAX_BYTES_PER_UNIT, writeUtf8 } from "./utf8";

export interface ChunkLimits {
  /** Lines a chunk takes; at most 65,536, so that a process index fits 16 bits. */
  lines: number;
  /** Bytes of text a chunk takes, unless its only line is longer. */
  textBytes: number;
  shared: boolean;
}

/** 16,384 lines are 0.5 MB of columns; 64 B a line on average is 1 MB of text, and long lines end a chunk early. */
export const defaultChunkLimits: ChunkLimits = {
  lines: 16_384,
  textBytes: 2 ** 21,
  shared: typeof SharedArrayBuffer === "function",
};

const FIRST_TEXT_BYTES = 2 ** 16;
/** A memory page. */
const TEXT_STEP = 2 ** 12;
const BYTES_PER_LINE = 8 + 6 * 4 + 2 + 1 + 1;

const sourceIndex = indexes(logSources);
const kindIndex = indexes(logKinds);

export class LogChunk {
  count = 0;
  /** True while every byte of text is ASCII: then byte and character offsets agree. */
  ascii = true;
  readonly time: Float64Array;
  readonly component: Int32Array;
  readonly level: Int32Array;
  readonly processId: Int32Array;
  readonly threadId: Int32Array;
  /** 0 for none. */
  readonly irp: Uint32Array;
  /** The greatest of them, so that a search can pass a chunk over. */
  lastIrp = 0;
  /** End of each line's text, in bytes; the line before ends where it begins. */
  readonly textEnd: Uint32Array;
  /** Index into `processes`. */
  readonly process: Uint16Array;
  readonly source: Uint8Array;
  readonly kind: Uint8Array;
  readonly processes: string[] = [];
  text: Uint8Array;
  private readonly processIndex = new Map<string, number>();
  private processBytes = 0;

  constructor(
    readonly firstSequence: number,
    private readonly limits: ChunkLimits,
    /** Bytes of text to expect: as many as the chunk before held. */
    expectedText = FIRST_TEXT_BYTES,
  ) {
    const { lines } = limits;
    const columns = allocate(lines * BYTES_PER_LINE, limits.shared);
    let at = 0;
    const take = (bytesPerLine: number) => {
      const start = at;
      at += bytesPerLine * lines;
      return start;
    };
    // Widest first, so that every column is aligned.
    this.time = new Float64Array(columns, take(8), lines);
    this.component = new Int32Array(columns, take(4), lines);
    this.level = new Int32Array(columns, take(4), lines);
    this.processId = new Int32Array(columns, take(4), lines);
    this.threadId = new Int32Array(columns, take(4), lines);
    this.irp = new Uint32Array(columns, take(4), lines);
    this.textEnd = new Uint32Array(columns, take(4), lines);
    this.process = new Uint16Array(columns, take(2), lines);
    this.source = new Uint8Array(columns, take(1), lines);
    this.kind = new Uint8Array(columns, take(1), lines);
    this.text = new Uint8Array(allocate(Math.min(roundUp(expectedText), limits.textBytes), limits.shared));
  }

  /** Sequence after the last line. */
  get endSequence(): number {
    return this.firstSequence + this.count;
  }

  get textLength(): number {
    return this.textStart(this.count);
  }

  /** Bytes held, process names included. */
  get bytes(): number {
    return this.time.buffer.byteLength + this.text.byteLength + this.processBytes;
  }

  textStart(index: number): number {
    return index === 0 ? 0 : (this.textEnd[index - 1] as number);
  }

  /** False when the line does not fit any more. */
  append(origin: LogOrigin, kind: LogKind, text: string): boolean {
    const index = this.count;
    if (index === this.limits.lines) return false;
    const start = this.textStart(index);
    if (!this.reserve(start, text.length * MAX_BYTES_PER_UNIT)) return false;
    const end = writeUtf8(text, this.text, start);
    if (end - start !== text.length) this.ascii = false;
    this.textEnd[index] = end;
    this.time[index] = origin.time;
    this.component[index] = origin.component;
    this.level[index] = origin.level;
    this.processId[index] = origin.processId;
    this.threadId[index] = origin.threadId;
    if (origin.irp !== undefined) {
      this.irp[index] = origin.irp;
      this.lastIrp = Math.max(this.lastIrp, origin.irp);
    }
    this.process[index] = this.indexOfProcess(origin.process);
    this.source[index] = sourceIndex[origin.source];
    this.kind[index] = kindIndex[kind];
    this.count = index + 1;
    return true;
  }

  /** No line follows: gives back text space that was reserved and not used, when it is worth a copy. */
  seal(): void {
    const used = this.textLength;
    if (this.text.byteLength - used > this.text.byteLength / 8) this.resizeText(used);
  }

  private reserve(start: number, bytes: number): boolean {
    const needed = start + bytes;
    if (needed <= this.text.byteLength) return true;
    if (start > 0 && needed > this.limits.textBytes) return false;
    let size = Math.max(this.text.byteLength, 1);
    while (size < needed) size *= 2;
    this.resizeText(Math.min(size, Math.max(needed, this.limits.textBytes)));
    return true;
  }

  private resizeText(size: number): void {
    const resized = new Uint8Array(allocate(size, this.limits.shared));
    resized.set(this.text.subarray(0, Math.min(size, this.text.byteLength)));
    this.text = resized;
  }

  private indexOfProcess(name: string): number {
    const known = this.processIndex.get(name);
    if (known !== undefined) return known;
    const index = this.processes.push(name) - 1;
    this.processIndex.set(name, index);
    this.processBytes += name.length * 2;
    return index;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / TEXT_STEP) * TEXT_STEP;
}

function indexes<T extends string>(words: readonly T[]): Record<T, number> {
  return Object.fromEntries(words.map((word, index) => [word, index])) as Record<T, number>;
}

function allocate(bytes: number, shared: boolean): ArrayBufferLike {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
