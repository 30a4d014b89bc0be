/** The debug output of a Wine prefix, read from the standard error of the process that started the prefix. */
import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import type { LogPrint, LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { type FindProcessName, ProcessNames } from "../processNames";
import { readBytes } from "../readBytes";
import { ReportingSource } from "../reportingSource";
import { WineDebugParser } from "./wineDebugParser";

export interface WineDebugOptions {
  readonly scheduler: Scheduler;
  readonly findProcessName?: FindProcessName;
  /** Takes no OutputDebugString: something else captures that. */
  readonly onlyKernel?: boolean;
}

export interface WineOutput {
  /** Standard error. It is left open when the source is disposed: it is its owner's. */
  readonly stream: Readable;
  /** Has a line with these words written to the stream, behind all that was written before. */
  readonly echo?: (words: string) => void;
}

/** What {@link WineDebugSource.sync} has written, and the blank that cmd.exe puts behind it. */
const ECHOED = /^(ntscope-[0-9a-f]{24}) ?/;

export class WineDebugSource extends ReportingSource {
  private sink: LogSink | undefined;
  private output: WineOutput | undefined;
  private reading: Disposable | undefined;
  /** Words that are on their way through the stream, each with who waits for them. */
  private readonly echoes = new Map<string, () => void>();
  /** Line ends of echoed words that are still on their way; see {@link takeEcho}. */
  private owedLineEnds = 0;

  constructor(private readonly options: WineDebugOptions) {
    super("wine", "Waits for the Wine prefix to start.");
  }

  start(sink: LogSink): void {
    this.sink = sink;
    this.readOn();
  }

  /** Call for each start of the prefix. */
  read(output: WineOutput): void {
    this.reading?.dispose();
    this.reading = undefined;
    this.stopWaiting();
    this.output = output;
    this.readOn();
  }

  /** The prefix runs, and its output is another's. */
  cannotRead(why: string): void {
    this.status.set("failed", why);
  }

  /** Resolves when all that was printed before is in the log, or nothing more can come. */
  sync(): Promise<void> {
    const { echo } = this.output ?? {};
    if (!echo || !this.reading) return Promise.resolve();
    return new Promise((resolve) => {
      // Nobody can print what nobody can guess.
      const words = `ntscope-${randomBytes(12).toString("hex")}`;
      this.echoes.set(words, resolve);
      echo(words);
    });
  }

  dispose(): void {
    this.reading?.dispose();
    this.stopWaiting();
  }

  private readOn(): void {
    const { sink, output } = this;
    if (!sink || !output || this.reading) return;
    const { scheduler, findProcessName } = this.options;
    const print = (line: LogPrint): void => {
      if (this.isWanted(line)) sink.print(line);
    };
    const parser = new WineDebugParser(
      { print, cut: () => this.status.count("cut"), ownWords: (line) => this.takeEcho(line) },
      new ProcessNames(findProcessName),
    );
    this.status.set("running", "Reads what the Wine prefix prints.");
    this.reading = readBytes(output.stream, {
      data: (chunk) => parser.push(chunk, scheduler.wallClock()),
      end: (error) => {
        parser.flush(scheduler.wallClock());
        this.reading = undefined;
        this.stopWaiting();
        if (error) this.status.set("failed", `Wine's output could not be read: ${error.message}`);
        else this.status.set("ended", "The Wine prefix has closed its output.");
      },
    });
  }

  private stopWaiting(): void {
    for (const resolve of this.echoes.values()) resolve();
    this.echoes.clear();
    this.owedLineEnds = 0;
  }

  private isWanted({ source }: LogPrint): boolean {
    return source !== "win32" || this.options.onlyKernel !== true;
  }

  /**
   * Echoed words end whoever waits for them. cmd.exe writes the words and their line end apart, so a driver's line can
   * come between: then it stands behind the words, and the line end comes alone.
   * @returns what is left of the line
   */
  private takeEcho(line: string): string | undefined {
    const [whole = "", words = ""] = ECHOED.exec(line) ?? [];
    const resolve = this.echoes.get(words);
    if (resolve === undefined) {
      if (this.owedLineEnds === 0 || line !== "") return line;
      this.owedLineEnds -= 1;
      return undefined;
    }
    this.echoes.delete(words);
    resolve();
    const rest = line.slice(whole.length);
    if (rest === "") return undefined;
    this.owedLineEnds += 1;
    return rest;
  }
}
