/**
 * An agent's machine as a machine here: every question of the port is a verb of the agent's engine. So a local engine
 * can own it, with listings and a log of its own, and the window and the command line see no difference.
 *
 * A connection's handles are closed by the agent when it is lost. Handle numbers here tell the connection they were
 * opened on, so that a number of before can never mean another file that got it since.
 */
import type { EngineAnswer, EngineClient, EngineParams, EngineVerb } from "../engine/protocol";
import type { ClientToken } from "../machine/clientToken";
import type { IrpRowsQuery } from "../machine/irpTrace";
import type {
  ControlRequest,
  CreateServiceRequest,
  Disposable,
  FindQuery,
  HandleInfo,
  HandleScope,
  Machine,
  MachineEvent,
  MachineInfo,
  OpenedHandle,
  OpenRequest,
} from "../machine/machine";
import type { RunProgramRequest } from "../machine/programs";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { ClockCommand } from "../machine/threads";
import type { AgentLink } from "./reconnectingEngine";

export interface RemoteMachineOptions {
  /** Left to its owner: the machine does not dispose it. */
  engine: EngineClient;
  link: AgentLink;
  /** For people: `HOST:PORT`. */
  address: string;
  /** What the machine is called here; left out, its own name and the address. */
  present?(info: MachineInfo): MachineInfo;
}

/** Above every NT handle, which has 32 bits. */
const CONNECTION_STEP = 2 ** 32;

const unknownInfo: MachineInfo = {
  kind: "agent",
  name: "",
  system: "",
  capabilities: [],
  state: { kind: "running" },
};

export class RemoteMachine implements Machine {
  private readonly listeners = new Set<(event: MachineEvent) => void>();
  private readonly subscriptions: Disposable[];
  private lastInfo = unknownInfo;
  private wasConnected: boolean;
  /** On `performance.now()`'s clock. */
  private nextAttempt = 0;

  constructor(private readonly options: RemoteMachineOptions) {
    const { engine, link } = options;
    this.wasConnected = link.state.kind === "connected";
    this.subscriptions = [
      engine.on("machine", (event) => this.tell(event)),
      engine.on("program", (event) => this.tell(event)),
      link.onState(() => void this.linkChanged()),
    ];
  }

  /** Of a machine that cannot be asked: what was known of it, and that it is gone. */
  async info(): Promise<MachineInfo> {
    const answer = await this.ask("machine.info", {});
    if (answer.ok) {
      const { present = (info) => ({ ...info, kind: "agent", name: `${info.name} (${this.options.address})` }) } =
        this.options;
      this.lastInfo = present(answer.value);
      return this.lastInfo;
    }
    const name = this.lastInfo.name === "" ? this.options.address : this.lastInfo.name;
    return { ...this.lastInfo, name, state: { kind: "disconnected", reason: answer.error.message, ...this.retry() } };
  }

