/**
 * The engine over the built-in kernel: composition of the model, the real clock and randomness, and the log that its
 * drivers print to.
 */

import { availableParallelism } from "node:os";
import { structureNames } from "../../native-bindings/abi/structureByName";
import { componentNames } from "../kernel/dbg/components";
import { createModelMachine } from "../kernel/modelMachine";
import { DEFAULT_HISTORY_LINES } from "../log/historyLimit";
import { Log } from "../log/log";
import { createEngine, type Engine } from "./engine";
import { type SourceHost, sourceMaker } from "./makeSource";
import { nodeScheduler } from "./nodeScheduler";
import { noteFault } from "./noteFault";
import { SourceSet } from "./sourceSet";

export interface ModelEngineOptions extends Omit<SourceHost, "scheduler"> {
  /** Lines of log kept; 0 for no limit. */
  historyLines?: number;
  /** The tree's first directories can be had before the machine has booted; all else waits for it. */
  bootsInSteps?: boolean;
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
    later: (milliseconds, task) => void scheduler.later(milliseconds, task),
    ...(options.bootsInSteps ? { inSteps: stepByStep } : {}),
  });
  const sources = new SourceSet(log, sourceMaker({ ...options, scheduler }), scheduler.wallClock);
  return createEngine(machine, {
    log,
    scheduler,
    sources,
    structureNames: structureNames(),
    onFault: noteFault(log, scheduler),
  });
}

/** Fewer processors than this are all busy while a window starts: its process, Chromium's and the engine's. */
const ENOUGH_PROCESSORS = 4;
/** Ms in which a window that has the tree's first directories draws them. */
const FIRST_DRAWING = 60;

/**
 * A step a turn of the loop: the first question comes in several turns (a port, a client, a call), and a window waits
 * for its answer. Where booting on would take the processor that the window draws with, it waits for that too.
 */
async function stepByStep(step: () => boolean): Promise<void> {
  if (availableParallelism() < ENOUGH_PROCESSORS) {
    await new Promise<void>((resolve) => void nodeScheduler.later(FIRST_DRAWING, resolve));
  }
  while (!step()) await new Promise<void>((resolve) => void nodeScheduler.soon(resolve));
}
