/**
 * Makes lines of prints. A driver may print half a line and the rest with the next call, so text is held back until
 * its line end, per source, process and thread: two threads that print at once must not mix their halves.
 *
 * A line takes time, component and level of its first part. Line ends are `\n` and `\r\n`; further `\r` before the end
 * go too, others are text. A line longer than MAX_LINE_LENGTH is cut there and goes on in the next line.
 */
import type { LogOrigin, LogPrint } from "./logRecord";

/** UTF-16 code units a line. Sixteen of NT's longest prints; DebugView++ cuts at the same 8 KB. */
export const MAX_LINE_LENGTH = 8192;

/** Unfinished lines held at a time; past it the oldest is taken as it stands. 4,096 of them are at most 64 MB. */
const MAX_UNFINISHED = 4096;

export class LineAssembler {
  /** Least recently continued first: a Map keeps the order of insertion. */
  private readonly unfinished = new Map<string, LogPrint>();

  /** `emit` gets the print that began the line, for its origin, and the line's own text. */
  constructor(private readonly emit: (origin: LogOrigin, text: string) => void) {}

  /** Lines that wait for their end. */
  get waiting(): number {
    return this.unfinished.size;
  }

  print(print: LogPrint): void {
    const begun = this.takeBegun(print);
    const text = begun ? begun.text + print.text : print.text;
    const line = begun ?? print;
    let start = 0;
    // What was begun holds no line end, so the search can skip it.
    let end = text.indexOf("\n", begun?.text.length ?? 0);
    while (end >= 0) {
      this.emitLong(line, text, start, withoutReturns(text, start, end));
      start = end + 1;
      end = text.indexOf("\n", start);
    }
    if (start < text.length) this.hold(line, text, start);
  }

  /** Takes all unfinished text as lines. */
  flush(): void {
    const lines = [...this.unfinished.values()];
    this.unfinished.clear();
    for (const line of lines) this.emitLong(line, line.text, 0, withoutReturns(line.text, 0, line.text.length));
  }

  clear(): void {
    this.unfinished.clear();
  }

  private takeBegun(print: LogPrint): LogPrint | undefined {
    if (this.unfinished.size === 0) return undefined;
    const key = keyOf(print);
    const begun = this.unfinished.get(key);
    if (begun) this.unfinished.delete(key);
    return begun;
  }

  private hold(line: LogPrint, text: string, from: number): void {
    let start = from;
    while (text.length - start > MAX_LINE_LENGTH) {
      const end = cutAt(text, start);
      this.emit(line, text.slice(start, end));
      start = end;
    }
    this.unfinished.set(keyOf(line), { ...line, text: text.slice(start) });
    if (this.unfinished.size <= MAX_UNFINISHED) return;
    const [oldest] = this.unfinished;
    if (!oldest) return;
    this.unfinished.delete(oldest[0]);
    this.emit(oldest[1], oldest[1].text);
  }

  private emitLong(line: LogOrigin, text: string, from: number, to: number): void {
    let start = from;
    while (to - start > MAX_LINE_LENGTH) {
      const end = cutAt(text, start);
      this.emit(line, text.slice(start, end));
      start = end;
    }
    this.emit(line, text.slice(start, to));
  }
}

function keyOf(print: LogPrint): string {
  return `${print.source}:${print.processId}:${print.threadId}`;
}

function withoutReturns(text: string, start: number, end: number): number {
  let to = end;
  while (to > start && text.charCodeAt(to - 1) === 0x0d) to -= 1;
  return to;
}

/** Where a line that is too long is cut: not within a surrogate pair. */
function cutAt(text: string, start: number): number {
  const end = start + MAX_LINE_LENGTH;
  const before = text.charCodeAt(end - 1);
  const after = text.charCodeAt(end);
  const splitsPair = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return splitsPair ? end - 1 : end;
}
