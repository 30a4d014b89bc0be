/** The standard error of a Wine prefix as prints: bytes in, cut anywhere; at most one line is held. */
import type { LogPrint } from "../../log/logRecord";
import { AnsiText } from "../ansiText";
import { LineSplitter } from "../lineSplitter";
import type { ProcessNames } from "../processNames";
import { WineClock } from "./wineClock";
import { parseWineDebugLine, type WineDebugLine } from "./wineDebugLine";

export interface WineDebugOutput {
  print(print: LogPrint): void;
  /** A line was too long; what does not fit follows as text. */
  cut(): void;
  /** Looks at each line first: what is left of it, undefined where nothing is. Left out: the line as it stands. */
  ownWords?(line: string): string | undefined;
}

export class WineDebugParser {
  private readonly ansi = new AnsiText();
  private readonly clock = new WineClock();
  private readonly lines: LineSplitter;
  private arrival = 0;
  /** What began the line that was cut: its rest belongs to the same print. */
  private begun: WineDebugLine | undefined;

  constructor(
    private readonly output: WineDebugOutput,
    private readonly names: ProcessNames,
  ) {
    this.lines = new LineSplitter((line, isCut) => this.take(this.ansi.decode(line), isCut));
  }

  /** @param arrival Unix ms at which the chunk was read */
  push(chunk: Uint8Array, arrival: number): void {
    this.arrival = arrival;
    this.lines.push(chunk);
  }

  /** The stream has ended: an unfinished line is a line. */
  flush(arrival: number): void {
    this.arrival = arrival;
    this.lines.flush();
  }

  private take(text: string, isCut: boolean): void {
    const left = this.output.ownWords ? this.output.ownWords(text) : text;
    if (left === undefined) return;
    const line = this.begun ? { ...this.begun, text: `${left}\n` } : parseWineDebugLine(left, this.ansi);
    this.begun = isCut ? line : undefined;
    if (isCut) this.output.cut();
    const { seconds, ...rest } = line;
    const time = seconds === undefined ? this.arrival : this.clock.toWallClock(seconds, this.arrival);
    const process = line.processId === 0 ? "" : this.names.nameOf(line.processId, this.arrival);
    this.output.print({ ...rest, time, process });
  }
}
