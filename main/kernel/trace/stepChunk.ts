/**
 * A run of steps of IRPs, in the one order of the whole machine, 20 bytes a step. Each step names the one
 * before it of the same IRP by its distance, so that an IRP's own are found from its last without an index.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { MAX_BYTES_PER_UNIT, readUtf8, writeUtf8 } from "../../log/store/utf8";
import { fromChunkTime, isChunkTime, toChunkTime } from "./chunkTime";
import { TextTable } from "./textTable";

/** 0.7 MB; fits the 16 bits of the tables. */
export const CHUNK_STEPS = 32_768;
/** UTF-8 of prints that end a chunk. */
const TEXT_LIMIT = 2 ** 21;
const FIRST_TEXT = 2 ** 14;
/** Time, then these. */
const WORDS_PER_STEP = 5;
const BEFORE = 1;
const FIRST = 2;
const SECOND = 3;
/** Thread, lane and kind in one word: 16, 12 and 4 bits. */
const WHO = 4;
const KIND_BITS = 0xf;
const LANE_SHIFT = 4;
const THREAD_SHIFT = 16;
const U32 = 2 ** 32;

/** Lane of the I/O manager. */
export const NO_LANE = 0xfff;
/** Lanes beyond share the last one: an IRP that a driver sends down for ever. */
export const LAST_LANE = 0xffe;

/** What `kind` says, and what `first` and `second` then are. */
export const StepKind = {
  /** first: index of the site, and the lane that passed the IRP on in the upper half; second: see `callWord`. */
  call: 0,
  /** first: NTSTATUS. */
  return: 1,
  pend: 2,
  /** first: NTSTATUS; second: Information. */
  complete: 3,
  /** The same, and the I/O manager ended the request at once: two steps in one. */
  completeAndEnd: 4,
  /** first: NTSTATUS; second: index of the routine's name. */
  completionRoutine: 5,
  /** second: index of the routine's name. */
  cancel: 6,
  /** second: index of the reason. */
  wait: 7,
  resume: 8,
  /** first: where its text begins; second: its bytes. */
  print: 9,
  /** first: NTSTATUS; second: Information. */
  end: 10,
  /** As completeAndEnd, and the dispatch routine returned the same status right after: three steps in one. */
  completeEndAndReturn: 11,
  /** As call, and its driver completed the request before anything else was traced; the row says how and when. */
  callAndEnd: 12,
  /** As callAndEnd, and the dispatch routine returned the same status right after: four steps in one. */
  callEndAndReturn: 13,
} as const;

/** A dispatch routine on a device. */
export interface Site extends SiteText {
  readonly address: Address;
  /** The chunk that last listed it, and at which index: one look-up less a hop. */
  chunk: StepChunk | undefined;
  index: number;
}

export interface SiteText {
  /** Raw path or address in hex. */
  readonly device: string;
  readonly driver: string;
  /** `example!DispatchRead` */
  readonly routine: string;
}

export class StepChunk {
  count = 0;
  readonly words = new TextTable();
  readonly sites: SiteText[] = [];
  /** Five words a step, side by side: a step is written in one place. */
  readonly #data = new Int32Array(CHUNK_STEPS * WORDS_PER_STEP);
  readonly #threads: number[] = [];
  readonly #threadIndexes = new Map<number, number>();
  /** Informations that 32 bits do not hold, by step. */
  readonly #wide = new Map<number, number>();
  #lastThread = -1;
  #lastThreadBits = 0;
  #siteBytes = 0;
  #text = new Uint8Array(0);
  #textEnd = 0;

  constructor(
    /** Order of its first step. */
    readonly start: number,
    /** Unix milliseconds. */
    readonly base: number,
  ) {}

  get end(): number {
    return this.start + this.count;
  }

  get bytes(): number {
    return this.#data.byteLength + this.#text.byteLength + this.words.bytes + this.#siteBytes;
  }

  /** Unix milliseconds of the newest step. */
  get lastTime(): number {
    return this.count === 0 ? this.base : this.timeOf(this.count - 1);
  }

  /**
   * Takes the time of the step to come.
   * @param units UTF-16 code units of text that come with it
   * @returns false when the chunk is full
   */
  begin(time: number, units: number): boolean {
    const microseconds = toChunkTime(this.base, time);
    if (this.count === CHUNK_STEPS || !isChunkTime(microseconds)) return false;
    this.#data[this.count * WORDS_PER_STEP] = microseconds;
    return this.#textEnd === 0 || this.#textEnd + units * MAX_BYTES_PER_UNIT <= TEXT_LIMIT;
  }

