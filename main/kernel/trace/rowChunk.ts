/**
 * A run of IRPs: 64 bytes an IRP, a line of the processor's cache, so that the steps of a request write to one place. What
 * many share (who asked, of which device) is kept once a chunk.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { IrpOrigin } from "../../machine/irpTrace";
import { fromChunkTime, isChunkTime, toChunkTime } from "./chunkTime";
import { TextTable } from "./textTable";

/** Half a MB, scanned in some 0.1 ms; fits the 16 bits of the tables. */
export const CHUNK_ROWS = 8192;
const BYTES_PER_ROW = 64;

// Doubles of a row, which begins with them.
const DOUBLES = BYTES_PER_ROW / 8;
const IRP = 0;
const INFORMATION = 1;
const DURATION = 2;
/** Order of the newest step. */
const LAST_STEP = 3;
// Words of a row, behind the doubles.
const WORDS = BYTES_PER_ROW / 4;
const TIME = 8;
const STATUS = 9;
const STEPS = 10;
const HOPS = 11;
/** Indexes of the source, and of the target in the upper half. */
const SOURCE_TARGET = 12;
/** Index of the file's name, and in the upper half the major and the minor function. */
const NAME_FUNCTION = 13;
const FLAGS = 14;
const HIGH = 16;
const MINOR_SHIFT = 24;
const HALF = 0xffff;
const BYTE = 0xff;

/** Who made an IRP, as the column holds it. */
export const RowOrigin: Readonly<Record<IrpOrigin, number>> = { user: 0, kernel: 1, driver: 2 };
const origins: readonly IrpOrigin[] = ["user", "kernel", "driver"];
const ORIGIN_BITS = 0x3;
export const ROW_ENDED = 0x4;
export const ROW_CANCELLED = 0x8;

/** Who asked. */
export interface RowSource {
  readonly process: string;
  readonly processId: number;
  readonly threadId: number;
}

/** Of what. */
export interface RowTarget {
  /** Raw path or address in hex. */
  readonly device: string;
  readonly driver: string;
}

export class RowChunk {
  count = 0;
  /** Counts changes, so that what was found out of it is known to be old. */
  version = 0;
  /** Of all its IRPs. */
  hopCount = 0;
  readonly #doubles: Float64Array;
  readonly #words: Int32Array;
  readonly sources: RowSource[] = [];
  readonly targets: RowTarget[] = [];
  readonly fileNames = new TextTable();
  readonly #sourceIndexes = new Map<RowSource, number>();
  readonly #targetIndexes = new Map<RowTarget, number>();
  #targetBytes = 0;
  #lastSource: RowSource | undefined;
  #lastSourceIndex = 0;
  #lastTarget: RowTarget | undefined;
  #lastTargetIndex = 0;

  constructor(
    /** Number of its first IRP. */
    readonly start: number,
    /** Unix milliseconds. */
    readonly base: number,
  ) {
    const rows = new ArrayBuffer(CHUNK_ROWS * BYTES_PER_ROW);
    this.#doubles = new Float64Array(rows);
    this.#words = new Int32Array(rows);
    // Index 0, which rows hold already.
    this.fileNames.indexOf("");
  }

  get end(): number {
    return this.start + this.count;
  }

  get bytes(): number {
    return CHUNK_ROWS * BYTES_PER_ROW + this.fileNames.bytes + this.#targetBytes;
  }

  get lastTime(): number {
    return this.count === 0 ? this.base : this.timeOf(this.count - 1);
  }

  /** Takes the time of the row to come. @returns false when the chunk is full */
  begin(time: number): boolean {
    const microseconds = toChunkTime(this.base, time);
    if (this.count === CHUNK_ROWS || !isChunkTime(microseconds)) return false;
    this.#words[this.count * WORDS + TIME] = microseconds;
    return true;
  }

  /**
   * After {@link begin}. `origin` is of RowOrigin; `source` and `target` are told apart by identity.
   * @returns the row's index
   */
  append(irp: Address, origin: number, major: number, minor: number, source: RowSource, target: RowTarget): number {
    const index = this.count++;
    this.version++;
    const sourceIndex = source === this.#lastSource ? this.#lastSourceIndex : this.#sourceIndex(source);
    const targetIndex = target === this.#lastTarget ? this.#lastTargetIndex : this.#targetIndex(target);
    this.#doubles[index * DOUBLES + IRP] = irp;
    const words = this.#words;
    const at = index * WORDS;
    words[at + SOURCE_TARGET] = sourceIndex | (targetIndex << HIGH);
    words[at + NAME_FUNCTION] = (major << HIGH) | (minor << MINOR_SHIFT);
    words[at + FLAGS] = origin;
    return index;
  }

