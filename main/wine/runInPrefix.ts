/**
 * Runs a script of ours under Windows' Node.js in a Wine prefix. Node.js aborts there when its standard input or output
 * is a Unix pipe, so the input is /dev/null and both outputs are files; talk to the script over TCP on loopback.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { WindowsNode } from "./windowsNode";
import { windowsPath } from "./windowsPath";
import type { WinePrefix } from "./winePrefix";

export interface PrefixScript {
  readonly stdoutFile: string;
  readonly stderrFile: string;
  /** The exit code; rejects where Wine could not be started. */
  readonly exited: Promise<number>;
  /** Ends it at once. */
  kill(): void;
}

/**
 * @param prefix started before, so that drivers live and print where its debug output is read
 * @param script a file of this computer; it finds koffi as Node.js finds packages, and koffi finds its Windows binary
 * @param outputFolder gets stdout.txt and stderr.txt
 */
export function runInPrefix(
  prefix: WinePrefix,
  node: WindowsNode,
  script: string,
  args: readonly string[],
  outputFolder: string,
): PrefixScript {
  fs.mkdirSync(outputFolder, { recursive: true });
  const stdoutFile = path.join(outputFolder, "stdout.txt");
  const stderrFile = path.join(outputFolder, "stderr.txt");
  const files = [fs.openSync(stdoutFile, "w"), fs.openSync(stderrFile, "w")] as const;
  const env = { ...prefix.environment, NODE_PATH: windowsPath(node.modules) };
  const child = spawn("wine", [node.executable, windowsPath(script), ...args], { env, stdio: ["ignore", ...files] });
  for (const file of files) fs.closeSync(file);
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`Wine could not be started: ${error.message}`)));
    child.once("exit", (code) => resolve(code ?? 1));
  });
  return { stdoutFile, stderrFile, exited, kill: () => child.kill("SIGKILL") };
}
