/**
 * A cursor over stored lines for rules and searches. Text is decoded a block of lines at a time, and only when asked
 * for: decoding line by line costs several times as much as the matching itself.
 */
import { type LogKind, type LogSource, logKinds, logSources } from "../logRecord";
import type { MatchLine } from "../rules/matchLine";
import type { LogChunk } from "./logChunk";
import type { LogStore } from "./logStore";
import { countUnits, readUtf8 } from "./utf8";

/** Lines decoded together: some 60 KB of text, which stays in the processor's cache. */
const BLOCK_LINES = 512;

export class LineReader implements MatchLine {
  private chunk: LogChunk | undefined;
  private index = 0;
  private blockChunk: LogChunk | undefined;
  private blockFrom = 0;
  private blockCount = 0;
  private blockText = "";
  private blockLower: string | undefined;
  private readonly unitStart = new Uint32Array(BLOCK_LINES + 1);

  constructor(private readonly store: LogStore) {}

  /** Puts the cursor on a line; false when it is not kept. */
  moveTo(sequence: number): boolean {
    let chunk = this.chunk;
    if (!chunk || sequence < chunk.firstSequence || sequence >= chunk.endSequence || sequence < this.store.first) {
      chunk = this.store.chunkOf(sequence);
      this.chunk = chunk;
    }
    if (!chunk) return false;
    this.index = sequence - chunk.firstSequence;
    return true;
  }

  get text(): string {
    const line = this.lineInBlock();
    return this.blockText.slice(this.unitStart[line], this.unitStart[line + 1]);
  }

  get lowerText(): string {
    const line = this.lineInBlock();
    // Beyond ASCII, lower case can be longer (İ) and depends on the neighbours (Σ): the line is done by itself.
    if (!this.chunk?.ascii) return this.text.toLowerCase();
    this.blockLower ??= this.blockText.toLowerCase();
    return this.blockLower.slice(this.unitStart[line], this.unitStart[line + 1]);
  }

  get source(): LogSource {
    return logSources[this.chunk?.source[this.index] ?? -1] ?? "ntscope";
  }

  get kind(): LogKind {
    return logKinds[this.chunk?.kind[this.index] ?? -1] ?? "print";
  }

  get component(): number {
    return this.chunk?.component[this.index] ?? -1;
  }

  get level(): number {
    return this.chunk?.level[this.index] ?? -1;
  }

  get processId(): number {
    return this.chunk?.processId[this.index] ?? 0;
  }

  get threadId(): number {
    return this.chunk?.threadId[this.index] ?? 0;
  }

  get process(): string {
    return this.chunk?.processes[this.chunk.process[this.index] as number] ?? "";
  }

  private lineInBlock(): number {
    const line = this.index - this.blockFrom;
    if (this.chunk === this.blockChunk && line >= 0 && line < this.blockCount) return line;
    if (this.chunk) this.decodeBlock(this.chunk, this.index - (this.index % BLOCK_LINES));
    return this.index - this.blockFrom;
  }

  private decodeBlock(chunk: LogChunk, from: number): void {
    const to = Math.min(from + BLOCK_LINES, chunk.count);
    const start = chunk.textStart(from);
    this.blockChunk = chunk;
    this.blockFrom = from;
    this.blockCount = to - from;
    this.blockText = readUtf8(chunk.text.subarray(start, chunk.textStart(to)));
    this.blockLower = undefined;
    this.unitStart[0] = 0;
    for (let line = from; line < to; line += 1) {
      const end = chunk.textEnd[line] as number;
      const before = this.unitStart[line - from] as number;
      this.unitStart[line - from + 1] = chunk.ascii
        ? end - start
        : before + countUnits(chunk.text, chunk.textStart(line), end);
    }
  }
}
