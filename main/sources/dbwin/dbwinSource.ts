/** Win32's OutputDebugString as a source of the log, over a reader that waits for the session's DBWIN objects. */
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { type FindProcessName, ProcessNames } from "../processNames";
import { ReportingSource } from "../reportingSource";
import { CONTINUATION_TIME, DbwinMessages } from "./dbwinMessages";
import type { DbwinReader, DbwinReport } from "./dbwinReader";

/** Processes whose long messages get a note: one each says it, thousands would drown the log. */
const MAX_NOTED = 256;

export interface DbwinOptions {
  /** Disposed with the source. */
  readonly reader: DbwinReader;
  readonly scheduler: Scheduler;
  readonly findProcessName?: FindProcessName;
  /** Of the machine that is read, as a label of the Encoding Standard; windows-1252 where absent. */
  readonly codePage?: string;
}

export class DbwinSource extends ReportingSource {
  private readonly names: ProcessNames;
  private readonly noted = new Set<number>();
  private messages: DbwinMessages | undefined;
  private timer: Disposable | undefined;
  private isDisposed = false;

  constructor(private readonly options: DbwinOptions) {
    const name = options.reader.namespace === "Global" ? "dbwin global" : "dbwin";
    super(name, "Waits for the reader of OutputDebugString to start.");
    this.names = new ProcessNames(options.findProcessName);
  }

  start(sink: LogSink): void {
    const messages = new DbwinMessages(
      {
        message: (processId, time, text) => this.print(sink, processId, time, text),
        cut: (processId, time) => this.noteCut(sink, processId, time),
      },
      this.options.codePage,
    );
    this.messages = messages;
    this.options.reader.start((report) => {
      if (!this.isDisposed) this.take(messages, report);
    });
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.options.reader.dispose();
    this.timer?.dispose();
    this.messages?.flush();
  }

  private take(messages: DbwinMessages, report: DbwinReport): void {
    switch (report.kind) {
      case "running":
        this.status.set("running", "Captures what programs print with OutputDebugString.");
        break;
      case "process":
        this.names.learn(report.processId, report.name, report.time);
        break;
      case "batch":
        if (!messages.addBatch(report.batch)) this.status.count("malformed");
        this.watchUnfinished(messages);
        break;
      case "taken":
        this.status.set("failed", `${this.takenBy(report.holder)} Capture begins when it stops.`);
        break;
      case "failed":
        messages.flush();
        this.status.set("failed", `OutputDebugString cannot be captured: ${report.error.message}`);
        break;
    }
  }

  private takenBy(holder: number | undefined): string {
    if (holder === process.pid) return "NtScope captures this debug output already, as another source.";
    const taken = "Another program captures debug output already";
    if (holder === undefined) return `${taken}; which one cannot be seen with the rights that NtScope has.`;
    const name = this.names.nameOf(holder, this.options.scheduler.wallClock());
    return `${taken}: ${name || "a program without a name"} (process ${holder}).`;
  }

  /** A long message whose last block never comes (its process ended) is shown all the same. */
  private watchUnfinished(messages: DbwinMessages): void {
    if (this.timer !== undefined || messages.waiting === 0) return;
    this.timer = this.options.scheduler.later(CONTINUATION_TIME, () => {
      this.timer = undefined;
      messages.flush(this.options.scheduler.wallClock() - CONTINUATION_TIME);
      this.watchUnfinished(messages);
    });
  }

  private print(sink: LogSink, processId: number, time: number, text: string): void {
    const process = this.names.nameOf(processId, time);
    sink.print({ source: "win32", time, component: -1, level: -1, processId, threadId: 0, process, text });
  }

  private noteCut(sink: LogSink, processId: number, time: number): void {
    this.status.count("cut");
    if (this.noted.has(processId) || this.noted.size >= MAX_NOTED) return;
    this.noted.add(processId);
    sink.note("report", `Process ${processId} printed a line longer than 8 KB; it goes on in the next line.`, time);
  }
}
