/**
 * Keeps one engine process: starts it, listens to its heart, says what becomes of it, and ends it whatever it is
 * doing. A driver that loops for ever blocks the engine's only thread, so it shows as a heart that stands still;
 * nothing is killed for that unless the user asks.
 */
import type { MessagePortMain } from "electron";
import * as v from "valibot";
import type { EngineStatus } from "../../preload/contract";
import type { AppLog } from "./appLog";
import type { EngineChild } from "./engineChild";

/** Ms between pings. */
const heartbeat = 1_000;
/** Unanswered pings until the engine counts as hung: past any honest pause, before a user gives up on the window. */
const pingsUntilHung = 3;
/** The same for an engine that never answered yet: a cold disk and a busy machine may take their time. */
const pingsUntilStartHung = 15;
/** Ms that an engine gets to end by itself: enough to flush a file. */
const shutdownGrace = 1_000;

const fromEngine = v.variant("kind", [
  v.object({ kind: v.literal("pong"), id: v.number() }),
  v.object({ kind: v.literal("fatal"), message: v.string(), stack: v.optional(v.string()) }),
]);

export interface EngineHostOptions {
  /** `isAfterCrash`: an engine of this host has ended unexpectedly before. */
  fork(isAfterCrash: boolean): EngineChild;
  onDidChangeStatus(status: EngineStatus): void;
  log: AppLog;
}

export class EngineHost {
  private readonly options: EngineHostOptions;
  private running: RunningEngine | undefined;
  private current: EngineStatus = { kind: "starting" };
  private hasCrashed = false;
  private restarting: Promise<void> | undefined;

  constructor(options: EngineHostOptions) {
    this.options = options;
  }

  get status(): EngineStatus {
    return this.current;
  }

  start(): void {
    const engine: RunningEngine = new RunningEngine(this.options.fork(this.hasCrashed), {
      answered: (processId) => this.setStatus({ kind: "running", processId }),
      silent: (seconds) => {
        if (this.current.kind !== "hung") this.options.log.write("warn", "engine", "does not answer");
        this.setStatus({ kind: "hung", seconds });
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
  }

  /** Hands the engine one end of a channel. False when there is no engine; the page hears of the next by its status. */
  connect(port: MessagePortMain): boolean {
    this.running?.child.post({ kind: "connect" }, port);
    return this.running !== undefined;
  }

  /** Ends the engine, by force if need be, and starts another. Calls while it happens share the one restart. */
  restart(): Promise<void> {
    this.restarting ??= this.stop().then(() => {
      this.restarting = undefined;
      this.start();
    });
    return this.restarting;
  }

  /** Resolves when the process is gone. No process outlives the window, looping or not. */
  async stop(): Promise<void> {
    const engine = this.running;
    this.running = undefined;
    await engine?.end(this.current.kind === "hung");
  }

  private setStatus(status: EngineStatus): void {
    if (status.kind !== "hung" && status.kind === this.current.kind && status.kind !== "starting") return;
    this.current = status;
    this.options.onDidChangeStatus(status);
  }
}

interface EngineEvents {
  answered(processId: number): void;
  silent(seconds: number): void;
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

  constructor(child: EngineChild, events: EngineEvents) {
    this.child = child;
    this.events = events;
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

  async end(isHung: boolean): Promise<void> {
    this.isEnding = true;
    clearInterval(this.timer);
    if (isHung) {
      this.child.kill();
      return this.exit;
    }
    this.child.post({ kind: "shutdown" });
    const grace = setTimeout(() => this.child.kill(), shutdownGrace);
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

  private receive(message: unknown): void {
    const parsed = v.safeParse(fromEngine, message);
    if (!parsed.success || this.isEnding) return;
    if (parsed.output.kind === "fatal") {
      this.fatal = parsed.output.message.slice(0, 2_000);
      return;
    }
    // An answer to an old ping, queued behind a busy stretch, does not yet mean that it keeps up.
    this.lastPong = Math.max(this.lastPong, Math.min(parsed.output.id, this.lastPing));
    if (this.lastPing - this.lastPong < pingsUntilHung) this.events.answered(this.child.processId ?? 0);
  }
}
