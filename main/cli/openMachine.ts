/** Opens the engine over the machine that was chosen; for most commands it ends with its client. */

import type { Readable } from "node:stream";
import { type MachineChoice, specOfChoice } from "../attach/machineChoice";
import type { OpenEngineOptions } from "../attach/machineSpec";
import { openEngine } from "../attach/openEngine";
import type { Engine } from "../engine/engine";
import { ownEngine } from "../engine/ownEngine";
import type { EngineClient } from "../engine/protocol";
import { ok, type Result } from "../machine/result";

/** `given`: without the folder of the program's files, which is this one's. */
export async function openChosenEngine(
  choice: MachineChoice,
  given: Omit<OpenEngineOptions, "programFolder">,
): Promise<Result<Engine>> {
  const spec = await specOfChoice(choice, process.cwd());
  return spec.ok ? openEngine(spec.value, { ...given, programFolder: __dirname }) : spec;
}

/**
 * @param onProgress told what is being done, where opening takes a while
 * @param stdin left to the log's sources
 */
export async function openMachine(
  choice: MachineChoice,
  onProgress: (sentence: string) => void,
  stdin?: Readable,
): Promise<Result<EngineClient>> {
  const engine = await openChosenEngine(choice, { onProgress, stdin, allows: ["files", "programs"] });
  return engine.ok ? ok(ownEngine(engine.value)) : engine;
}
