/** The engine over a Wine prefix of this computer. */
import type { Engine } from "../engine/engine";
import { fail, ntscopeError, type Result } from "../machine/result";
import type { MachineSpec, OpenEngineOptions } from "./machineSpec";

export async function openWineEngine(
  _spec: Extract<MachineSpec, { kind: "wine" }>,
  _options: OpenEngineOptions,
): Promise<Result<Engine>> {
  return fail(ntscopeError("not-yet", "Wine prefixes cannot be attached yet."));
}
