/** Bytes of plain text as lines of the log: UTF-8, what is none becomes U+FFFD; a byte order mark is not shown. */
import type { LogPrint, LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import { LineSplitter } from "../lineSplitter";
import type { SourceStatus } from "../sourceStatus";

export interface TextOrigin {
  /** 0 where there is no process. */
  readonly processId: number;
  /** Shown as the line's process: a program's name, a file's, a peer's address. */
  readonly process: string;
}

export class TextPrinter {
  private readonly decoder = new TextDecoder();
  private readonly lines: LineSplitter;

  constructor(sink: LogSink, scheduler: Scheduler, status: SourceStatus, origin: TextOrigin) {
    const base: Omit<LogPrint, "time" | "text"> = {
      source: "text",
      component: -1,
      level: -1,
      processId: origin.processId,
      threadId: 0,
      process: origin.process,
    };
    this.lines = new LineSplitter((line, isCut) => {
      if (isCut) status.count("cut");
      sink.print({ ...base, time: scheduler.wallClock(), text: `${this.decoder.decode(line)}\n` });
    });
  }

  push(chunk: Uint8Array): void {
    this.lines.push(chunk);
  }

  /** The text has ended: its last line is one, whether it has a line end or not. */
  flush(): void {
    this.lines.flush();
  }
}
