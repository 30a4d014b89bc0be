/** The engine over the Windows (or Wine) that this process runs on. */
import { structureNames } from "../../native-bindings/abi/structureByName";
import { Log } from "../log/log";
import { NativeMachine } from "../native/nativeMachine";
import { createEngine, type Engine } from "./engine";
import { nodeScheduler } from "./nodeScheduler";

/** Lines kept, as the model's engine keeps them. */
const HISTORY_LINES = 1_000_000;

export function createNativeEngine(): Engine {
  const log = new Log({ scheduler: nodeScheduler, historyLines: HISTORY_LINES, names: { component: () => undefined } });
  return createEngine(new NativeMachine(), {
    log,
    scheduler: nodeScheduler,
    structureNames: structureNames(),
    onFault: ({ verb, error }) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.note("report", `error: NtScope failed at ${verb}: ${text}`, nodeScheduler.wallClock());
    },
  });
}
