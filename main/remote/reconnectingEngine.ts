/**
 * The client of an agent's engine that outlives its connections: it connects again when one is lost, later and later,
 * and says how it stands. Calls are never repeated by themselves: whether a write reached a driver before the line went
 * dead is not known here, so its caller is told that, and decides.
 *
 * What the agent keeps for a connection (handles, listings, views) goes with it.
 */
import type {
  EngineAnswer,
  EngineClient,
  EngineEvent,
  EngineEvents,
  EngineParams,
  EngineVerb,
} from "../engine/protocol";
import type { Scheduler } from "../log/scheduler";
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, type Result, type StatusError } from "../machine/result";
import type { AgentConnection } from "./agentClient";
import type { AgentIdentity } from "./handshake";

export type LinkState =
  | { kind: "connecting"; attempt: number }
  /** `connection`: 1 for the first, counted up: what was opened on another one is gone. */
  | { kind: "connected"; agent: AgentIdentity; connection: number }
  /** `retryIn`: milliseconds until the next attempt. */
  | { kind: "lost"; reason: string; retryIn: number }
  | { kind: "closed" };

/** How it stands with the connection to an agent. */
export interface AgentLink {
  readonly state: LinkState;
  onState(listener: (state: LinkState) => void): Disposable;
}

export interface ReconnectingOptions {
  connect(signal: AbortSignal): Promise<Result<AgentConnection>>;
  scheduler: Scheduler;
  /** 0 to 1: spreads the attempts of many clients of one agent. */
  random?(): number;
}

/** Milliseconds before the first new attempt, doubled with each further one. */
const FIRST_DELAY = 250;
const MOST_DELAY = 15_000;

type Listener = (value: never) => void;

export class ReconnectingEngine implements EngineClient, AgentLink {
  private current: LinkState = { kind: "connecting", attempt: 1 };
  private connection: AgentConnection | undefined;
  private connections = 0;
  /** Attempts since the last connection. */
  private attempts = 0;
  private lastError: StatusError | undefined;
  private retry: Disposable | undefined;
  private readonly gone = new AbortController();
  private readonly stateListeners = new Set<(state: LinkState) => void>();
  private readonly eventListeners = new Map<EngineEvent, Set<Listener>>();

  constructor(private readonly options: ReconnectingOptions) {
    void this.connect();
  }

  get state(): LinkState {
    return this.current;
  }

  onState(listener: (state: LinkState) => void): Disposable {
    this.stateListeners.add(listener);
    return { dispose: () => void this.stateListeners.delete(listener) };
  }

  /** What comes of the attempt that runs: the agent, or why it cannot be reached. */
  settled(): Promise<Result<AgentIdentity>> {
    return new Promise((resolve) => {
      const look = (state: LinkState) => {
        if (state.kind === "connecting") return;
        subscription.dispose();
        resolve(state.kind === "connected" ? { ok: true, value: state.agent } : fail(this.error()));
      };
      const subscription = this.onState(look);
      look(this.current);
    });
  }

  async call<K extends EngineVerb>(
    verb: K,
    params: EngineParams<K>,
    options: { signal?: AbortSignal } = {},
  ): Promise<Result<EngineAnswer<K>>> {
    const { connection } = this;
    if (!connection) return fail(this.error());
    const answer = await connection.client.call(verb, params, options);
    if (answer.ok || answer.error.name !== "engine-gone") return answer;
    const reason = this.current.kind === "lost" ? this.current.reason : "It was closed.";
    const text = `The connection to the agent was lost before it answered; whether ${verb} was carried out is not known. ${reason}`;
    return fail(ntscopeError("agent-lost", text));
  }

  on<E extends EngineEvent>(event: E, listener: (value: EngineEvents[E]) => void): Disposable {
    const registered: Listener = (value) => listener(value as EngineEvents[E]);
    const listeners = this.eventListeners.get(event) ?? new Set<Listener>();
    if (!this.eventListeners.has(event)) {
      this.eventListeners.set(event, listeners);
      if (this.connection) this.listen(this.connection, event);
    }
    listeners.add(registered);
    return { dispose: () => void listeners.delete(registered) };
  }

  dispose(): void {
    if (this.current.kind === "closed") return;
    this.retry?.dispose();
    const { connection } = this;
    this.connection = undefined;
    this.set({ kind: "closed" });
    this.gone.abort();
    connection?.client.dispose();
    this.stateListeners.clear();
    this.eventListeners.clear();
  }

  private async connect(): Promise<void> {
    this.attempts += 1;
    this.set({ kind: "connecting", attempt: this.attempts });
    const result = await this.options.connect(this.gone.signal);
    if (this.current.kind === "closed") {
      if (result.ok) result.value.client.dispose();
    } else if (result.ok) {
      this.connected(result.value);
    } else {
      this.lastError = result.error;
      // Who was refused is refused again; it is tried on seldom, in case the agent was started anew meanwhile.
      this.lost(result.error.message, result.error.name === "agent-refused");
    }
  }

  private connected(connection: AgentConnection): void {
    this.connection = connection;
    this.connections += 1;
    this.attempts = 0;
    this.lastError = undefined;
    connection.onClose((reason) => {
      if (this.connection === connection) this.lost(reason, false);
    });
    if (this.connection !== connection) return;
    for (const event of this.eventListeners.keys()) this.listen(connection, event);
    this.set({ kind: "connected", agent: connection.agent, connection: this.connections });
  }

  private listen(connection: AgentConnection, event: EngineEvent): void {
    connection.client.on(event, (value) => {
      for (const listener of [...(this.eventListeners.get(event) ?? [])]) listener(value as never);
    });
  }

  private lost(reason: string, seldom: boolean): void {
    this.connection = undefined;
    const { scheduler, random = Math.random } = this.options;
    const longest = seldom ? MOST_DELAY : Math.min(MOST_DELAY, FIRST_DELAY * 2 ** this.attempts);
    // Half of it at least: attempts of one client never come in a rush.
    const retryIn = Math.round(longest * (0.5 + random() / 2));
    this.retry = scheduler.later(retryIn, () => void this.connect());
    this.set({ kind: "lost", reason, retryIn });
  }

  private error(): StatusError {
    if (this.lastError) return this.lastError;
    const state = this.current;
    const why =
      state.kind === "lost" ? state.reason : state.kind === "closed" ? "It was closed here." : "It is being made.";
    return ntscopeError("agent-lost", `There is no connection to the agent. ${why}`);
  }

  private set(state: LinkState): void {
    this.current = state;
    for (const listener of [...this.stateListeners]) listener(state);
  }
}
