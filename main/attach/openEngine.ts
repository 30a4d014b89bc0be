/** Opens the engine over a machine: the one place that knows every kind. What a kind needs is loaded when it is opened. */
import type { Engine } from "../engine/engine";
import { createModelEngine } from "../engine/modelEngine";
import { ok, type Result } from "../machine/result";
import type { MachineSpec, OpenEngineOptions } from "./machineSpec";

export async function openEngine(spec: MachineSpec, options: OpenEngineOptions): Promise<Result<Engine>> {
  switch (spec.kind) {
    case "model":
      return ok(createModelEngine(options));
    case "local": {
      const { createNativeEngine } = await import("../engine/nativeEngine");
      return ok(await createNativeEngine(options));
    }
    case "agent": {
      const { openRemoteEngine } = await import("../remote/remoteEngine");
      return await openRemoteEngine({ ...options, pairing: spec.pairing });
    }
    case "wine": {
      const { openWineEngine } = await import("./wineEngine");
      return await openWineEngine(spec, options);
    }
  }
}
