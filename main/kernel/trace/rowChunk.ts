/** A run of IRPs as columns: 60 bytes an IRP. What many share (who asked, of which device) is kept once a chunk. */
import type { Address } from "../../../native-bindings/abi/address";
import type { IrpOrigin } from "../../machine/irpTrace";
import { fromChunkTime, isChunkTime, toChunkTime } from "./chunkTime";
import { TextTable } from "./textTable";

/** Half a MB of columns, scanned in some 0.1 ms; fits the 16 bits of the tables. */
export const CHUNK_ROWS = 8192;
const BYTES_PER_ROW = 4 * 8 + 4 * 4 + 3 * 2 + 3;

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
  readonly irp: Float64Array;
  readonly information: Float64Array;
  readonly duration: Float64Array;
  /** Order of the newest step. */
  readonly lastStep: Float64Array;
  readonly time: Int32Array;
  readonly status: Uint32Array;
  readonly steps: Uint32Array;
  readonly hops: Uint32Array;
  readonly source: Uint16Array;
  readonly target: Uint16Array;
  readonly fileName: Uint16Array;
  readonly major: Uint8Array;
  readonly minor: Uint8Array;
  readonly flags: Uint8Array;
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
    const columns = new ArrayBuffer(CHUNK_ROWS * BYTES_PER_ROW);
    let at = 0;
    const take = (bytes: number) => {
      const from = at;
      at += bytes * CHUNK_ROWS;
      return from;
    };
    this.irp = new Float64Array(columns, take(8), CHUNK_ROWS);
    this.information = new Float64Array(columns, take(8), CHUNK_ROWS);
    this.duration = new Float64Array(columns, take(8), CHUNK_ROWS);
    this.lastStep = new Float64Array(columns, take(8), CHUNK_ROWS);
    this.time = new Int32Array(columns, take(4), CHUNK_ROWS);
    this.status = new Uint32Array(columns, take(4), CHUNK_ROWS);
    this.steps = new Uint32Array(columns, take(4), CHUNK_ROWS);
    this.hops = new Uint32Array(columns, take(4), CHUNK_ROWS);
    this.source = new Uint16Array(columns, take(2), CHUNK_ROWS);
    this.target = new Uint16Array(columns, take(2), CHUNK_ROWS);
    this.fileName = new Uint16Array(columns, take(2), CHUNK_ROWS);
    this.major = new Uint8Array(columns, take(1), CHUNK_ROWS);
    this.minor = new Uint8Array(columns, take(1), CHUNK_ROWS);
    this.flags = new Uint8Array(columns, take(1), CHUNK_ROWS);
    // Index 0, which the column holds already.
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

  hasRoom(time: number): boolean {
    return this.count < CHUNK_ROWS && isChunkTime(toChunkTime(this.base, time));
  }

  /** `origin` is of RowOrigin; `source` and `target` are told apart by identity. @returns the row's index */
  append(
    time: number,
    irp: Address,
    origin: number,
    major: number,
    minor: number,
    source: RowSource,
    target: RowTarget,
  ): number {
    const index = this.count++;
    this.version++;
    this.time[index] = toChunkTime(this.base, time);
    this.irp[index] = irp;
    this.source[index] = source === this.#lastSource ? this.#lastSourceIndex : this.#sourceIndex(source);
    this.target[index] = target === this.#lastTarget ? this.#lastTargetIndex : this.#targetIndex(target);
    this.major[index] = major;
    this.minor[index] = minor;
    this.flags[index] = origin;
    return index;
  }

  setFileName(index: number, name: string): void {
    this.fileName[index] = this.fileNames.indexOf(name);
  }

  didEnd(index: number, time: number, status: number, information: number): void {
    this.version++;
    this.flags[index] = (this.flags[index] as number) | ROW_ENDED;
    this.duration[index] = Math.max(0, time - this.timeOf(index));
    this.status[index] = status;
    this.information[index] = information;
  }

  /** Steps that one stored step tells of may be more than one. */
  addSteps(index: number, count: number): void {
    this.steps[index] = (this.steps[index] as number) + count;
  }

  didCancel(index: number): void {
    this.flags[index] = (this.flags[index] as number) | ROW_CANCELLED;
  }

  isEnded(index: number): boolean {
    return ((this.flags[index] as number) & ROW_ENDED) !== 0;
  }

  isCancelled(index: number): boolean {
    return ((this.flags[index] as number) & ROW_CANCELLED) !== 0;
  }

  originOf(index: number): IrpOrigin {
    return origins[(this.flags[index] as number) & ORIGIN_BITS] ?? "kernel";
  }

  /** Unix milliseconds. */
  timeOf(index: number): number {
    return fromChunkTime(this.base, this.time[index] as number);
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