  setFileName(index: number, name: string): void {
    const at = index * WORDS + NAME_FUNCTION;
    this.#words[at] = ((this.#words[at] as number) & ~HALF) | this.fileNames.indexOf(name);
  }

  didCall(index: number, hops: number): void {
    this.#words[index * WORDS + HOPS] = hops;
    this.hopCount++;
  }

  /** @param order of the step */
  addStep(index: number, order: number): void {
    this.#doubles[index * DOUBLES + LAST_STEP] = order;
    const at = index * WORDS + STEPS;
    this.#words[at] = (this.#words[at] as number) + 1;
  }

  didEnd(index: number, time: number, status: number, information: number): void {
    this.version++;
    const at = index * DOUBLES;
    this.#doubles[at + DURATION] = Math.max(0, time - this.timeOf(index));
    this.#doubles[at + INFORMATION] = information;
    this.#words[index * WORDS + STATUS] = status;
    this.#addFlags(index, ROW_ENDED);
  }

  didCancel(index: number): void {
    this.#addFlags(index, ROW_CANCELLED);
  }

  #addFlags(index: number, flags: number): void {
    const at = index * WORDS + FLAGS;
    this.#words[at] = (this.#words[at] as number) | flags;
  }

  isEnded(index: number): boolean {
    return (this.#word(index, FLAGS) & ROW_ENDED) !== 0;
  }

  isCancelled(index: number): boolean {
    return (this.#word(index, FLAGS) & ROW_CANCELLED) !== 0;
  }

  originOf(index: number): IrpOrigin {
    return origins[this.#word(index, FLAGS) & ORIGIN_BITS] ?? "kernel";
  }

  irpOf(index: number): Address {
    return this.#doubles[index * DOUBLES + IRP] as number;
  }

  /** Unix milliseconds. */
  timeOf(index: number): number {
    return fromChunkTime(this.base, this.#word(index, TIME));
  }

  /** Milliseconds; 0 before the end. */
  durationOf(index: number): number {
    return this.#doubles[index * DOUBLES + DURATION] as number;
  }

  /** NTSTATUS; 0 before the end. */
  statusOf(index: number): number {
    return this.#word(index, STATUS) >>> 0;
  }

  informationOf(index: number): number {
    return this.#doubles[index * DOUBLES + INFORMATION] as number;
  }

  /** Those stored, each of which may tell of several. */
  stepsOf(index: number): number {
    return this.#word(index, STEPS);
  }

  lastStepOf(index: number): number {
    return this.#doubles[index * DOUBLES + LAST_STEP] as number;
  }

  hopsOf(index: number): number {
    return this.#word(index, HOPS);
  }

  /** In {@link sources}. */
  sourceOf(index: number): number {
    return this.#word(index, SOURCE_TARGET) & HALF;
  }

  /** In {@link targets}. */
  targetOf(index: number): number {
    return this.#word(index, SOURCE_TARGET) >>> HIGH;
  }

  fileNameOf(index: number): string {
    return this.fileNames.textOf(this.#word(index, NAME_FUNCTION) & HALF);
  }

  majorOf(index: number): number {
    return (this.#word(index, NAME_FUNCTION) >>> HIGH) & BYTE;
  }

  minorOf(index: number): number {
    return this.#word(index, NAME_FUNCTION) >>> MINOR_SHIFT;
  }

  #word(index: number, word: number): number {
    return this.#words[index * WORDS + word] as number;
  }

  #sourceIndex(source: RowSource): number {
    let index = this.#sourceIndexes.get(source);
    if (index === undefined) {
      index = this.sources.push(source) - 1;
      this.#sourceIndexes.set(source, index);
    }
    this.#lastSource = source;
    this.#lastSourceIndex = index;
    return index;
  }

  #targetIndex(target: RowTarget): number {
    let index = this.#targetIndexes.get(target);
    if (index === undefined) {
      index = this.targets.push(target) - 1;
      this.#targetIndexes.set(target, index);
      this.#targetBytes += (target.device.length + target.driver.length) * 2;
    }
    this.#lastTarget = target;
    this.#lastTargetIndex = index;
    return index;
  }
}
