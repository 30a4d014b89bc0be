/** A worker thread for calls that can hang. Windows only, as what it runs is. */
import { Worker } from "node:worker_threads";
import { TerminateProcess } from "../../native-bindings/koffi/kernel32";
import type { QueryThread } from "./guardedQueries";

/** Of the calling process. */
const CURRENT_PROCESS = 0xffff_ffff_ffff_ffffn;

/** `script`: the built queryWorker.js. */
export function startQueryThread(script: string): QueryThread {
  const worker = new Worker(script);
  return {
    post: (question) => worker.postMessage(question),
    onMessage: (listener) => void worker.on("message", listener),
    onFailed: (listener) => void worker.on("error", listener),
    onGone: (listener) => void worker.once("exit", listener),
    // An idle thread must not keep a command from ending; one that is asked must.
    setBusy: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}

let isArranged = false;

/** Node.js waits for its threads when it ends, and these do not end: so the process is ended as a whole. */
export function endDespiteHungThreads(): void {
  if (isArranged) return;
  isArranged = true;
  process.once("exit", (code) => void TerminateProcess(CURRENT_PROCESS, code));
}
