/** The reader of a session's DBWIN objects, in a worker thread of this process. Windows only. */
import { Worker } from "node:worker_threads";
import { ntscopeError } from "../../machine/result";
import type { DbwinReader, DbwinReport } from "./dbwinReader";

export interface DbwinWorkerData {
  readonly namespace: DbwinReader["namespace"];
  /** An Int32Array of one: not 0 ends the loop, which serves no messages while it waits. */
  readonly stop: SharedArrayBuffer;
}

export class WorkerDbwinReader implements DbwinReader {
  private readonly stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  private worker: Worker | undefined;

  /** `script`: the built dbwinWorker.js. */
  constructor(
    readonly namespace: DbwinReader["namespace"],
    private readonly script: string,
  ) {}

  start(listener: (report: DbwinReport) => void): void {
    const workerData: DbwinWorkerData = { namespace: this.namespace, stop: this.stop };
    const worker = new Worker(this.script, { workerData });
    this.worker = worker;
    const tell = (report: DbwinReport) => {
      if (this.worker === worker) listener(report);
    };
    worker.on("message", tell);
    worker.on("error", (error) => {
      tell({ kind: "failed", error: ntscopeError("dbwin-reader-failed", error.message) });
    });
    // Once it runs or has said why not: a command that has ended must not wait for one more message.
    worker.once("message", () => worker.unref());
  }

  dispose(): void {
    this.worker = undefined;
    const flag = new Int32Array(this.stop);
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  }
}
