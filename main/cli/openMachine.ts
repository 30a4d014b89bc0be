/** Opens the engine over the machine that was chosen; for most commands it ends with its client. */
import { openEngine } from "../attach/openEngine";
import type { Engine } from "../engine/engine";
import { ownEngine } from "../engine/ownEngine";
import type { EngineClient } from "../engine/protocol";
import { ok, type Result } from "../machine/result";
import type { MachineChoice } from "./machineChoice";

/** @param onProgress told what is being done, where opening takes a while */
export async function openChosenEngine(
  choice: MachineChoice,
  onProgress: (sentence: string) => void,
): Promise<Result<Engine>> {
  const options = { programFolder: __dirname, onProgress };
  if (choice.kind !== "keyFile") return openEngine(choice, options);
  const { readAgentKeyFile } = await import("../remote/agentKey");
  const key = await readAgentKeyFile(choice.file);
  return key.ok ? openEngine({ kind: "agent", pairing: { ...choice.address, key: key.value } }, options) : key;
}

export async function openMachine(
  choice: MachineChoice,
  onProgress: (sentence: string) => void,
): Promise<Result<EngineClient>> {
  const engine = await openChosenEngine(choice, onProgress);
  return engine.ok ? ok(ownEngine(engine.value)) : engine;
}
