/** The debug output of a Wine prefix, read from the standard error of the process that started the prefix. */
import type { Readable } from "node:stream";
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { type FindProcessName, ProcessNames } from "../processNames";
import { readBytes } from "../readBytes";
import type { Source, SourceHealth } from "../source";
import { SourceStatus } from "../sourceStatus";
import { WineDebugParser } from "./wineDebugParser";

/** For the environment of the prefix's first process: only debug prints, each with its time, process and thread. */
export const WINEDEBUG = "-all,warn+debugstr,+timestamp,+pid";

export interface WineDebugOptions {
  /** Standard error. It is read, and left open when the source is disposed: it is its owner's. */
  readonly stream: Readable;
  readonly scheduler: Scheduler;
  readonly findProcessName?: FindProcessName;
}

export class WineDebugSource implements Source {
  readonly name = "wine";
  private readonly status = new SourceStatus("Waits for the Wine prefix to start.");
  private reading: Disposable | undefined;

  constructor(private readonly options: WineDebugOptions) {}

  start(sink: LogSink): void {
    const { stream, scheduler, findProcessName } = this.options;
    const output = { print: sink.print.bind(sink), cut: () => this.status.count("cut") };
    const parser = new WineDebugParser(output, new ProcessNames(findProcessName));
    this.status.set("running", "Reads what the Wine prefix prints.");
    this.reading = readBytes(stream, {
      data: (chunk) => parser.push(chunk, scheduler.wallClock()),
      end: (error) => {
        parser.flush(scheduler.wallClock());
        if (error) this.status.set("failed", `Wine's output could not be read: ${error.message}`);
        else this.status.set("ended", "The Wine prefix has closed its output.");
      },
    });
  }

  health(): SourceHealth {
    return this.status.health();
  }

  onDidChangeHealth(listener: (health: SourceHealth) => void): Disposable {
    return this.status.onDidChange(listener);
  }

  dispose(): void {
    this.reading?.dispose();
  }
}
