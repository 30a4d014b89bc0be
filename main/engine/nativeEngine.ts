/** The engine over the Windows (or Wine) that this process runs on, with what its programs and drivers print. */
import { structureNames } from "../../native-bindings/abi/structureByName";
import { DEFAULT_HISTORY_LINES } from "../log/historyLimit";
import { Log } from "../log/log";
import { NativeMachine } from "../native/nativeMachine";
import type { Source } from "../sources/source";
import { createEngine, type Engine } from "./engine";
import { type SourceHost, sourceMaker } from "./makeSource";
import { nodeScheduler } from "./nodeScheduler";
import { noteFault } from "./noteFault";
import { SourceSet } from "./sourceSet";
import { dbwinSource, etwSource } from "./windowsSources";

export interface NativeEngineOptions extends Omit<SourceHost, "scheduler" | "programFolder"> {
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
  const machine = new NativeMachine(programFolder);
  const own = [dbwinSource("Local", programFolder, nodeScheduler)];
  // Wine has no event tracing: what drivers print there is on the prefix's standard error.
  if ((await machine.info()).kind !== "wine") own.push(etwSource(programFolder, nodeScheduler));
  const captures = Promise.all(own.map(started));
  for (const source of own) sources.start(source);
  await captures;
  return createEngine(machine, {
    log,
    scheduler: nodeScheduler,
    sources,
    structureNames: structureNames(),
    onFault: noteFault(log, nodeScheduler),
  });
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
