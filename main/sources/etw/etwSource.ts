/**
 * The kernel's DbgPrint without a driver, over a trace session of Windows' own. Its events come from a buffer for each
 * processor, so they are held for three seconds and put in order.
 */
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { type FindProcessName, ProcessNames } from "../processNames";
import { ReportingSource } from "../reportingSource";
import type { EtwReader, EtwReport, KernelPrint } from "./etwReader";
import { lossSentence } from "./lostEvents";
import { ReorderWindow } from "./reorderWindow";

/** Ms between two looks at the reorder window while it holds anything. */
const DRAIN = 250;

export interface EtwOptions {
  /** Disposed with the source. */
  readonly reader: EtwReader;
  readonly scheduler: Scheduler;
  readonly findProcessName?: FindProcessName;
}

export class EtwSource extends ReportingSource {
  private readonly names: ProcessNames;
  private window: ReorderWindow<KernelPrint> | undefined;
  private timer: Disposable | undefined;
  private isDisposed = false;

  constructor(private readonly options: EtwOptions) {
    super("etw", "Waits for the reader of kernel prints to start.");
    this.names = new ProcessNames(options.findProcessName);
  }

  start(sink: LogSink): void {
    const window = new ReorderWindow<KernelPrint>((print) => this.print(sink, print));
    this.window = window;
    this.options.reader.start((report) => {
      if (!this.isDisposed) this.take(report, window, sink);
    });
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.options.reader.dispose();
    this.timer?.dispose();
    this.window?.flush();
  }

  private take(report: EtwReport, window: ReorderWindow<KernelPrint>, sink: LogSink): void {
    switch (report.kind) {
      case "running":
        this.status.set(
          "running",
          "Captures what the kernel and drivers print and the debug print filter lets through.",
        );
        break;
      case "prints":
        for (const print of report.prints) window.push(print.time, print);
        this.watch(window);
        break;
      case "lost": {
        const sentence = lossSentence(report.lost);
        if (sentence === undefined) break;
        // A buffer's events are not known by number: it counts as one, so that the sum is not silent about it.
        const { events, logBuffers, realTimeBuffers } = report.lost;
        const lost = events + logBuffers + realTimeBuffers;
        this.status.count("lost", lost);
        sink.note("loss", sentence, this.options.scheduler.wallClock(), lost);
        break;
      }
      case "failed":
        window.flush();
        this.status.set("failed", `Kernel prints cannot be captured: ${report.error.message}`);
        break;
    }
  }

  private watch(window: ReorderWindow<KernelPrint>): void {
    if (this.timer !== undefined || window.held === 0) return;
    this.timer = this.options.scheduler.later(DRAIN, () => {
      this.timer = undefined;
      window.drain(this.options.scheduler.wallClock());
      this.watch(window);
    });
  }

  private print(sink: LogSink, print: KernelPrint): void {
    sink.print({ source: "kernel", ...print, process: this.names.nameOf(print.processId, print.time) });
  }
}
