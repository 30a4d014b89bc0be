/**
 * Keeps one machine's engine process: starts it, says how far it has come with attaching the machine, listens to its heart,
 * says what becomes of it, and ends it whatever it is doing. A driver that loops for ever blocks the engine's only thread, so it shows as a heart that stands still;
 * nothing is killed for that unless the user asks.
 */
import type { MessagePortMain } from "electron";
import * as v from "valibot";
import type { EngineStatus } from "../../preload/contract";
import type { MachineSpec } from "../attach/machineSpec";
import type { AppLog } from "./appLog";
import type { EngineChild } from "./engineChild";
import { openingSentence } from "./machineWords";

/** Ms between pings. */
const heartbeat = 1_000;
/** Unanswered pings until the engine counts as hung: past any honest pause, before a user gives up on the window. */
const pingsUntilHung = 3;
/** The same for an engine that never answered yet: a cold disk and a busy machine may take their time. */
const pingsUntilStartHung = 15;
/** Ms that an engine gets to end by itself: enough to flush a file. */
const shutdownGrace = 1_000;
/** The same where a whole Wine prefix stops with it; killed, it would leave that running. */
const prefixShutdownGrace = 10_000;

const fromEngine = v.variant("kind", [
  v.object({ kind: v.literal("pong"), id: v.number() }),
  v.object({ kind: v.literal("progress"), sentence: v.string() }),
  v.object({ kind: v.literal("opened") }),
  v.object({ kind: v.literal("failed"), error: v.object({ name: v.string(), message: v.string() }) }),
  v.object({ kind: v.literal("fatal"), message: v.string(), stack: v.optional(v.string()) }),
]);

/** Characters of a message from the engine that are passed on. */
const maxMessage = 2_000;

export interface EngineHostOptions {
  machine: MachineSpec;
  /** `isAfterCrash`: an engine of this host has ended unexpectedly before. */
  fork(isAfterCrash: boolean): EngineChild;
  onDidChangeStatus(status: EngineStatus): void;
  log: AppLog;
}

export class EngineHost {
  private readonly options: EngineHostOptions;
  private machine: MachineSpec;
  private running: RunningEngine | undefined;
  private current: EngineStatus = { kind: "starting" };
  private hasCrashed = false;
  private restarting: Promise<void> | undefined;
  /** The end of an engine that did not come to run. */
  private leaving: Promise<void> | undefined;

  constructor(options: EngineHostOptions) {
    this.options = options;
    this.machine = options.machine;
  }

  get status(): EngineStatus {
    return this.current;
  }

  /** What the engine is about, or is to be about after the restart that is under way. */
  get spec(): MachineSpec {
    return this.machine;
  }

  start(): void {
    const { machine } = this;
    const engine: RunningEngine = new RunningEngine(this.options.fork(this.hasCrashed), machine, {
      opening: (sentence) => this.setStatus({ kind: "opening", sentence }),
      running: (processId) => this.setStatus({ kind: "running", processId }),
      silent: (seconds) => {
        if (this.current.kind !== "hung") this.options.log.write("warn", "engine", "does not answer");
        this.setStatus({ kind: "hung", seconds });
      },
      failed: (error) => {
        if (this.running === engine) this.giveUp(engine, error);
      },
      exited: (exitCode, reason) => {
        if (this.running === engine) this.running = undefined;
        this.hasCrashed = true;
        this.options.log.write("error", "engine", `ended unexpectedly, exit code ${exitCode}: ${reason}`);
        this.setStatus({ kind: "crashed", exitCode, reason });
      },
    });
    this.running = engine;
    // Once there is one to connect to: the page asks for its port as soon as it hears of it.
    this.setStatus({ kind: "starting" });
    // The model is there as soon as its process is.
    if (!engine.isOpen) this.setStatus({ kind: "opening", sentence: openingSentence(machine) });
  }

  /** Hands the engine one end of a channel. False when there is no engine; the page hears of the next by its status. */
  connect(port: MessagePortMain): boolean {
    this.running?.child.post({ kind: "connect" }, port);
    return this.running !== undefined;
  }

  /**
   * Ends the engine, by force if need be, and starts another, over another machine where one is given. Calls while it
   * happens share the one restart.
   */
  restart(machine?: MachineSpec): Promise<void> {
    if (machine) this.machine = machine;
    this.restarting ??= this.stop().then(() => {
      this.restarting = undefined;
      this.start();
    });
    return this.restarting;
  }

