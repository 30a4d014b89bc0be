/** The reader of the kernel's trace session, in a worker thread of this process. Windows only. */
import { Worker } from "node:worker_threads";
import { ntscopeError } from "../../machine/result";
import type { EtwReader, EtwReport } from "./etwReader";

export class WorkerEtwReader implements EtwReader {
  private worker: Worker | undefined;
  private runs = false;

  /**
   * @param script the built etwWorker.js
   * @param endSession ends the trace session at once, from this thread
   */
  constructor(
    private readonly script: string,
    private readonly endSession: () => void,
  ) {}

  start(listener: (report: EtwReport) => void): void {
    const worker = new Worker(this.script);
    this.worker = worker;
    const tell = (report: EtwReport) => {
      if (this.worker !== worker) return;
      if (report.kind === "running" || report.kind === "failed") this.runs = report.kind === "running";
      listener(report);
    };
    worker.on("message", tell);
    worker.on("error", (error) => tell({ kind: "failed", error: ntscopeError("etw-reader-failed", error.message) }));
    // Once it runs or has said why not: a command that has ended must not wait for one more message.
    worker.once("message", () => worker.unref());
  }

  /**
   * A session that is left behind would go on without a reader, so it has ended when this returns, even where the process
   * exits at once. One that is just being started is ended by the worker, and the process waits for it.
   */
  dispose(): void {
    if (this.runs) this.endSession();
    this.runs = false;
    this.worker?.ref();
    this.worker?.postMessage("end");
    this.worker = undefined;
  }
}
