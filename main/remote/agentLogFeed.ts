/**
 * Brings an agent's log into a log here, line by line, each once. It pulls: an event only says that there is news, and
 * what is asked for is always the line after the last one taken, by its sequence number. So a lost connection loses
 * nothing that the agent still holds, and what is gone (its history limit, a cleared log, an agent started anew) is
 * counted and said in the log itself, at the place where it is missing.
 */
import type { EngineAnswer, EngineClient, EngineParams, EngineVerb } from "../engine/protocol";
import type { Log } from "../log/log";
import type { LogRecord } from "../log/logRecord";
import type { Scheduler } from "../log/scheduler";
import type { Disposable } from "../machine/machine";
import type { StatusError } from "../machine/result";
import { receivedRecords } from "./receivedRecords";
import type { AgentLink, LinkState } from "./reconnectingEngine";

export interface AgentLogFeedOptions {
  engine: EngineClient;
  link: AgentLink;
  log: Log;
  scheduler: Scheduler;
  /** For people: `HOST:PORT`. */
  address: string;
}

/** Rows a request takes: of the greatest length, they still fit into a frame. */
const BATCH = 2000;
/** Times in a row that a line may be dropped just when it is asked for; after that, what comes is taken, with its gap. */
const MOST_RACES = 20;

/** Ends a pull: the connection is gone, and what it did not bring is asked for on the next one. */
class Interrupted extends Error {
  constructor(readonly error: StatusError) {
    super(error.message);
  }
}

export class AgentLogFeed implements Disposable {
  private readonly subscriptions: Disposable[];
  private running: Promise<void> = Promise.resolve();
  private queued: Promise<void> | undefined;
  private view = 0;
  /** The connection that the view belongs to. */
  private connection = 0;
  private agentId: string | undefined;
  /** Sequence number of the next line, in the agent's log. */
  private next = 1;
  /** Lines that the agent had taken in when last heard of. */
  private agentTotal = 0;
  /** Lines that the agent's own sources lost, as far as they stand in the log here. */
  private agentLost = 0;
  private agentLostNow = 0;
  private wasConnected = false;
  private races = 0;
  /** Why the last pull failed: said once, not at every try. */
  private trouble = "";
  private isDisposed = false;

  constructor(private readonly options: AgentLogFeedOptions) {
    const { engine, link } = options;
    this.subscriptions = [
      engine.on("log", ({ total, lost }) => {
        this.agentTotal = total;
        this.agentLostNow = lost;
        void this.sync();
      }),
      link.onState((state) => this.linkChanged(state)),
    ];
    this.linkChanged(link.state);
  }

