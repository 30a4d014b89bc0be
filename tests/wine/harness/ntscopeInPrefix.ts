// NtScope's built command line, run in the prefix on the machine that is there: a script in, its answers out.
import fs from "node:fs";
import path from "node:path";
import { inject } from "vitest";
import { runInPrefix } from "../../../main/wine/runInPrefix";
import { ensureWindowsNode, type WindowsNode } from "../../../main/wine/windowsNode";
import { windowsPath } from "../../../main/wine/windowsPath";
import { rootDir } from "../../../scripts/bootstrap/paths.mjs";
import type { WineMachine } from "./wineMachine";

const commandLine = path.join(rootDir, "out", "main", "cli.js");

// biome-ignore lint/suspicious/noExplicitAny: each command answers a document of its own
export type Answer = any;

export class NtScopeInPrefix {
  private scripts = 0;

  private constructor(
    private readonly machine: WineMachine,
    private readonly node: WindowsNode,
  ) {}

  static async prepare(machine: WineMachine): Promise<NtScopeInPrefix> {
    return new NtScopeInPrefix(machine, await ensureWindowsNode());
  }

  /** A program of ours, as a script names it. */
  pathOf(driver: string): string {
    return `"${windowsPath(inject("driverFiles")[driver] ?? driver)}"`;
  }

  /** Runs the lines on the prefix's own machine; every line must succeed. */
  async shell(...lines: readonly string[]): Promise<Answer[]> {
    this.scripts += 1;
    const folder = path.join(this.machine.prefix.folder, `ntscope-${process.pid}-${this.scripts}`);
    fs.mkdirSync(folder, { recursive: true });
    const script = path.join(folder, "script.txt");
    fs.writeFileSync(script, lines.join("\n"));
    const args = ["shell", "--machine", "local", "--json", windowsPath(script)];
    const run = runInPrefix(this.machine.prefix, this.node, commandLine, args, folder);
    const code = await run.exited;
    const [stdout, stderr] = [run.stdoutFile, run.stderrFile].map((file) => fs.readFileSync(file, "utf8"));
    if (code !== 0) throw new Error(`ntscope ended with code ${code}.\n${stderr}\n${stdout}`);
    return (stdout ?? "")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line));
  }
}
