/** Opens the engine over the machine that was chosen; for most commands it ends with its client. */
import type { Readable } from "node:stream";
import type { OpenEngineOptions } from "../attach/machineSpec";
import { openEngine } from "../attach/openEngine";
import type { Engine } from "../engine/engine";
import { ownEngine } from "../engine/ownEngine";
import type { EngineClient } from "../engine/protocol";
import { ok, type Result } from "../machine/result";
import type { MachineChoice } from "./machineChoice";

/** `given`: without the folder of the program's files, which is this one's. */
export async function openChosenEngine(
  choice: MachineChoice,
  given: Omit<OpenEngineOptions, "programFolder">,
): Promise<Result<Engine>> {
  const options = { ...given, programFolder: __dirname };
  if (choice.kind !== "keyFile") return openEngine(choice, options);
  const { readAgentKeyFile } = await import("../remote/agentKey");
  const key = await readAgentKeyFile(choice.file);
  return key.ok ? openEngine({ kind: "agent", pairing: { ...choice.address, key: key.value } }, options) : key;
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
