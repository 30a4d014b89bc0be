/**
 * The built-in kernel as a Machine: the same questions that a real one answers. Composition; the answers are in the
 * files beside this one, the words in `describe/`.
 */
import type { LogPrint } from "../log/logRecord";
import type {
  CreateServiceRequest,
  DeviceSummary,
  Disposable,
  DriverSummary,
  FindQuery,
  Machine,
  MachineEvent,
  MachineInfo,
  MachineState,
  OpenRequest,
  PendingRequest,
} from "../machine/machine";
import { joinPath, ROOT_PATH } from "../machine/ntPath";
import { ntscopeError, ok, type Result } from "../machine/result";
import { bugcheckText, machineStopped, reportText } from "./describe/machineText";
import { deviceSummaries, driverSummaries } from "./describe/summaries";
import { builtinDrivers } from "./drivers/builtinDrivers";
import type { BugcheckInfo, DebugPrintEvent, KernelHost } from "./kernelHost";
import { ModelMachineEvents, type Schedule } from "./modelMachineEvents";
import { ModelMachineFiles } from "./modelMachineFiles";
import { ModelMachineObjects } from "./modelMachineObjects";
import { ModelMachineServices } from "./modelMachineServices";
import { ModelMachineSession } from "./modelMachineSession";

export interface ModelMachineOptions {
  /** Unix milliseconds, fractional. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** Told of each DbgPrint call that the masks let through. */
  sink: { print(print: LogPrint): void };
  /**
   * Runs a task soon, when the kernel is not running. A host that wants long searches to give way to other work hands in
   * its timer; without one, tasks run as microtasks.
   */
  schedule?: Schedule;
}

const capabilities: MachineInfo["capabilities"] = [
  "services",
  "openDevices",
  "structures",
  "pool",
  "debugFilter",
  "restart",
  "handles",
];

function toLogPrint(print: DebugPrintEvent): LogPrint {
  const { text, component, level, processId, threadId, processName: process, time } = print;
  return { source: "kernel", text, component, level, processId, threadId, process, time };
}

interface Boot {
  readonly session: ModelMachineSession;
  readonly files: ModelMachineFiles;
  readonly objects: ModelMachineObjects;
  readonly services: ModelMachineServices;
}

class ModelMachine implements Machine {
  readonly #schedule: Schedule;
  readonly #events: ModelMachineEvents;
  #boot: Boot;
  /** The pending requests last told of, as one text. */
  #pendingTold = "";

  constructor(private readonly options: ModelMachineOptions) {
    this.#schedule = options.schedule ?? ((task) => void Promise.resolve().then(task));
    this.#events = new ModelMachineEvents(this.#schedule);
    this.#boot = this.#start();
  }

  #start(): Boot {
    const host = this.#host();
    const session = new ModelMachineSession(host);
    // Only from here on: what booting makes is not news to anyone.
    host.didChange = ({ kind, directory, name, type }) => {
      this.#events.didChangeDirectory(directory);
      if (kind === "removed" && type === "Driver") session.reportLeakedPool(joinPath(directory, name));
    };
    const files = new ModelMachineFiles(session);
    const objects = new ModelMachineObjects(session, files, (signal) => this.#pause(signal));
    return { session, files, objects, services: new ModelMachineServices(session) };
  }