  /** Gives up a machine that is still being attached. */
  cancel(): void {
    const { running } = this;
    if (!running || running.isOpen) return;
    this.giveUp(running, { name: "cancelled", message: "Attaching the machine was given up." });
  }

  /** Resolves when the process is gone. No process outlives the window, looping or not. */
  async stop(): Promise<void> {
    const engine = this.running;
    this.running = undefined;
    await Promise.all([engine?.end(this.current.kind === "hung"), this.leaving]);
  }

  private giveUp(engine: RunningEngine, error: { name: string; message: string }): void {
    this.running = undefined;
    this.leaving = engine.end(this.current.kind === "hung");
    this.setStatus({ kind: "failed", error });
  }

  private setStatus(status: EngineStatus): void {
    const repeats = status.kind === this.current.kind && !["hung", "starting", "opening"].includes(status.kind);
    if (repeats) return;
    this.current = status;
    this.options.onDidChangeStatus(status);
  }
}

interface EngineEvents {
  opening(sentence: string): void;
  /** It has its machine, and answers (again). */
  running(processId: number): void;
  silent(seconds: number): void;
  failed(error: { name: string; message: string }): void;
  /** Not called for an end that was asked for. */
  exited(exitCode: number, reason: string): void;
}

/** One process's life, from fork to exit. */
class RunningEngine {
  readonly child: EngineChild;
  private readonly events: EngineEvents;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly exit: Promise<void>;
  private lastPing = 0;
  private lastPong = 0;
  private fatal: string | undefined;
  private isEnding = false;
  /** What is being done until the machine is there. */
  private sentence: string;
  private hasMachine: boolean;
  private readonly grace: number;

  constructor(child: EngineChild, machine: MachineSpec, events: EngineEvents) {
    this.child = child;
    this.events = events;
    this.hasMachine = machine.kind === "model";
    this.grace = machine.kind === "wine" ? prefixShutdownGrace : shutdownGrace;
    this.sentence = openingSentence(machine);
    // Before anything else: it waits for the process while that loads.
    child.post({ kind: "open", spec: machine });
    child.onMessage((message) => this.receive(message));
    this.exit = new Promise((resolve) => {
      child.onDidExit(({ exitCode, reason }) => {
        clearInterval(this.timer);
        resolve();
        if (!this.isEnding) events.exited(exitCode, this.fatal ?? reason);
      });
    });
    this.timer = setInterval(() => this.beat(), heartbeat);
    this.beat();
  }

  get isOpen(): boolean {
    return this.hasMachine;
  }

  async end(isHung: boolean): Promise<void> {
    this.isEnding = true;
    clearInterval(this.timer);
    if (isHung) {
      this.child.kill();
      return this.exit;
    }
    this.child.post({ kind: "shutdown" });
    const grace = setTimeout(() => this.child.kill(), this.grace);
    await this.exit;
    clearTimeout(grace);
  }

  /** Counts beats, not clock time: a machine that slept is not a hung engine. */
  private beat(): void {
    const unanswered = this.lastPing - this.lastPong;
    if (unanswered >= (this.lastPong === 0 ? pingsUntilStartHung : pingsUntilHung)) {
      this.events.silent((unanswered * heartbeat) / 1_000);
    }
    this.lastPing++;
    this.child.post({ kind: "ping", id: this.lastPing });
  }

  private receive(said: unknown): void {
    const parsed = v.safeParse(fromEngine, said);
    if (!parsed.success || this.isEnding) return;
    const message = parsed.output;
    switch (message.kind) {
      case "fatal":
        this.fatal = message.message.slice(0, maxMessage);
        break;
      case "progress":
        this.sentence = message.sentence.slice(0, maxMessage);
        if (!this.hasMachine) this.events.opening(this.sentence);
        break;
      case "opened":
        this.hasMachine = true;
        if (this.lastPong > 0) this.events.running(this.child.processId ?? 0);
        break;
      case "failed": {
        const { name, message: text } = message.error;
        this.events.failed({ name, message: text.slice(0, maxMessage) });
        break;
      }
      case "pong":
        this.heard(message.id);
    }
  }

  private heard(id: number): void {
    // An answer to an old ping, queued behind a busy stretch, does not yet mean that it keeps up.
    const hadFallenBehind = this.lastPing - this.lastPong >= pingsUntilHung;
    this.lastPong = Math.max(this.lastPong, Math.min(id, this.lastPing));
    if (this.lastPing - this.lastPong >= pingsUntilHung) return;
    if (this.hasMachine) this.events.running(this.child.processId ?? 0);
    else if (hadFallenBehind) this.events.opening(this.sentence);
  }
}
