/**
 * Cuts a stream of bytes into lines, whatever its chunks are. A line that is too long is cut, not lost: it goes on as
 * the next one. Memory is one line.
 */

/** Bytes a line. As long as the log's own lines (log/lineAssembler.ts), so that none is cut twice. */
export const MAX_LINE_BYTES = 8192;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** `line` has no line end and is valid only during the call. `isCut`: the line goes on with the next call. */
export type TakeLine = (line: Uint8Array, isCut: boolean) => void;

export class LineSplitter {
  /** Made when a line first comes in parts. */
  private held = new Uint8Array(0);
  private length = 0;
  private isRest = false;

  /** @param limit in bytes, at least 8 */
  constructor(
    private readonly take: TakeLine,
    private readonly limit = MAX_LINE_BYTES,
  ) {}

  push(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length) {
      const found = chunk.indexOf(LINE_FEED, start);
      const isWhole = found >= 0 && this.length === 0 && !this.isRest && found - start <= this.limit;
      if (isWhole) this.give(chunk, start, found);
      else this.append(chunk, start, found < 0 ? chunk.length : found);
      if (found < 0) return;
      if (!isWhole) this.finish();
      start = found + 1;
    }
  }

  /** Takes what waits for its line end as a line. */
  flush(): void {
    if (this.length > 0) this.finish();
  }

  private append(chunk: Uint8Array, from: number, to: number): void {
    if (this.held.length === 0) this.held = new Uint8Array(this.limit);
    let start = from;
    while (start < to) {
      if (this.length === this.limit) this.cut();
      const count = Math.min(this.limit - this.length, to - start);
      this.held.set(chunk.subarray(start, start + count), this.length);
      this.length += count;
      start += count;
    }
  }

  private cut(): void {
    const end = endOfWholeCharacters(this.held, this.length);
    this.take(this.held.subarray(0, end), true);
    this.held.copyWithin(0, end, this.length);
    this.length -= end;
    this.isRest = true;
  }

  private finish(): void {
    this.give(this.held, 0, this.length);
    this.length = 0;
    this.isRest = false;
  }

  private give(bytes: Uint8Array, start: number, to: number): void {
    let end = to;
    while (end > start && bytes[end - 1] === CARRIAGE_RETURN) end -= 1;
    // A line that was just as long as the limit has nothing left but its line end.
    if (end > start || !this.isRest) this.take(bytes.subarray(start, end), false);
  }
}

/** Where to cut so that no UTF-8 character is split. Bytes that are no UTF-8 are cut anywhere. */
export function endOfWholeCharacters(bytes: Uint8Array, length: number): number {
  for (let back = 1; back <= 3 && back < length; back += 1) {
    const byte = bytes[length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? length - back : length;
  }
  return length;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
