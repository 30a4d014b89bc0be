/** For this folder's tests: an agent and a client on loopback, torn down together; and time that passes at once. */
import type { Engine } from "../engine/engine";
import { createModelEngine } from "../engine/modelEngine";
import { nodeScheduler } from "../engine/nodeScheduler";
import type { Scheduler } from "../log/scheduler";
import type { Result } from "../machine/result";
import { type AgentConnection, connectAgent } from "./agentClient";
import { makeAgentKey } from "./agentKey";
import { type AgentServer, type AgentServerEvent, type AgentServerOptions, listenAsAgent } from "./agentServer";
import type { Hello } from "./handshake";

const cleanups: (() => unknown)[] = [];

/** Something to do after the test, last first. */
export function cleanUp(clean: () => unknown): void {
  cleanups.push(clean);
}

/** For `afterEach`. */
export async function cleanUpAll(): Promise<void> {
  for (const clean of cleanups.splice(0).reverse()) await clean();
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.name}: ${result.error.message}`);
  return result.value;
}

export const testKey = makeAgentKey();

export function modelEngine(): Engine {
  const engine = createModelEngine({ historyLines: 100_000 });
  cleanUp(() => engine.dispose());
  return engine;
}

/** What the agent tells, and a way to wait for it. */
export class AgentEvents {
  readonly seen: AgentServerEvent[] = [];
  private waiting: { test: (event: AgentServerEvent) => boolean; resolve: (event: AgentServerEvent) => void }[] = [];

  readonly take = (event: AgentServerEvent): void => {
    this.seen.push(event);
    for (const waiter of this.waiting.filter(({ test }) => test(event))) waiter.resolve(event);
    this.waiting = this.waiting.filter(({ test }) => !test(event));
  };

  next(kind: AgentServerEvent["kind"]): Promise<AgentServerEvent> {
    return new Promise((resolve) => this.waiting.push({ test: (event) => event.kind === kind, resolve }));
  }
}

export interface TestAgent {
  server: AgentServer;
  events: AgentEvents;
  connect(options?: { key?: Uint8Array; hello?: Hello; scheduler?: Scheduler }): Promise<Result<AgentConnection>>;
}

export async function startAgent(
  engine: AgentServerOptions["engine"],
  options: Partial<AgentServerOptions> = {},
): Promise<TestAgent> {
  const events = new AgentEvents();
  const base = { engine, key: testKey, name: "test", scheduler: nodeScheduler, onEvent: events.take };
  const server = value(await listenAsAgent({ ...base, ...options }));
  cleanUp(() => server.stop());
  return {
    server,
    events,
    async connect({ key = testKey, scheduler = nodeScheduler, hello } = {}) {
      const pairing = { ...server.address, key };
      const connection = await connectAgent({ pairing, scheduler, ...(hello ? { hello } : {}) });
      if (connection.ok) cleanUp(() => connection.value.client.dispose());
      return connection;
    },
  };
}
