/** What the verbs of an engine work on, and the type of a group of them. */
import type { Log } from "../log/log";
import type { Scheduler } from "../log/scheduler";
import type { Machine } from "../machine/machine";
import type { VerbHandlers } from "../rpc/rpcServer";
import type { EngineSession } from "./engineSession";
import type { MaskedPrints } from "./maskedPrints";
import type { EngineVerb, EngineVerbs } from "./protocol";
import type { Sources } from "./sourceSet";

export interface EngineParts {
  machine: Machine;
  log: Log;
  scheduler: Scheduler;
  masked: MaskedPrints;
  /** Whether what the machine tells of itself is noted in the log here. */
  notes: boolean;
  sources: Sources;
  /** Structure names that `structures.dump` knows. */
  structureNames: readonly string[];
}

export type EngineHandlers = VerbHandlers<EngineVerbs, EngineSession>;

/** The verbs whose name begins with one of these words and a dot. */
export type HandlersOf<Prefix extends string> = Pick<EngineHandlers, Extract<EngineVerb, `${Prefix}.${string}`>>;
