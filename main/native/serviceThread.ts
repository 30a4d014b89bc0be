/** Starts and stops services in a worker, which is there from the first use until the machine is closed. */
import { Worker } from "node:worker_threads";
import { endDespiteHungThreads } from "./queryThread";

export interface ServiceCall {
  readonly id: number;
  readonly action: "start" | "stop";
  /** A handle with the right to do so; it stays open until the answer. */
  readonly service: bigint;
}

export interface ServiceOutcome {
  readonly id: number;
  /** A Win32 error code; 0 where it succeeded. */
  readonly error: number;
}

interface Waiting {
  resolve(error: number): void;
  reject(error: Error): void;
}

export class ServiceThread {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #next = 1;

  /** `script`: the built serviceWorker.js. */
  constructor(private readonly script: string) {}

  /** Resolves with the Win32 error code, 0 for none, when the driver's routine has returned. */
  call(action: ServiceCall["action"], service: bigint): Promise<number> {
    const worker = this.#worker ?? this.#start();
    worker.ref();
    return new Promise((resolve, reject) => {
      const call: ServiceCall = { id: this.#next, action, service };
      this.#next += 1;
      this.#waiting.set(call.id, { resolve, reject });
      worker.postMessage(call);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.script);
    this.#worker = worker;
    worker.on("message", ({ id, error }: ServiceOutcome) => {
      this.#waiting.get(id)?.resolve(error);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
    });
    worker.on("error", (error) => {
      this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
    return worker;
  }

  dispose(): void {
    // A driver that never comes out of its routine keeps the thread (docs/decisions/0015-query-thread.md).
    if (this.#waiting.size > 0) endDespiteHungThreads();
    void this.#worker?.terminate();
  }
}
