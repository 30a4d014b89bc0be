/** Opens the engine over the machine that was chosen; for most commands it ends with its client. */
import { type MachineChoice, specOfChoice } from "../attach/machineChoice";
import { openEngine } from "../attach/openEngine";
import type { Engine } from "../engine/engine";
import { ownEngine } from "../engine/ownEngine";
import type { EngineClient } from "../engine/protocol";
import { ok, type Result } from "../machine/result";

/** @param onProgress told what is being done, where opening takes a while */
export async function openChosenEngine(
  choice: MachineChoice,
  onProgress: (sentence: string) => void,
): Promise<Result<Engine>> {
  const spec = await specOfChoice(choice, process.cwd());
  return spec.ok ? openEngine(spec.value, { programFolder: __dirname, onProgress }) : spec;
}

export async function openMachine(
  choice: MachineChoice,
  onProgress: (sentence: string) => void,
): Promise<Result<EngineClient>> {
  const engine = await openChosenEngine(choice, onProgress);
  return engine.ok ? ok(ownEngine(engine.value)) : engine;
}
