/** The reader of the kernel's trace session, in a worker thread of this process. Windows only. */
import { Worker } from "node:worker_threads";
import { ntscopeError } from "../../machine/result";
import type { EtwReader, EtwReport } from "./etwReader";

export class WorkerEtwReader implements EtwReader {
  private worker: Worker | undefined;

  /** `script`: the built etwWorker.js. */
  constructor(private readonly script: string) {}

  start(listener: (report: EtwReport) => void): void {
    const worker = new Worker(this.script);
    this.worker = worker;
    const tell = (report: EtwReport) => {
      if (this.worker === worker) listener(report);
    };
    worker.on("message", tell);
    worker.on("error", (error) => tell({ kind: "failed", error: ntscopeError("etw-reader-failed", error.message) }));
    // Once it runs or has said why not: a command that has ended must not wait for one more message.
    worker.once("message", () => worker.unref());
  }

  /** The process waits until the session has ended: one that is left behind would go on without a reader. */
  dispose(): void {
    this.worker?.ref();
    this.worker?.postMessage("end");
    this.worker = undefined;
  }
}
