/**
 * What the trace holds: rows of IRPs and steps of their ways, each in chunks. Past the limit of memory the chunk whose
 * entries are oldest goes, whole. Numbers of IRPs and orders of steps go on for ever and say where an entry lies.
 */
import { RowChunk } from "./rowChunk";
import { StepChunk } from "./stepChunk";

export interface TraceStart {
  /** Number that the first IRP gets. */
  readonly number: number;
  /** Order that the first step gets. */
  readonly order: number;
}

/** The chunk at `place`, where chunks follow each other without gaps. */
function chunkAt<T extends { readonly start: number; readonly end: number }>(
  chunks: readonly T[],
  place: number,
): T | undefined {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle] as T).start <= place) low = middle;
    else high = middle - 1;
  }
  const chunk = chunks[low];
  return chunk !== undefined && place >= chunk.start && place < chunk.end ? chunk : undefined;
}

export class TraceStore {
  readonly #rows: RowChunk[] = [];
  readonly #steps: StepChunk[] = [];
  #lastRows: RowChunk | undefined;
  #lastSteps: StepChunk | undefined;
  /** Number of the oldest IRP that is kept. */
  #firstNumber: number;
  #nextNumber: number;
  #nextOrder: number;
  #dropped = 0;

  constructor(
    start: TraceStart,
    /** Bytes. The newest chunks stay, whatever they hold. */
    private readonly limit: number,
  ) {
    this.#nextNumber = start.number;
    this.#nextOrder = start.order;
    this.#firstNumber = start.number;
  }

  get rowChunks(): readonly RowChunk[] {
    return this.#rows;
  }

  get irps(): number {
    return this.#rows.reduce((sum, { count }) => sum + count, 0);
  }

  get hops(): number {
    return this.#rows.reduce((sum, { hopCount }) => sum + hopCount, 0);
  }

  get dropped(): number {
    return this.#dropped;
  }

  get bytes(): number {
    let bytes = 0;
    for (const chunk of this.#rows) bytes += chunk.bytes;
    for (const chunk of this.#steps) bytes += chunk.bytes;
    return bytes;
  }

  /** Where a store that goes on from this one starts. */
  get end(): TraceStart {
    return { number: this.#lastRows?.end ?? this.#nextNumber, order: this.#lastSteps?.end ?? this.#nextOrder };
  }

  /** The chunk that takes a row of this time, begun. */
  rowsAt(time: number): RowChunk {
    const last = this.#lastRows;
    return last?.begin(time) ? last : this.#addRows(time);
  }

  #addRows(time: number): RowChunk {
    const chunk = new RowChunk(this.end.number, time);
    this.#rows.push(chunk);
    this.#lastRows = chunk;
    chunk.begin(time);
    this.#keepLimit();
    return chunk;
  }

  /** The chunk that takes a step of this time, begun. @param units UTF-16 code units of text that come with it */
  stepsAt(time: number, units = 0): StepChunk {
    const last = this.#lastSteps;
    return last?.begin(time, units) ? last : this.#addSteps(time, units);
  }

  #addSteps(time: number, units: number): StepChunk {
    const chunk = new StepChunk(this.end.order, time);
    this.#steps.push(chunk);
    this.#lastSteps = chunk;
    chunk.begin(time, units);
    this.#keepLimit();
    return chunk;
  }

  /** The chunk whose last step is of this order, when that is the newest of all. */
  chunkEndingWith(order: number): StepChunk | undefined {
    const last = this.#lastSteps;
    return last !== undefined && order === last.end - 1 ? last : undefined;
  }

  rowChunkOf(number: number): RowChunk | undefined {
    return chunkAt(this.#rows, number);
  }

  stepChunkOf(order: number): StepChunk | undefined {
    const last = this.#lastSteps;
    if (last !== undefined && order >= last.start) return order < last.end ? last : undefined;
    return chunkAt(this.#steps, order);
  }

  isKept(number: number): boolean {
    return number >= this.#firstNumber;
  }

  clear(): void {
    const { number, order } = this.end;
    this.#nextNumber = number;
    this.#nextOrder = order;
    this.#firstNumber = number;
    this.#rows.length = 0;
    this.#steps.length = 0;
    this.#lastRows = undefined;
    this.#lastSteps = undefined;
    this.#dropped = 0;
  }

  #keepLimit(): void {
    let { bytes } = this;
    while (bytes > this.limit) {
      const before = bytes;
      this.#dropOldest();
      bytes = this.bytes;
      if (bytes === before) return;
    }
  }

  #dropOldest(): void {
    const rows = this.#rows.length > 1 ? this.#rows[0] : undefined;
    const steps = this.#steps.length > 1 ? this.#steps[0] : undefined;
    if (rows !== undefined && (steps === undefined || rows.lastTime <= steps.lastTime)) {
      this.#dropped += rows.count;
      this.#rows.shift();
      this.#firstNumber = rows.end;
    } else if (steps !== undefined) {
      this.#steps.shift();
    }
  }
}