  /** Resolves when all that the agent held at the time of the call is here, or the connection was lost. */
  sync(): Promise<void> {
    this.queued ??= this.running.then(() => {
      this.queued = undefined;
      this.running = this.pull();
      return this.running;
    });
    return this.queued;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private linkChanged(state: LinkState): void {
    if (state.kind === "lost" && this.wasConnected) {
      this.wasConnected = false;
      this.note(`The connection to ${this.options.address} was lost: ${state.reason}`);
    } else if (state.kind === "connected") {
      this.wasConnected = true;
      void this.sync();
    }
  }

  /** Never rejects. */
  private async pull(): Promise<void> {
    const { state } = this.options.link;
    if (state.kind !== "connected") return;
    try {
      if (state.connection !== this.connection) await this.attach(state);
      while (!this.isDisposed && (await this.pullBatch()));
      this.trouble = "";
    } catch (error) {
      // What a lost connection answers needs no word here: its loss was told, and the next one goes on.
      if (this.isDisposed || (error instanceof Interrupted && this.options.link.state !== state)) return;
      const { message } = error as Error;
      if (message !== this.trouble) this.note(`The agent's log cannot be read: ${message}`);
      this.trouble = message;
    }
  }

  /** Finds the place in the agent's log on a new connection, and says what is missing there. */
  private async attach(state: Extract<LinkState, { kind: "connected" }>): Promise<void> {
    const { view } = await this.ask("log.openView", { rules: [] });
    const { total, lines, lost } = await this.ask("log.state", {});
    const isFirst = this.agentId === undefined;
    if (!isFirst && this.agentId !== state.agent.id) this.noteRestart(total - lines);
    else if (!isFirst) this.noteReturn(total - lines + 1, total);
    if (this.agentId !== state.agent.id) {
      this.next = total - lines + 1;
      this.agentLost = isFirst ? 0 : lost;
    }
    this.agentId = state.agent.id;
    this.agentTotal = total;
    this.agentLostNow = lost;
    this.view = view;
    this.connection = state.connection;
  }

  /** @param droppedSince lines that the new agent has dropped already */
  private noteRestart(droppedSince: number): void {
    const missed = Math.max(0, this.agentTotal - (this.next - 1)) + droppedSince;
    const text =
      missed === 0
        ? "no line that is known of was missed, but what came between the loss and its end is gone"
        : `${missed} lines that are known of were missed, and what came between the loss and its end is gone`;
    this.note(`The agent at ${this.options.address} was started anew and its log with it: ${text}.`, missed);
  }

  private noteReturn(firstKept: number, total: number): void {
    const missed = Math.max(0, firstKept - this.next);
    const held = Math.max(0, total - this.next + 1 - missed);
    const again = `Connected to ${this.options.address} again`;
    this.next += missed;
    if (missed === 0) {
      const text = `${again}: no line was missed, ${held} came meanwhile.`;
      this.options.log.note("marker", text, this.options.scheduler.wallClock());
    } else {
      this.note(`${again}: ${missed} lines are no longer in its log and were missed, ${held} came meanwhile.`, missed);
    }
  }

  /** True while there may be more. */
  private async pullBatch(): Promise<boolean> {
    const { view } = this;
    // Rows shift when history is dropped, so the row is asked for each time; sequence numbers stay.
    const from = await this.ask("log.rowOf", { view, sequence: this.next });
    const rows = receivedRecords(await this.ask("log.rows", { view, from, count: BATCH }));
    if (!rows.ok) throw new Error(rows.error.message);
    const first = rows.value[0];
    const last = rows.value.at(-1);
    if (!first || !last || this.isDisposed) return false;
    if (last.sequence < this.next) throw new Error("The agent sent log rows that it had sent before.");
    if (first.sequence > this.next) {
      // Dropped between the two questions: lines before may still be there. From the first row on, they are not.
      this.races += 1;
      if (from > 0 && this.races <= MOST_RACES) return true;
      const missed = first.sequence - this.next;
      this.note(`${missed} lines were dropped from the agent's log before they could be read.`, missed);
    }
    this.races = 0;
    for (const record of rows.value) this.take(record);
    return true;
  }

  private take(record: LogRecord): void {
    if (record.sequence < this.next) return;
    this.next = record.sequence + 1;
    const { log } = this.options;
    if (record.kind === "print") {
      // A line of the agent's log is whole, so nothing waits for its end here.
      log.print({ ...record, text: `${record.text}\n` });
      return;
    }
    // The record does not carry how many lines a loss stands for; the agent's sum does.
    const lost = record.kind === "loss" ? Math.max(0, this.agentLostNow - this.agentLost) : 0;
    this.agentLost += lost;
    log.note(record.kind, record.text, record.time, lost);
  }

  private note(text: string, lost = 0): void {
    this.options.log.note("loss", text, this.options.scheduler.wallClock(), lost);
  }

  private async ask<K extends EngineVerb>(verb: K, params: EngineParams<K>): Promise<EngineAnswer<K>> {
    const answer = await this.options.engine.call(verb, params);
    if (!answer.ok) throw new Interrupted(answer.error);
    return answer.value;
  }
}
