/**
 * Puts together what OutputDebugString split: a block that is full and does not end a line goes on in the next block
 * of the same process. Bytes are joined before they are decoded, since the split may fall within a character.
 * Several threads of a process may write in turn; the protocol does not tell them apart, nor can we.
 */
import { AnsiText } from "../ansiText";
import { endOfWholeCharacters } from "../lineSplitter";
import type { DbwinBatch } from "./dbwinBatch";
import { DBWIN_TEXT_SIZE } from "./dbwinBlock";

/** Bytes of one message; a longer one is cut there. As DebugView++ does. */
export const MAX_MESSAGE_BYTES = 8192;
/** Unfinished messages held at a time, so at most 512 KB; past it the oldest is taken as it stands. */
const MAX_HELD = 64;
/** How long in ms a continuation is waited for: a writer sends the blocks of one call one after the other. */
export const CONTINUATION_TIME = 1000;

const LINE_FEED = 0x0a;

export interface DbwinMessageOutput {
  /** The text may end without a line end: a program may print a line with several calls. */
  message(processId: number, time: number, text: string): void;
  /** A message was longer than 8 KB: what was held is given out, and what follows begins a line. */
  cut(processId: number, time: number): void;
}

interface Held {
  readonly time: number;
  /** Arrival of the last block. */
  last: number;
  readonly bytes: Uint8Array;
  length: number;
}

export class DbwinMessages {
  private readonly ansi: AnsiText;
  /** By process id, oldest first. */
  private readonly held = new Map<number, Held>();

  /** @param codePage of the system, as a label of the Encoding Standard */
  constructor(
    private readonly output: DbwinMessageOutput,
    codePage?: string,
  ) {
    this.ansi = new AnsiText(codePage);
  }

  /** Messages that wait for their next block. */
  get waiting(): number {
    return this.held.size;
  }

  /** @returns false when the batch is none: its columns have different lengths or its ends lie outside */
  addBatch(batch: DbwinBatch): boolean {
    const { processIds, times, ends, bytes } = batch;
    if (times.length !== processIds.length || ends.length !== processIds.length) return false;
    let start = 0;
    for (let index = 0; index < processIds.length; index += 1) {
      const end = ends[index] ?? 0;
      if (end < start || end > bytes.length || end - start > DBWIN_TEXT_SIZE) return false;
      this.add(processIds[index] ?? 0, times[index] ?? 0, bytes.subarray(start, end));
      start = end;
    }
    return true;
  }

  /** @param text of one block, at most 4,091 bytes */
  add(processId: number, time: number, text: Uint8Array): void {
    const goesOn = text.length >= DBWIN_TEXT_SIZE && text[text.length - 1] !== LINE_FEED;
    const held = this.held.get(processId);
    if (!held && !goesOn) this.output.message(processId, time, this.ansi.decode(text));
    else this.join(processId, time, text, goesOn);
  }

  private join(processId: number, time: number, text: Uint8Array, goesOn: boolean): void {
    const held = this.held.get(processId) ?? this.hold(processId, time);
    held.last = time;
    let rest = text;
    while (held.length + rest.length > MAX_MESSAGE_BYTES) {
      const room = MAX_MESSAGE_BYTES - held.length;
      held.bytes.set(rest.subarray(0, room), held.length);
      this.giveCut(processId, held);
      rest = rest.subarray(room);
    }
    held.bytes.set(rest, held.length);
    held.length += rest.length;
    if (!goesOn) this.give(processId, held);
  }

  /** Takes what has waited since before `time` (ms, the clock of the messages) as it stands. */
  flush(time = Number.POSITIVE_INFINITY): void {
    for (const [processId, held] of [...this.held]) {
      if (held.last <= time) this.give(processId, held);
    }
  }

  private hold(processId: number, time: number): Held {
    const held = { time, last: time, bytes: new Uint8Array(MAX_MESSAGE_BYTES), length: 0 };
    if (this.held.size >= MAX_HELD) {
      const [oldest] = this.held;
      if (oldest) this.give(...oldest);
    }
    this.held.set(processId, held);
    return held;
  }

  private give(processId: number, held: Held): void {
    this.held.delete(processId);
    this.output.message(processId, held.time, this.ansi.decode(held.bytes.subarray(0, held.length)));
  }

  /** Gives the full buffer out, but for a character that is not whole. */
  private giveCut(processId: number, held: Held): void {
    const end = endOfWholeCharacters(held.bytes, MAX_MESSAGE_BYTES);
    this.output.message(processId, held.time, `${this.ansi.decode(held.bytes.subarray(0, end))}\n`);
    this.output.cut(processId, held.time);
    held.bytes.copyWithin(0, end, MAX_MESSAGE_BYTES);
    held.length = MAX_MESSAGE_BYTES - end;
  }
}
