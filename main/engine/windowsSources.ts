/** Windows' own sources: each reads in a worker thread, whose script lies among this program's built files. */
import path from "node:path";
import type { Scheduler } from "../log/scheduler";
import { DbwinSource } from "../sources/dbwin/dbwinSource";
import { WorkerDbwinReader } from "../sources/dbwin/workerDbwinReader";
import { EtwSource } from "../sources/etw/etwSource";
import { endTraceSession } from "../sources/etw/traceSession";
import { WorkerEtwReader } from "../sources/etw/workerEtwReader";
import { processName } from "../sources/processName";
import type { Source } from "../sources/source";

export function dbwinSource(namespace: "Local" | "Global", programFolder: string, scheduler: Scheduler): Source {
  const reader = new WorkerDbwinReader(namespace, path.join(programFolder, "dbwinWorker.js"));
  return new DbwinSource({ reader, scheduler, findProcessName: processName });
}

export function etwSource(programFolder: string, scheduler: Scheduler): Source {
  const reader = new WorkerEtwReader(path.join(programFolder, "etwWorker.js"), endTraceSession);
  return new EtwSource({ reader, scheduler, findProcessName: processName });
}