  #host(): KernelHost {
    const { now, random, sink } = this.options;
    return {
      now,
      random,
      didPrint: (print) => sink.print(toLogPrint(print)),
      didBugcheck: (info) => this.#schedule(() => this.#didStop(info)),
      didReport: (report) => this.#events.emit({ kind: "report", report: reportText(report) }),
    };
  }

  #didStop(info: BugcheckInfo): void {
    this.#events.emit({ kind: "stateChanged", state: { kind: "bugchecked", bugcheck: bugcheckText(info) } });
    this.#boot.session.end(machineStopped(info));
  }

  async #pause(signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve) => this.#schedule(resolve));
    if (signal?.aborted) throw new Error("aborted");
  }

  /** After every call that may have run a driver. */
  #tellPending<T>(answer: T): T {
    const { kernel } = this.#boot.session;
    if (kernel.io.irps.live.length === 0 && this.#pendingTold === "") return answer;
    const pending = this.#boot.files.pending();
    const told = pending.map(({ irp, since }) => `${irp} ${since}`).join("\n");
    if (told === this.#pendingTold) return answer;
    this.#pendingTold = told;
    this.#events.emit({ kind: "pendingChanged", pending });
    return answer;
  }

  #servicesDone<T>(result: Result<T>): Result<T> {
    this.#events.didChangeServices();
    return this.#tellPending(result);
  }

  async info(): Promise<MachineInfo> {
    const { bugchecked } = this.#boot.session.kernel.ke;
    const state: MachineState =
      bugchecked === undefined ? { kind: "running" } : { kind: "bugchecked", bugcheck: bugcheckText(bugchecked) };
    return {
      kind: "model",
      name: "Model kernel",
      system: "Windows 10 22H2 (10.0.19045)",
      capabilities: [...capabilities],
      state,
    };
  }

  onDidChange(listener: (event: MachineEvent) => void): Disposable {
    return this.#events.listen(listener);
  }

  async list(path: string) {
    return this.#boot.objects.list(path);
  }

  async describe(path: string, options: { open: boolean }, signal?: AbortSignal) {
    return this.#whilePending(this.#boot.objects.describe(path, options, signal));
  }

  async resolve(path: string) {
    return this.#boot.objects.resolve(path);
  }

  async find(query: FindQuery, signal?: AbortSignal) {
    return this.#boot.objects.find(query, signal);
  }

  async open(request: OpenRequest, signal?: AbortSignal) {
    return this.#whilePending(this.#boot.files.open(request, signal));
  }

  async read(handle: number, length: number, offset?: number, signal?: AbortSignal) {
    return this.#whilePending(this.#boot.files.read(handle, length, offset, signal));
  }

  async write(handle: number, data: Uint8Array, offset?: number, signal?: AbortSignal) {
    return this.#whilePending(this.#boot.files.write(handle, data, offset, signal));
  }

  async close(handle: number) {
    return this.#whilePending(this.#boot.files.close(handle));
  }

  /** Tells of a request that a driver keeps while its caller still waits for it. */
  async #whilePending<T>(request: Promise<T>): Promise<T> {
    this.#tellPending(undefined);
    return this.#tellPending(await request);
  }

  async handles() {
    return this.#boot.files.handles();
  }

  async pending(): Promise<PendingRequest[]> {
    return this.#boot.session.stopped === undefined ? this.#boot.files.pending() : [];
  }

  async services() {
    return this.#boot.services.list();
  }

  async queryService(name: string) {
    return this.#boot.services.query(name);
  }

  async createService(request: CreateServiceRequest) {
    return this.#servicesDone(this.#boot.services.create(request));
  }

  async startService(name: string) {
    return this.#servicesDone(this.#boot.services.start(name));
  }

  async stopService(name: string) {
    return this.#servicesDone(this.#boot.services.stop(name));
  }

  async deleteService(name: string) {
    return this.#servicesDone(this.#boot.services.delete(name));
  }

  async builtinDrivers() {
    return builtinDrivers.map(({ name, description }) => ({ binPath: `builtin:${name}`, description }));
  }

  async drivers(): Promise<Result<DriverSummary[]>> {
    const { session } = this.#boot;
    return session.run(() => driverSummaries(session.parts));
  }

  async devices(): Promise<Result<DeviceSummary[]>> {
    const { session } = this.#boot;
    return session.run(() => deviceSummaries(session.parts));
  }

  async debugFilter() {
    return this.#boot.objects.debugFilter();
  }

  async setDebugFilter(component: number, level: number, on: boolean) {
    return this.#boot.objects.setDebugFilter(component, level, on);
  }

  async structure(type: string, where?: string) {
    return this.#boot.objects.structure(type, where);
  }

  async pool(tag?: string) {
    return this.#boot.objects.pool(tag);
  }

  async restart(): Promise<Result<void>> {
    const before = this.#boot.session;
    this.#boot = this.#start();
    before.end(ntscopeError("machine-restarted", "The machine was restarted; the request is gone with it."));
    this.#pendingTold = "";
    this.#events.emit({ kind: "stateChanged", state: { kind: "running" } });
    this.#events.emit({ kind: "pendingChanged", pending: [] });
    // The root stands for all: every directory is another one now.
    this.#events.emit({ kind: "namespaceChanged", directories: [ROOT_PATH] });
    this.#events.didChangeServices();
    return ok(undefined);
  }

  dispose(): void {
    this.#events.dispose();
    this.#boot.session.end(ntscopeError("machine-closed", "The machine was closed."));
  }
}

/** Boots a model machine. */
export function createModelMachine(options: ModelMachineOptions): Machine {
  return new ModelMachine(options);
}
