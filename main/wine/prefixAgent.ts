/** `ntscope agent` under the Windows Node.js of a prefix: what makes the prefix a machine that can be attached to. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type PrefixScript, runInPrefix } from "./runInPrefix";
import { waitForLine } from "./waitForLine";
import type { WindowsNode } from "./windowsNode";
import { windowsPath } from "./windowsPath";
import type { WinePrefix } from "./winePrefix";

/** Seconds that an agent whose client has gone stays: time to connect again, and an end where nobody can. */
const IDLE_SECONDS = 15;

export interface PrefixAgent {
  /** Loopback. */
  readonly port: number;
  readonly hasEnded: boolean;
  /** Ends it, and deletes its files. */
  end(): void;
}

/**
 * @param script the built command line, out/main/cli.js
 * @param keyText the key as a key file holds it
 */
export async function startPrefixAgent(
  prefix: WinePrefix,
  node: WindowsNode,
  script: string,
  keyText: string,
): Promise<PrefixAgent> {
  // Only its owner may look into a folder of mkdtemp, so the key is nobody else's.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ntscope-agent-"));
  const keyFile = path.join(folder, "key");
  fs.writeFileSync(keyFile, `${keyText}\n`, { mode: 0o600 });
  const words = ["agent", "--json", "--machine", "local", "--key-file", windowsPath(keyFile)];
  const agent = runInPrefix(prefix, node, script, [...words, "--end-when-idle", String(IDLE_SECONDS)], folder);
  const end = (): void => {
    agent.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  let hasEnded = false;
  const ended = () => {
    hasEnded = true;
  };
  agent.exited.then(ended, ended);
  try {
    const port = await portOf(agent);
    return {
      port,
      get hasEnded() {
        return hasEnded;
      },
      end,
    };
  } catch (error) {
    const said = fs.readFileSync(agent.stderrFile, "utf8").trim().slice(-1_000);
    end();
    throw new Error(`The agent in the prefix did not start: ${(error as Error).message} ${said}`.trim());
  }
}

async function portOf(agent: PrefixScript): Promise<number> {
  return Number(await waitForLine(agent.stdoutFile, /"port":\s*(\d{1,5})/, agent.exited));
}
