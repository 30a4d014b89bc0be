/**
 * The engine over an agent's machine: composition of the connection, the machine behind it, and a log here that the
 * agent's log is brought into. What a client opens, sorts, filters, marks or clears is this engine's; the agent's own
 * log stays as it is, for its other clients too.
 */
import { createEngine, type Engine } from "../engine/engine";
import { type SourceHost, sourceMaker } from "../engine/makeSource";
import { nodeScheduler } from "../engine/nodeScheduler";
import { noteFault } from "../engine/noteFault";
import type { EngineClient, EngineVerb } from "../engine/protocol";
import { SourceSet } from "../engine/sourceSet";
import { DEFAULT_HISTORY_LINES } from "../log/historyLimit";
import { Log } from "../log/log";
import type { Scheduler } from "../log/scheduler";
import type { MachineInfo } from "../machine/machine";
import { ok, type Result } from "../machine/result";
import type { Source } from "../sources/source";
import { addressText, type Pairing } from "./agentAddress";
import { type AgentClientOptions, connectAgent } from "./agentClient";
import { AgentLogFeed } from "./agentLogFeed";
import { type AgentLink, ReconnectingEngine } from "./reconnectingEngine";
import { RemoteMachine } from "./remoteMachine";
import { RemoteSources } from "./remoteSources";

export interface RemoteEngineOptions extends Omit<SourceHost, "scheduler"> {
  pairing: Pairing | AgentFinder;
  /** Lines of log kept here; 0 for no limit. */
  historyLines?: number;
  scheduler?: Scheduler;
  random?(): number;
  port?: AgentClientOptions["port"];
  /** Gives the first attempt up. */
  signal?: AbortSignal;
  /** What the agent's machine is called here; left out, by the agent's address. */
  present?(info: MachineInfo): MachineInfo;
  /** A source that runs here and belongs to the machine. */
  besides?: BesidesSource;
}

/** An agent that is not always in the same place: asked before each connection, it may start one. */
export interface AgentFinder {
  /** For people. */
  readonly address: string;
  find(): Promise<Result<Pairing>>;
}

export interface BesidesSource {
  readonly source: Source;
  /** Resolves when what was printed before the call is in the log. */
  sync(): Promise<void>;
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
  const { scheduler = nodeScheduler, random } = options;
  const finder = "find" in options.pairing ? options.pairing : finderOf(options.pairing);
  const agent = new ReconnectingEngine({
    async connect(signal) {
      const pairing = await finder.find();
      if (!pairing.ok) return pairing;
      const port = options.port ? { port: options.port } : {};
      return connectAgent({ pairing: pairing.value, scheduler, signal, ...port });
    },
    scheduler,
    ...(random ? { random } : {}),
  });
  const giveUp = () => agent.dispose();
  options.signal?.addEventListener("abort", giveUp, { once: true });
  const first = await agent.settled();
  options.signal?.removeEventListener("abort", giveUp);
  if (!first.ok) {
    agent.dispose();
    return first;
  }
  return ok(await composeEngine(agent, options, finder.address, scheduler));
}

function finderOf(pairing: Pairing): AgentFinder {
  return { address: addressText(pairing), find: async () => ok(pairing) };
}

async function composeEngine(
  agent: ReconnectingEngine,
  options: RemoteEngineOptions,
  address: string,
  scheduler: Scheduler,
): Promise<RemoteEngine> {
  const { historyLines = DEFAULT_HISTORY_LINES, present, besides } = options;
  const [names, filter] = await Promise.all([agent.call("structures.names", {}), agent.call("debugFilter.get", {})]);
  const components = new Map(filter.ok ? filter.value.map(({ id, name }) => [id, name]) : []);
  const log = new Log({ scheduler, historyLines, names: { component: (id) => components.get(id) } });
  const here = new SourceSet(log, sourceMaker({ ...options, scheduler }), scheduler.wallClock);
  if (besides) here.start(besides.source);
  const machine = new RemoteMachine({ engine: agent, link: agent, address, ...(present ? { present } : {}) });
  const engine = createEngine(machine, {
    log,
    scheduler,
    sources: new RemoteSources(agent, here),
    structureNames: names.ok ? names.value : [],
    // The agent's engine has written them into its log, which comes here whole.
    notesMachineEvents: false,
    onFault: noteFault(log, scheduler),
  });
  const feed = new AgentLogFeed({ engine: agent, link: agent, log, scheduler, address });
  const sync = async () => {
    await Promise.all([feed.sync(), besides?.sync()]);
  };
  return {
    log,
    link: agent,
    sync,
    serve: (port) => engine.serve(port),
    connect: () => clientInStep(engine.connect(), agent, sync),
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
function clientInStep(client: EngineClient, agent: EngineClient, sync: () => Promise<void>): EngineClient {
  return {
    async call(verb, params, options) {
      if (verb === "log.flush") await agent.call("log.flush", {});
      if (readsTheLog.has(verb)) await sync();
      return client.call(verb, params, options);
    },
    on: (event, listener) => client.on(event, listener),
    dispose: () => client.dispose(),
  };
}
