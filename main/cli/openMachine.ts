/** Opens the engine over the machine that was chosen; it ends with its client. */
import type { Engine } from "../engine/engine";
import { createModelEngine } from "../engine/modelEngine";
import { ownEngine } from "../engine/ownEngine";
import type { EngineClient } from "../engine/protocol";
import { ok, type Result } from "../machine/result";
import type { MachineChoice } from "./machineChoice";

/** The machines that this process itself can be the engine of. */
export type OwnMachine = Extract<MachineChoice, { kind: "model" | "local" }>;

export async function createOwnEngine({ kind }: OwnMachine): Promise<Engine> {
  if (kind === "model") return createModelEngine();
  // Only here: koffi is native code, which the model does without.
  const { createNativeEngine } = await import("../engine/nativeEngine");
  return createNativeEngine(__dirname);
}

export async function openMachine(machine: MachineChoice): Promise<Result<EngineClient>> {
  if (machine.kind === "model" || machine.kind === "local") return ok(ownEngine(await createOwnEngine(machine)));
  // Loaded when first used: sockets and ciphers would cost every start some ms.
  const { openRemoteClient } = await import("../remote/remoteEngine");
  if (machine.kind === "pairing") return openRemoteClient({ pairing: machine.pairing });
  const { readAgentKeyFile } = await import("../remote/agentKey");
  const key = await readAgentKeyFile(machine.keyFile);
  return key.ok ? openRemoteClient({ pairing: { ...machine.address, key: key.value } }) : key;
}
