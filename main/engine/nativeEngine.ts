/** The engine over the Windows (or Wine) that this process runs on, with what its programs print. */
import path from "node:path";
import { structureNames } from "../../native-bindings/abi/structureByName";
import { DEFAULT_HISTORY_LINES } from "../log/historyLimit";
import { Log } from "../log/log";
import { NativeMachine } from "../native/nativeMachine";
import { processName } from "../native/processName";
import { DbwinSource } from "../sources/dbwin/dbwinSource";
import { WorkerDbwinReader } from "../sources/dbwin/workerDbwinReader";
import type { Source } from "../sources/source";
import { createEngine, type Engine } from "./engine";
import { type SourceHost, sourceMaker } from "./makeSource";
import { nodeScheduler } from "./nodeScheduler";
import { SourceSet } from "./sourceSet";

export interface NativeEngineOptions extends Pick<SourceHost, "stdin"> {
  /** Where this program's built files lie. */
  programFolder: string;
}

/** Resolves when the log captures, or says why it does not. */
export async function createNativeEngine(options: NativeEngineOptions): Promise<Engine> {
  const { programFolder } = options;
  const log = new Log({
    scheduler: nodeScheduler,
    historyLines: DEFAULT_HISTORY_LINES,
    names: { component: () => undefined },
  });
  const sources = new SourceSet(log, sourceMaker({ ...options, scheduler: nodeScheduler }), nodeScheduler.wallClock);
  const dbwin = new DbwinSource({
    reader: new WorkerDbwinReader("Local", path.join(programFolder, "dbwinWorker.js")),
    scheduler: nodeScheduler,
    findProcessName: processName,
  });
  const captures = started(dbwin);
  sources.start(dbwin);
  await captures;
  const engine = createEngine(new NativeMachine(), {
    log,
    scheduler: nodeScheduler,
    sources,
    structureNames: structureNames(),
    onFault: ({ verb, error }) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.note("report", `error: NtScope failed at ${verb}: ${text}`, nodeScheduler.wallClock());
    },
  });
  return {
    ...engine,
    dispose() {
      sources.dispose();
      engine.dispose();
    },
  };
}

function started(source: Source): Promise<void> {
  return new Promise((resolve) => {
    const listening = source.onDidChangeHealth(({ state }) => {
      if (state === "starting") return;
      listening.dispose();
      resolve();
    });
  });
}
