/**
 * The engine over an agent's machine: composition of the connection, the machine behind it, and a log here that the
 * agent's log is brought into. What a client opens, sorts, filters, marks or clears is this engine's; the agent's own
 * log stays as it is, for its other clients too.
 */
import { createEngine, type Engine } from "../engine/engine";
import { nodeScheduler } from "../engine/nodeScheduler";
import type { EngineClient, EngineVerb } from "../engine/protocol";
import { DEFAULT_HISTORY_LINES } from "../log/historyLimit";
import { Log } from "../log/log";
import type { Scheduler } from "../log/scheduler";
import { ok, type Result } from "../machine/result";
import { addressText, type Pairing } from "./agentAddress";
import { type AgentClientOptions, connectAgent } from "./agentClient";
import { AgentLogFeed } from "./agentLogFeed";
import { type AgentLink, ReconnectingEngine } from "./reconnectingEngine";
import { RemoteMachine } from "./remoteMachine";

export interface RemoteEngineOptions {
  pairing: Pairing;
  /** Lines of log kept here; 0 for no limit. */
  historyLines?: number;
  scheduler?: Scheduler;
  random?(): number;
  port?: AgentClientOptions["port"];
}

export interface RemoteEngine extends Engine {
  readonly link: AgentLink;
  /** Resolves when what the agent's log held at the time of the call is in the log here. */
  sync(): Promise<void>;
}

/** Verbs whose caller expects what the machine has printed up to now. */
const readsTheLog: ReadonlySet<EngineVerb> = new Set<EngineVerb>(["log.openView", "log.state", "log.flush"]);

/** The first connection must come about; later ones are made again by themselves. */
export async function openRemoteEngine(options: RemoteEngineOptions): Promise<Result<RemoteEngine>> {
  const { pairing, scheduler = nodeScheduler, random } = options;
  const agent = new ReconnectingEngine({
    connect: (signal) => connectAgent({ pairing, scheduler, signal, ...(options.port ? { port: options.port } : {}) }),
    scheduler,
    ...(random ? { random } : {}),
  });
  const first = await agent.settled();
  if (!first.ok) {
    agent.dispose();
    return first;
  }
  return ok(await composeEngine(agent, options, scheduler));
}

async function composeEngine(
  agent: ReconnectingEngine,
  { pairing, historyLines = DEFAULT_HISTORY_LINES }: RemoteEngineOptions,
  scheduler: Scheduler,
): Promise<RemoteEngine> {
  const address = addressText(pairing);
  const [names, filter] = await Promise.all([agent.call("structures.names", {}), agent.call("debugFilter.get", {})]);
  const components = new Map(filter.ok ? filter.value.map(({ id, name }) => [id, name]) : []);
  const log = new Log({ scheduler, historyLines, names: { component: (id) => components.get(id) } });
  const machine = new RemoteMachine({ engine: agent, link: agent, address });
  const engine = createEngine(machine, {
    log,
    scheduler,
    structureNames: names.ok ? names.value : [],
    // The agent's engine has written them into its log, which comes here whole.
    notesMachineEvents: false,
    onFault: ({ verb, error }) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.note("report", `error: NtScope failed at ${verb}: ${text}`, scheduler.wallClock());
    },
  });
  const feed = new AgentLogFeed({ engine: agent, link: agent, log, scheduler, address });
  return {
    log,
    link: agent,
    sync: () => feed.sync(),
    serve: (port) => engine.serve(port),
    connect: () => clientInStep(engine.connect(), agent, feed),
    dispose() {
      feed.dispose();
      engine.dispose();
      agent.dispose();
    },
  };
}

/**
 * A client whose `log` shows what its own last command made a driver print, as with a machine in this process: the
 * lines are fetched before it looks.
 */
function clientInStep(client: EngineClient, agent: EngineClient, feed: AgentLogFeed): EngineClient {
  return {
    async call(verb, params, options) {
      if (verb === "log.flush") await agent.call("log.flush", {});
      if (readsTheLog.has(verb)) await feed.sync();
      return client.call(verb, params, options);
    },
    on: (event, listener) => client.on(event, listener),
    dispose: () => client.dispose(),
  };
}
