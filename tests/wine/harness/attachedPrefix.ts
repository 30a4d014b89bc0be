// NtScope attached to the tests' prefix, as `--machine wine:PREFIX` attaches: an engine here, its agent in the prefix.
import path from "node:path";
import { inject } from "vitest";
import { openEngine } from "../../../main/attach/openEngine";
import type { Engine } from "../../../main/engine/engine";
import type { EngineClient } from "../../../main/engine/protocol";
import { WinePrefix } from "../../../main/wine/winePrefix";
import { rootDir } from "../../../scripts/bootstrap/paths.mjs";

export class AttachedPrefix {
  readonly client: EngineClient;

  private constructor(private readonly engine: Engine) {
    this.client = engine.connect();
  }

  static async open(): Promise<AttachedPrefix> {
    const programFolder = path.join(rootDir, "out", "main");
    const opened = await openEngine({ kind: "wine", prefix: inject("winePrefix") }, { programFolder });
    if (!opened.ok) throw new Error(opened.error.message);
    return new AttachedPrefix(opened.value);
  }

  async close(): Promise<void> {
    this.client.dispose();
    this.engine.dispose();
    await this.engine.gone?.();
    // An engine leaves a prefix that is not its own to itself; the next file wants it stopped.
    await new WinePrefix(inject("winePrefix")).stop();
  }
}
