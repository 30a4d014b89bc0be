/** The engine over the Windows (or Wine) that this process runs on, with what its programs print. */
import path from "node:path";
import { structureNames } from "../../native-bindings/abi/structureByName";
import { Log } from "../log/log";
import { NativeMachine } from "../native/nativeMachine";
import { processName } from "../native/processName";
import { DbwinSource } from "../sources/dbwin/dbwinSource";
import { WorkerDbwinReader } from "../sources/dbwin/workerDbwinReader";
import type { Source } from "../sources/source";
import { createEngine, type Engine } from "./engine";
import { nodeScheduler } from "./nodeScheduler";

/** Lines kept, as the model's engine keeps them. */
const HISTORY_LINES = 1_000_000;

/** `programFolder`: where this program's built files lie. Resolves when the log captures, or says why it does not. */
export async function createNativeEngine(programFolder: string): Promise<Engine> {
  const log = new Log({ scheduler: nodeScheduler, historyLines: HISTORY_LINES, names: { component: () => undefined } });
  const source = new DbwinSource({
    reader: new WorkerDbwinReader("Local", path.join(programFolder, "dbwinWorker.js")),
    scheduler: nodeScheduler,
    findProcessName: processName,
  });
  await started(source, log);
  const engine = createEngine(new NativeMachine(), {
    log,
    scheduler: nodeScheduler,
    structureNames: structureNames(),
    onFault: ({ verb, error }) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.note("report", `error: NtScope failed at ${verb}: ${text}`, nodeScheduler.wallClock());
    },
  });
  return {
    ...engine,
    dispose() {
      source.dispose();
      engine.dispose();
    },
  };
}

/** Starts the source. What keeps lines away is a line of the log itself. */
function started(source: Source, log: Log): Promise<void> {
  return new Promise((resolve) => {
    source.onDidChangeHealth(({ state, message }) => {
      if (state === "failed") log.note("report", `warning: ${message}`, nodeScheduler.wallClock());
      if (state !== "starting") resolve();
    });
    source.start(log);
  });
}
