/**
 * The engine over a Wine prefix of this computer: an agent runs in the prefix, under Windows' Node.js, and is attached
 * to as any agent is; what drivers print comes beside it, from the prefix's standard error. Where the agent or the whole
 * prefix ends, both are started again, as often as it takes.
 */
import path from "node:path";
import type { Engine } from "../engine/engine";
import { nodeScheduler } from "../engine/nodeScheduler";
import type { MachineInfo } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { Pairing } from "../remote/agentAddress";
import { agentKeyText, makeAgentKey } from "../remote/agentKey";
import { openRemoteEngine } from "../remote/remoteEngine";
import { WineDebugSource } from "../sources/wineDebug/wineDebugSource";
import { ownPrefixFolder } from "../wine/ownPrefix";
import { type PrefixAgent, startPrefixAgent } from "../wine/prefixAgent";
import { ensureWindowsNode } from "../wine/windowsNode";
import { hasWine, WinePrefix } from "../wine/winePrefix";
import type { MachineSpec, OpenEngineOptions } from "./machineSpec";

type WineSpec = Extract<MachineSpec, { kind: "wine" }>;

/** How long what an earlier run left in NtScope's own prefix may take to go: its agent's idle time and a little. */
const LEFTOVER_TIMEOUT_MS = 20_000;
/** Wine's own services take some seconds to end behind the last program; the user's may stay for ever. */
const FOREIGN_TIMEOUT_MS = 6_000;

const installWine = "Wine is not installed, or not on the PATH (Debian: apt-get install wine wine64).";
const foreignOutput =
  "Programs ran in the prefix before NtScope, and what its drivers print goes to the standard error of the first of " +
  "them. Close them all and attach again to see it here.";

export async function openWineEngine(spec: WineSpec, options: OpenEngineOptions): Promise<Result<Engine>> {
  if (process.platform === "win32") return fail(ntscopeError("no-wine", "Wine is for Linux and macOS."));
  if (!hasWine()) return fail(ntscopeError("no-wine", installWine));
  const machine = new WineMachine(spec, options);
  const engine = await openRemoteEngine({
    ...options,
    pairing: { address: machine.name, find: () => machine.find() },
    present: (info) => machine.present(info),
    besides: { source: machine.output, sync: () => machine.output.sync() },
  });
  if (!engine.ok) {
    await machine.end();
    return engine;
  }
  let gone = Promise.resolve();
  return ok({
    ...engine.value,
    dispose() {
      engine.value.dispose();
      gone = machine.end();
    },
    gone: () => gone,
  });
}

class WineMachine {
  readonly output = new WineDebugSource({ scheduler: nodeScheduler, onlyKernel: true });
  private readonly prefix: WinePrefix;
  private readonly key = makeAgentKey();
  private readonly isOwn: boolean;
  private agent: PrefixAgent | undefined;
  /** Whether the first program of the prefix is ours. */
  private hasStarted = false;
  private isEnding = false;

  constructor(
    private readonly spec: WineSpec,
    private readonly options: OpenEngineOptions,
  ) {
    this.isOwn = spec.prefix === undefined;
    this.prefix = new WinePrefix(spec.prefix === undefined ? ownPrefixFolder() : path.resolve(spec.prefix));
  }

  get name(): string {
    return this.isOwn ? "Wine prefix" : `Wine prefix ${path.basename(this.prefix.folder)}`;
  }

  present(info: MachineInfo): MachineInfo {
    return { ...info, kind: "wine", name: this.name };
  }

  /** Where the agent is; started first where none runs. */
  async find(): Promise<Result<Pairing>> {
    try {
      const made = await this.madePrefix();
      if (!made.ok) return made;
      if (this.agent?.hasEnded !== false) await this.start();
      if (this.agent === undefined) return fail(ntscopeError("cancelled", "The Wine prefix was given up."));
      return ok({ host: "127.0.0.1", port: this.agent.port, key: this.key });
    } catch (error) {
      return fail(ntscopeError("wine-failed", (error as Error).message));
    }
  }

  /** Leaves nothing of ours running. NtScope's own prefix stops; in another, what others started goes on. */
  async end(): Promise<void> {
    this.isEnding = true;
    this.agent?.end();
    this.agent = undefined;
    if (!this.hasStarted) return;
    if (this.isOwn) await this.prefix.stop();
    else this.prefix.release();
  }

  private async madePrefix(): Promise<Result<void>> {
    const { folder, exists } = this.prefix;
    if (exists) return ok(undefined);
    if (!this.isOwn && this.spec.make !== true) {
      const text = `There is no Wine prefix in ${folder}. NtScope makes one there if it is asked to (--make-prefix).`;
      return fail(ntscopeError("no-prefix", text));
    }
    this.say(`Making a Wine prefix in ${folder} ...`);
    await this.prefix.make();
    return ok(undefined);
  }

  private async start(): Promise<void> {
    const node = await ensureWindowsNode((sentence) => this.say(sentence));
    await this.startPrefix();
    this.say("Starting the agent in the Wine prefix ...");
    const script = path.join(this.options.programFolder, "cli.js");
    const agent = await startPrefixAgent(this.prefix, node, script, agentKeyText(this.key));
    if (this.isEnding) agent.end();
    else this.agent = agent;
  }

  /** Drivers live while a program of the prefix runs, and print to the standard error of the first. */
  private async startPrefix(): Promise<void> {
    if (await this.prefix.isKept()) return;
    if (await this.prefix.isRunning()) {
      this.say("Programs run in the Wine prefix already; waiting for them to end ...");
      const patience = this.isOwn ? LEFTOVER_TIMEOUT_MS : FOREIGN_TIMEOUT_MS;
      if (!(await this.prefix.becomesIdle(patience))) return this.output.cannotRead(foreignOutput);
    }
    const stream = await this.prefix.start();
    this.hasStarted = true;
    this.output.read({ stream, echo: (words) => this.prefix.echo(words) });
  }

  private say(sentence: string): void {
    this.options.onProgress?.(sentence);
  }
}