  /** After {@link begin}. @param before steps back to the one before of the same IRP; 0 for its first */
  append(kind: number, lane: number, threadId: number, before: number, first: number, second: number): void {
    const data = this.#data;
    const at = this.count * WORDS_PER_STEP;
    const thread = threadId === this.#lastThread ? this.#lastThreadBits : this.#threadBits(threadId);
    data[at + BEFORE] = before;
    data[at + FIRST] = first;
    data[at + SECOND] = second;
    data[at + WHO] = thread | (lane << LANE_SHIFT) | kind;
    this.count++;
  }

  /**
   * The driver that was called completes the request at once.
   * @returns false, and nothing is changed, when the newest step is not that call
   */
  becomesEnd(lane: number, threadId: number): boolean {
    const at = (this.count - 1) * WORDS_PER_STEP + WHO;
    const call = this.#lastThreadBits | (lane << LANE_SHIFT) | StepKind.call;
    if (threadId !== this.#lastThread || this.#data[at] !== call) return false;
    this.#data[at] = call | StepKind.callAndEnd;
    return true;
  }

  /**
   * The end of the request turns out to be the return of its dispatch routine, too.
   * @returns false, and nothing is changed, when another lane ended it
   */
  becomesReturn(index: number, lane: number): boolean {
    const at = index * WORDS_PER_STEP + WHO;
    const who = this.#data[at] as number;
    const kind = who & KIND_BITS;
    if (((who >>> LANE_SHIFT) & NO_LANE) !== lane) return false;
    if (kind === StepKind.callAndEnd) this.#data[at] = who | StepKind.callEndAndReturn;
    else if (kind === StepKind.completeAndEnd) this.#data[at] = who - kind + StepKind.completeEndAndReturn;
    else return false;
    return true;
  }

  kindOf(index: number): number {
    return this.#word(index, WHO) & KIND_BITS;
  }

  /** {@link NO_LANE} for the I/O manager's. */
  laneOf(index: number): number {
    return (this.#word(index, WHO) >>> LANE_SHIFT) & NO_LANE;
  }

  beforeOf(index: number): number {
    return this.#word(index, BEFORE);
  }

  firstOf(index: number): number {
    return this.#word(index, FIRST);
  }

  secondOf(index: number): number {
    return this.#word(index, SECOND);
  }

  #word(index: number, word: number): number {
    return (this.#data[index * WORDS_PER_STEP + word] as number) >>> 0;
  }

  /** IoStatus.Information, a ULONG_PTR, of the step to come. @returns what goes into its column */
  informationWord(information: number): number {
    if (information < 0 || information >= U32) this.#wide.set(this.count, information);
    return information >>> 0;
  }

  informationOf(index: number): number {
    const wide = this.#wide.size === 0 ? undefined : this.#wide.get(index);
    return wide ?? this.secondOf(index);
  }

  /** Sites are told apart by identity. */
  siteIndex(site: Site): number {
    if (site.chunk === this) return site.index;
    const { device, driver, routine } = site;
    site.chunk = this;
    site.index = this.sites.push({ device, driver, routine }) - 1;
    this.#siteBytes += (device.length + driver.length + routine.length) * 2;
    return site.index;
  }

  /** @returns where the text begins; it ends at {@link textEnd} */
  addText(text: string): number {
    const start = this.#textEnd;
    const needed = start + text.length * MAX_BYTES_PER_UNIT;
    if (needed > this.#text.byteLength) {
      let size = Math.max(this.#text.byteLength, FIRST_TEXT);
      while (size < needed) size *= 2;
      const larger = new Uint8Array(size);
      larger.set(this.#text.subarray(0, start));
      this.#text = larger;
    }
    this.#textEnd = writeUtf8(text, this.#text, start);
    return start;
  }

  get textEnd(): number {
    return this.#textEnd;
  }

  textOf(index: number): string {
    const start = this.firstOf(index);
    return readUtf8(this.#text.subarray(start, start + this.secondOf(index)));
  }

  /** Unix milliseconds. */
  timeOf(index: number): number {
    return fromChunkTime(this.base, this.#data[index * WORDS_PER_STEP] as number);
  }

  threadOf(index: number): number {
    return this.#threads[this.#word(index, WHO) >>> THREAD_SHIFT] ?? 0;
  }

  #threadBits(threadId: number): number {
    let index = this.#threadIndexes.get(threadId);
    if (index === undefined) {
      index = this.#threads.push(threadId) - 1;
      this.#threadIndexes.set(threadId, index);
    }
    this.#lastThread = threadId;
    this.#lastThreadBits = index << THREAD_SHIFT;
    return this.#lastThreadBits;
  }
}
