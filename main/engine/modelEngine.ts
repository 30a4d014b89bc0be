/**
 * The engine over the built-in kernel: composition of the model, the real clock and randomness, and the log that its
 * drivers print to.
 */

import { structureNames } from "../../native-bindings/abi/structureByName";
import { componentNames } from "../kernel/dbg/components";
import { createModelMachine } from "../kernel/modelMachine";
import { Log } from "../log/log";
import { createEngine, type Engine } from "./engine";
import { nodeScheduler } from "./nodeScheduler";
import type { EngineClient } from "./protocol";

/** Lines kept until the user says otherwise: days of an ordinary driver's prints, about 150 MB at worst usual. */
const DEFAULT_HISTORY_LINES = 1_000_000;

export interface ModelEngineOptions {
  /** Lines of log kept; 0 for no limit. */
  historyLines?: number;
}

export function createModelEngine(options: ModelEngineOptions = {}): Engine {
  const scheduler = nodeScheduler;
  const log = new Log({
    scheduler,
    historyLines: options.historyLines ?? DEFAULT_HISTORY_LINES,
    names: { component: (id) => componentNames[id] },
  });
  const machine = createModelMachine({
    now: scheduler.wallClock,
    random: Math.random,
    sink: log,
    schedule: (task) => void scheduler.soon(task),
  });
  return createEngine(machine, {
    log,
    scheduler,
    structureNames: structureNames(),
    onFault: ({ verb, error }) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.note("report", `error: NtScope failed at ${verb}: ${text}`, scheduler.wallClock());
    },
  });
}

/** An engine of one's own: it ends with its client. */
export function openModelEngine(options: ModelEngineOptions = {}): EngineClient {
  const engine = createModelEngine(options);
  const client = engine.connect();
  return {
    call: (verb, params, callOptions) => client.call(verb, params, callOptions),
    on: (event, listener) => client.on(event, listener),
    dispose() {
      client.dispose();
      engine.dispose();
    },
  };
}
