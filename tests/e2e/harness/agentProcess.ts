// `ntscope agent` in a process of its own, as on another computer: started, killed, and started again at the same place.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { rootDir } from "../../../scripts/bootstrap/paths.mjs";

export class AgentProcess {
  /** As it printed it: address and key. */
  pairingLine = "";
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), "ntscope-agent-"));
  private child: ChildProcess | undefined;
  private port = 0;

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get keyFile(): string {
    return path.join(this.folder, "key");
  }

  /** Resolves when it listens: at the same port and with the same key as before. */
  async start(): Promise<void> {
    const words = ["agent", "--json", "--listen", this.address, "--key-file", this.keyFile];
    const child = spawn(process.execPath, [path.join(rootDir, "out", "main", "cli.js"), ...words], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    const { stdout, stderr } = child;
    const listening = once(createInterface({ input: stdout }), "line");
    for await (const line of createInterface({ input: stderr })) {
      const [, pairing] = / pairing line: (\S+)$/.exec(line) ?? [];
      if (pairing === undefined) continue;
      this.pairingLine = pairing;
      break;
    }
    if (this.pairingLine === "") throw new Error("The agent ended before it printed its pairing line.");
    const [document] = (await listening) as [string];
    this.port = (JSON.parse(document) as { listening: { port: number } }).listening.port;
    stderr.resume();
  }

  /** At once, as a computer that loses its power. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