  onDidChange(listener: (event: MachineEvent) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  list = (path: string, signal?: AbortSignal) => this.ask("objects.list", { path }, signal);
  directories = (path: string, signal?: AbortSignal) => this.ask("objects.directories", { path }, signal);
  describe = (path: string, { open }: { open: boolean }, signal?: AbortSignal) =>
    this.ask("objects.describe", { path, open }, signal);
  resolve = (path: string) => this.ask("objects.resolve", { path });
  find = (query: FindQuery, signal?: AbortSignal) => this.ask("objects.find", query, signal);

  async open(request: OpenRequest, signal?: AbortSignal): Promise<Result<OpenedHandle>> {
    const connection = this.connection;
    const answer = await this.ask("devices.open", request, signal);
    return answer.ok ? ok({ ...answer.value, handle: answer.value.handle + connection * CONNECTION_STEP }) : answer;
  }

  async read(handle: number, length: number, offset?: number, signal?: AbortSignal) {
    const known = this.handleOf(handle);
    if (!known.ok) return known;
    return this.ask("devices.read", { handle: known.value, length, ...given(offset) }, signal);
  }

  async write(handle: number, data: Uint8Array, offset?: number, signal?: AbortSignal) {
    const known = this.handleOf(handle);
    if (!known.ok) return known;
    return this.ask("devices.write", { handle: known.value, data, ...given(offset) }, signal);
  }

  async control(handle: number, request: ControlRequest, signal?: AbortSignal) {
    const known = this.handleOf(handle);
    if (!known.ok) return known;
    return this.ask("devices.control", { handle: known.value, ...request }, signal);
  }

  async close(handle: number): Promise<Result<void>> {
    const known = this.handleOf(handle);
    return known.ok ? nothing(await this.ask("devices.close", { handle: known.value })) : known;
  }

  async handles(scope: HandleScope): Promise<Result<HandleInfo[]>> {
    const connection = this.connection;
    const answer = await this.ask("handles.list", { scope });
    if (!answer.ok || scope === "all") return answer;
    return ok(answer.value.map((info) => ({ ...info, handle: info.handle + connection * CONNECTION_STEP })));
  }

  async pending() {
    const answer = await this.ask("requests.pending", {});
    return answer.ok ? answer.value : [];
  }

  services = () => this.ask("services.list", {});
  queryService = (name: string) => this.ask("services.query", { name });
  createService = (request: CreateServiceRequest) => this.ask("services.create", request);
  startService = (name: string, signal?: AbortSignal) => this.ask("services.start", { name }, signal);
  stopService = (name: string, signal?: AbortSignal) => this.ask("services.stop", { name }, signal);
  deleteService = async (name: string) => nothing(await this.ask("services.delete", { name }));

  async builtinDrivers() {
    const answer = await this.ask("drivers.builtin", {});
    return answer.ok ? answer.value : [];
  }

  programs = () => this.ask("programs.list", {});
  runProgram = (request: RunProgramRequest) => this.ask("programs.run", request);
  programInput = async (processId: number, line?: string) =>
    nothing(await this.ask("programs.input", line === undefined ? { processId } : { processId, line }));
  programOutput = (processId: number, from: number, { wait }: { wait: boolean }, signal?: AbortSignal) =>
    this.ask("programs.output", { processId, from, wait }, signal);
  programKill = async (processId: number) => nothing(await this.ask("programs.kill", { processId }));
  processes = () => this.ask("processes.list", {});

  drivers = () => this.ask("drivers.list", {});
  devices = () => this.ask("devices.list", {});
  debugFilter = () => this.ask("debugFilter.get", {});
  setDebugFilter = async (component: number, level: number, on: boolean) =>
    nothing(await this.ask("debugFilter.set", { component, level, on }));
  setBootDebugFilter = async (component: number, mask: number) =>
    nothing(await this.ask("debugFilter.setBoot", { component, mask }));
  structure = (type: string, where?: string) =>
    this.ask("structures.dump", where === undefined ? { type } : { type, where });
  pool = (tag?: string) => this.ask("pool.usage", tag === undefined ? {} : { tag });
  poolBlocks = (tag?: string) => this.ask("pool.blocks", tag === undefined ? {} : { tag });
  clientToken = () => this.ask("client.get", {});
  setClientToken = (token: ClientToken) => this.ask("client.set", { token });
  irp = (address: string) => this.ask("requests.irp", { address });
  deviceStack = (path: string) => this.ask("devices.stack", { path });
  driverObject = (name: string) => this.ask("drivers.object", { name });
  traceState = () => this.ask("trace.state", {});
  traceRows = (query: IrpRowsQuery, signal?: AbortSignal) => this.ask("trace.rows", query, signal);
  traceIrp = (number: number) => this.ask("trace.irp", { number });
  setTraceRecording = async (on: boolean) => nothing(await this.ask("trace.record", { on }));
  clearTrace = async () => nothing(await this.ask("trace.clear", {}));
  waitGraph = () => this.ask("threads.graph", {});
  clock = () => this.ask("clock.get", {});
  setClock = (command: ClockCommand) => this.ask("clock.set", command);
  restart = async () => nothing(await this.ask("machine.restart", {}));

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.listeners.clear();
  }

  private ask<K extends EngineVerb>(
    verb: K,
    params: EngineParams<K>,
    signal?: AbortSignal,
  ): Promise<Result<EngineAnswer<K>>> {
    return this.options.engine.call(verb, params, signal ? { signal } : {});
  }

  /** How many connections there were before this one; the first one's handles keep the agent's own numbers. */
  private get connection(): number {
    const { state } = this.options.link;
    return state.kind === "connected" ? state.connection - 1 : 0;
  }

  private handleOf(handle: number): Result<number> {
    const { state } = this.options.link;
    if (state.kind !== "connected" || Math.floor(handle / CONNECTION_STEP) === state.connection - 1) {
      return ok(handle % CONNECTION_STEP);
    }
    const text = "The connection to the agent was lost since this was opened, and the agent closed it; open it again.";
    return fail(ntscopeError("handle-lost", text));
  }

  private retry(): { retryIn?: number } {
    if (this.options.link.state.kind !== "lost") return {};
    return { retryIn: Math.max(0, Math.round(this.nextAttempt - performance.now())) };
  }

  private async linkChanged(): Promise<void> {
    const { state } = this.options.link;
    if (state.kind === "lost") this.nextAttempt = performance.now() + state.retryIn;
    if (state.kind === "lost" && this.wasConnected) {
      this.wasConnected = false;
      this.tell({ kind: "stateChanged", state: { kind: "disconnected", reason: state.reason } });
    } else if (state.kind === "connected" && !this.wasConnected) {
      this.wasConnected = true;
      const { state: machineState } = await this.info();
      // Lost again meanwhile: that was told already.
      if (machineState.kind !== "disconnected") this.tell({ kind: "stateChanged", state: machineState });
      // Whatever changed while nobody listened.
      this.tell({ kind: "servicesChanged" });
      this.tell({ kind: "namespaceChanged", directories: ["\\"] });
    }
  }

  private tell(event: MachineEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}

function given(offset: number | undefined): { offset?: number } {
  return offset === undefined ? {} : { offset };
}

function nothing(result: Result<null>): Result<void> {
  return result.ok ? ok(undefined) : result;
}
