// What drivers print under Wine, line by line, from the standard error of the prefix's first program. A line there is
// "SECONDS:PID:TID:warn:debugstr:ROUTINE COMPONENT:LEVEL: TEXT", numbers in hexadecimal.
import type { Readable } from "node:stream";

export interface DebugLine {
  readonly component: number;
  readonly level: number;
  readonly text: string;
}

const LINE = /^[\d.]+:[\da-f]+:[\da-f]+:\w+:debugstr:vDbgPrintExWithPrefix ([\da-f]+):([\da-f]+): ?(.*)$/s;
/** Only bounds a hang; each line is waited for as an event. */
const LIMIT_MS = 20_000;

export class DebugOutput {
  private rest = "";
  private readonly pending: DebugLine[] = [];
  /** The end of everything that came, for the message of a test that waits in vain. */
  private raw = "";
  private changed: () => void = () => undefined;

  constructor(stream: Readable) {
    // Latin-1 keeps every byte as it is.
    stream.setEncoding("latin1").on("data", (chunk: string) => this.add(chunk));
  }

  /**
   * Waits for a line that holds the text.
   * @returns the texts since the last call, that line included
   */
  async until(text: string): Promise<string[]> {
    return (await this.linesUntil(text)).map((line) => line.text);
  }

  /** The same with component and level. */
  linesUntil(text: string): Promise<DebugLine[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.changed = () => undefined;
        reject(new Error(`No debug line with "${text}" came. The last output was:\n${this.raw.slice(-2_000)}`));
      }, LIMIT_MS);
      this.changed = () => {
        const index = this.pending.findIndex((line) => line.text.includes(text));
        if (index < 0) return;
        clearTimeout(timer);
        this.changed = () => undefined;
        resolve(this.pending.splice(0, index + 1));
      };
      this.changed();
    });
  }

  private add(chunk: string): void {
    this.raw = (this.raw + chunk).slice(-20_000);
    const lines = (this.rest + chunk).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, component, level, text] = LINE.exec(line.replace(/\r$/, "")) ?? [];
      if (component === undefined || level === undefined || text === undefined) continue;
      this.pending.push({ component: Number.parseInt(component, 16), level: Number.parseInt(level, 16), text });
    }
    this.changed();
  }
}
