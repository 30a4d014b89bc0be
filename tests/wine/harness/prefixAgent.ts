// NtScope itself in the prefix: its agent under Windows' Node.js on the machine "local", and a client of it here.
import fs from "node:fs";
import path from "node:path";
import { nodeScheduler } from "../../../main/engine/nodeScheduler";
import type { EngineClient, EngineVerb, EngineVerbs } from "../../../main/engine/protocol";
import { parsePairingLine } from "../../../main/remote/agentAddress";
import { connectAgent } from "../../../main/remote/agentClient";
import { type PrefixScript, runInPrefix } from "../../../main/wine/runInPrefix";
import { waitForLine } from "../../../main/wine/waitForLine";
import { ensureWindowsNode } from "../../../main/wine/windowsNode";
import { rootDir } from "../../../scripts/bootstrap/paths.mjs";
import type { WineMachine } from "./wineMachine";

const ADDRESS_LINE = /(ntscope-agent:\S+)/;

export class PrefixAgent {
  private constructor(
    readonly client: EngineClient,
    private readonly script: PrefixScript,
  ) {}

  /** Ends with the prefix. */
  static async start(machine: WineMachine): Promise<PrefixAgent> {
    const script = await runNtscope(machine, "agent", ["agent", "--machine", "local"]);
    const pairing = parsePairingLine(await waitForLine(script.stderrFile, ADDRESS_LINE, script.exited));
    if (!pairing.ok) throw new Error(pairing.error.message);
    const connected = await connectAgent({ pairing: pairing.value, scheduler: nodeScheduler });
    if (!connected.ok) throw new Error(`${connected.error.message} ${fs.readFileSync(script.stderrFile, "utf8")}`);
    return new PrefixAgent(connected.value.client, script);
  }

  /** The answer of a call that must succeed. */
  async ask<K extends EngineVerb>(verb: K, params: EngineVerbs[K][0]): Promise<EngineVerbs[K][1]> {
    const answer = await this.client.call(verb, params);
    if (!answer.ok) throw new Error(`${verb}: ${answer.error.name}: ${answer.error.message}`);
    return answer.value;
  }

  stop(): void {
    this.client.dispose();
    this.script.kill();
  }
}

/** Runs the built command line in the prefix. `name`: of the folder that gets its output. */
export async function runNtscope(machine: WineMachine, name: string, args: readonly string[]): Promise<PrefixScript> {
  const node = await ensureWindowsNode();
  const script = path.join(rootDir, "out", "main", "cli.js");
  return runInPrefix(machine.prefix, node, script, args, path.join(machine.prefix.folder, `ntscope-${name}`));
}
