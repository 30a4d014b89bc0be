/**
 * The built-in kernel as a Machine: the same questions that a real one answers. Composition; the answers are in the
 * files beside this one, the words in `describe/`.
 */
import type { LogPrint } from "../log/logRecord";
import type {
  ControlRequest,
  CreateServiceRequest,
  DeviceSummary,
  Disposable,
  DriverSummary,
  Machine,
  MachineEvent,
  MachineInfo,
  MachineState,
  OpenRequest,
  PendingRequest,
} from "../machine/machine";
import { joinPath, ROOT_PATH } from "../machine/ntPath";
import type { RunProgramRequest } from "../machine/programs";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { ClockCommand, ClockState } from "../machine/threads";
import { type BootedKernel, beginBoot, bootKernel } from "./boot/bootKernel";
import { bugcheckText, machineStopped, reportText, toLogPrint } from "./describe/machineText";
import { deviceSummaries, driverSummaries } from "./describe/summaries";
import { builtinDrivers } from "./drivers/builtinDrivers";
import type { LoadDriverFile } from "./drivers/driverFile";
import type { Kernel } from "./kernel";
import type { BugcheckInfo, KernelHost } from "./kernelHost";
import { ModelMachineEvents, type Schedule } from "./modelMachineEvents";
import { ModelMachineFiles } from "./modelMachineFiles";
import { ModelMachineInspection } from "./modelMachineInspection";
import { directoryNames, ModelMachineObjects } from "./modelMachineObjects";
import { ModelMachinePrograms } from "./modelMachinePrograms";
import { ModelMachineServices } from "./modelMachineServices";
import { ModelMachineSession } from "./modelMachineSession";
import { ModelMachineThreads } from "./modelMachineThreads";
import { ModelMachineTrace } from "./modelMachineTrace";
import { KernelMode } from "./ob/caller";

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
  /**
   * Runs a task in so many milliseconds: when the machine's next timer is due. Without it, time passes only for those who
   * move the machine's clock on.
   */
  after?(milliseconds: number, task: () => void): Disposable;
  /**
   * Runs a step again and again until it answers true, with pauses in which questions can be answered. With it, the
   * first boot happens that way: the root's directories are known at once, every other answer waits until it is done.
   */
  inSteps?(step: () => boolean): Promise<unknown>;
  /** Reads drivers in files of the host, before the service that names one is started; without it the model has no files. */
  loadDriverFile?: LoadDriverFile | undefined;
}

const capabilities: MachineInfo["capabilities"] = [
  "services",
  "openDevices",
  "structures",
  "pool",
  "debugFilter",
  "restart",
  "handles",
  "runAs",
  "irpTrace",
  "programs",
  "threads",
  "clock",
];

interface Boot {
  readonly session: ModelMachineSession;
  readonly files: ModelMachineFiles;
  readonly objects: ModelMachineObjects;
  readonly services: ModelMachineServices;
  readonly inspection: ModelMachineInspection;
  readonly trace: ModelMachineTrace;
  readonly programs: ModelMachinePrograms;
  readonly threads: ModelMachineThreads;
}

type Question = (...parameters: never[]) => unknown;
/** Names of the methods of a part. */
type Questions<Part> = { [Name in keyof Part]: Part[Name] extends Question ? Name : never }[keyof Part];
/** The same, asked of a machine that may still be booting. */
type Passed<Asked> = Asked extends (...parameters: infer Parameters) => infer Answer
  ? (...parameters: Parameters) => Promise<Awaited<Answer>>
  : never;

interface Booting {
  readonly kernel: Kernel;
  readonly done: Promise<Boot>;
}

class ModelMachine implements Machine {
  readonly #schedule: Schedule;
  readonly #events: ModelMachineEvents;
  /** What is there until the first boot is done. */
  #booting: Booting | undefined;
  #booted: Boot | undefined;
  /** {@link HandleTable.changes} of all processes when last told of. */
  #handlesTold = 0;
  /** The pending requests last told of, as one text. */
  #pendingTold = "";
  #wake: Disposable | undefined;

  constructor(private readonly options: ModelMachineOptions) {
    this.#schedule = options.schedule ?? ((task) => void Promise.resolve().then(task));
    this.#events = new ModelMachineEvents(this.#schedule, options);
    const host = this.#host();
    if (options.inSteps === undefined) this.#booted = this.#begin(host, bootKernel(host));
    else this.#booting = this.#bootInSteps(host, options.inSteps);
  }

  /** The boot that is there, or the first one when it is done. */
  get #boot(): Boot | Promise<Boot> {
    return this.#booted ?? (this.#booting as Booting).done;
  }

  #bootInSteps(host: KernelHost, inSteps: NonNullable<ModelMachineOptions["inSteps"]>): Booting {
    const booting = beginBoot(host);
    let booted: BootedKernel | undefined;
    const isDone = () => {
      booted = booting.step();
      return booted !== undefined;
    };
    const done = inSteps(isDone).then(() => {
      this.#booted = this.#begin(host, booted as BootedKernel);
      this.#booting = undefined;
      return this.#booted;
    });
    return { kernel: booting.kernel, done };
  }

  #begin(host: KernelHost, booted: BootedKernel): Boot {
    const session = new ModelMachineSession(host, booted);
    // Only from here on: what booting makes is not news to anyone.
    host.didChange = ({ kind, directory, name, type }) => {
      this.#events.didChangeDirectory(directory);
      if (kind === "removed" && type === "Driver") session.reportLeakedPool(joinPath(directory, name));
    };
    const files = new ModelMachineFiles(session);
    const objects = new ModelMachineObjects(session, files, (signal) => this.#pause(signal));
    host.didChangeThreads = () => this.#events.didChangeThreads();
    const services = new ModelMachineServices(session, this.options.loadDriverFile !== undefined);
    const inspection = new ModelMachineInspection(session);
    const state = () => trace.state();
    const pause = (signal: AbortSignal | undefined) => this.#pause(signal);
    const changed = () => this.#events.didChangeTrace(state);
    const trace = new ModelMachineTrace(booted.kernel, changed, pause, this.#booted?.trace);
    const programs = new ModelMachinePrograms(session, this.#schedule, (event) => this.#events.emit(event));
    const threads = new ModelMachineThreads(session);
    return { session, files, objects, services, inspection, trace, programs, threads };
  }

  #host(): KernelHost {
    const { now, random, sink } = this.options;
    return {
      now,
      random,
      didPrint: (print) => sink.print(toLogPrint(print)),
      didBugcheck: (info) => this.#schedule(() => this.#didStop(info)),
      didReport: (report) => this.#events.emit({ kind: "report", report: reportText(report) }),
      wakeAfter: this.#wakeAfter(),
    };
  }

  /** One timer of the host's for all that is due on the machine. Of a machine before a restart, none is left. */
  #wakeAfter(): KernelHost["wakeAfter"] {
    const { after } = this.options;
    if (after === undefined) return undefined;
    this.#wake?.dispose();
    this.#wake = undefined;
    return (milliseconds) => {
      this.#wake?.dispose();
      this.#wake = milliseconds === undefined ? undefined : after(Math.ceil(milliseconds), () => this.#didWake());
    };
  }

  #didWake(): void {
    this.#wake = undefined;
    this.#booted?.session.kernel.wake();
    this.#tellPending(undefined);
  }

  #didStop(info: BugcheckInfo): void {
    this.#events.emit({ kind: "stateChanged", state: { kind: "bugchecked", bugcheck: bugcheckText(info) } });
    this.#booted?.session.end(machineStopped(info));
  }

  async #pause(signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve) => this.#schedule(resolve));
    if (signal?.aborted) throw new Error("aborted");
  }

  /** After every call that may have run a driver. */
  #tellPending<T>(answer: T): T {
    if (this.#booted === undefined) return answer;
    const { session, files } = this.#booted;
    this.#tellHandles(session);
    if (session.kernel.io.irps.live.length === 0 && this.#pendingTold === "") return answer;
    const pending = files.pending();
    const told = pending.map(({ irp, since }) => `${irp} ${since}`).join("\n");
    if (told === this.#pendingTold) return answer;
    this.#pendingTold = told;
    this.#events.emit({ kind: "pendingChanged", pending });
    this.#events.didChangeThreads();
    return answer;
  }

  #tellHandles({ kernel }: ModelMachineSession): void {
    const changes = kernel.ps.processes.reduce((sum, { handles }) => sum + handles.changes, 0);
    if (changes === this.#handlesTold) return;
    this.#handlesTold = changes;
    this.#events.emit({ kind: "handlesChanged" });
  }

  #servicesDone<T>(result: Result<T>): Result<T> {
    this.#events.didChangeServices();
    return this.#tellPending(result);
  }

  /** A question of the port that a part of the boot answers as it is. */
  #pass<Part extends keyof Boot, Name extends Questions<Boot[Part]>>(part: Part, name: Name): Passed<Boot[Part][Name]> {
    const ask = async (...parameters: unknown[]) => {
      const answers = (await this.#boot)[part] as Record<Name, (...parameters: unknown[]) => unknown>;
      return answers[name](...parameters);
    };
    return ask as Passed<Boot[Part][Name]>;
  }

  async info(): Promise<MachineInfo> {
    const { bugchecked } = (await this.#boot).session.kernel.ke;
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

  readonly list = this.#pass("objects", "list");

  async directories(path: string): Promise<Result<string[]>> {
    const kernel = path === ROOT_PATH ? this.#booting?.kernel : undefined;
    if (kernel !== undefined)
      return ok(kernel.ps.runAs(kernel.ps.systemThread, KernelMode, () => directoryNames(kernel.ob, kernel.ob.root)));
    return (await this.#boot).objects.directories(path);
  }

  async describe(path: string, options: { open: boolean }, signal?: AbortSignal) {
    return this.#whilePending((await this.#boot).objects.describe(path, options, signal));
  }

  readonly resolve = this.#pass("objects", "resolve");
  readonly find = this.#pass("objects", "find");

  async open(request: OpenRequest, signal?: AbortSignal) {
    return this.#whilePending((await this.#boot).files.open(request, signal));
  }

  async read(handle: number, length: number, offset?: number, signal?: AbortSignal) {
    return this.#whilePending((await this.#boot).files.read(handle, length, offset, signal));
  }

  async write(handle: number, data: Uint8Array, offset?: number, signal?: AbortSignal) {
    return this.#whilePending((await this.#boot).files.write(handle, data, offset, signal));
  }

  async control(handle: number, request: ControlRequest, signal?: AbortSignal) {
    return this.#whilePending((await this.#boot).files.control(handle, request, signal));
  }

  async close(handle: number) {
    return this.#whilePending((await this.#boot).files.close(handle));
  }

  /** Tells of a request that a driver keeps while its caller still waits for it. */
  async #whilePending<T>(request: Promise<T>): Promise<T> {
    this.#tellPending(undefined);
    const waiting = this.#turnsWaiting;
    if (waiting > 0) this.#tellClock();
    const answer = await request;
    if (waiting > 0) this.#tellClock();
    return this.#tellPending(answer);
  }

  get #turnsWaiting(): number {
    return this.#booted?.session.turns.count ?? 0;
  }

  readonly handles = this.#pass("files", "handles");

  async pending(): Promise<PendingRequest[]> {
    const { session, files } = await this.#boot;
    return session.stopped === undefined ? files.pending() : [];
  }

  readonly services = this.#pass("services", "list");
  readonly queryService = this.#pass("services", "query");

  async createService(request: CreateServiceRequest) {
    return this.#servicesDone((await this.#boot).services.create(request));
  }

  async startService(name: string, signal?: AbortSignal) {
    const { loadDriverFile } = this.options;
    const binPath = loadDriverFile && (await this.#boot).services.binPathOf(name);
    const file = binPath === undefined ? undefined : await loadDriverFile?.(binPath);
    // Reading takes a while, in which the machine may have been restarted and the service be another.
    const offered = file && { binPath: binPath as string, file };
    return this.#servicesDone(await this.#whilePending((await this.#boot).services.start(name, signal, offered)));
  }

  async stopService(name: string, signal?: AbortSignal) {
    return this.#servicesDone(await this.#whilePending((await this.#boot).services.stop(name, signal)));
  }

  async deleteService(name: string) {
    return this.#servicesDone((await this.#boot).services.delete(name));
  }

  async builtinDrivers() {
    return builtinDrivers.map(({ name, description }) => ({ binPath: `builtin:${name}`, description }));
  }

  async programs() {
    return ok((await this.#boot).programs.list());
  }

  async runProgram(request: RunProgramRequest) {
    return this.#tellPending((await this.#boot).programs.run(request));
  }

  async programInput(processId: number, line?: string) {
    return this.#tellPending((await this.#boot).programs.input(processId, line));
  }

  readonly programOutput = this.#pass("programs", "output");

  async programKill(processId: number) {
    return this.#tellPending((await this.#boot).programs.kill(processId));
  }

  readonly processes = this.#pass("programs", "processes");

  async drivers(): Promise<Result<DriverSummary[]>> {
    const { session } = await this.#boot;
    return session.run(() => driverSummaries(session.parts));
  }

  async devices(): Promise<Result<DeviceSummary[]>> {
    const { session } = await this.#boot;
    return session.run(() => deviceSummaries(session.parts));
  }

  readonly debugFilter = this.#pass("objects", "debugFilter");
  readonly setDebugFilter = this.#pass("objects", "setDebugFilter");

  async setBootDebugFilter(): Promise<Result<void>> {
    return fail(ntscopeError("not-on-this-machine", "The model boots with Windows' own masks each time."));
  }

  readonly structure = this.#pass("objects", "structure");
  readonly pool = this.#pass("objects", "pool");
  readonly poolBlocks = this.#pass("objects", "poolBlocks");
  readonly clientToken = this.#pass("objects", "clientToken");
  readonly setClientToken = this.#pass("objects", "setClientToken");
  readonly irp = this.#pass("inspection", "irp");
  readonly deviceStack = this.#pass("inspection", "deviceStack");
  readonly driverObject = this.#pass("inspection", "driverObject");

  async traceState() {
    return ok((await this.#boot).trace.state());
  }

  readonly traceRows = this.#pass("trace", "rows");
  readonly traceIrp = this.#pass("trace", "irp");
  readonly setTraceRecording = this.#pass("trace", "setRecording");
  readonly clearTrace = this.#pass("trace", "clear");
  readonly waitGraph = this.#pass("threads", "graph");
  readonly clock = this.#pass("threads", "clock");

  async setClock(command: ClockCommand): Promise<Result<ClockState>> {
    const { threads } = await this.#boot;
    const state = threads.set(command);
    this.#tellPending(undefined);
    if (state.ok) this.#events.emit({ kind: "clockChanged", state: state.value });
    return state;
  }

  /** Requests came, went in or were given up while the clock is paused. */
  #tellClock(): void {
    const state = this.#booted?.threads.clock();
    if (state?.ok && state.value.isPaused) this.#events.emit({ kind: "clockChanged", state: state.value });
  }

  async restart(): Promise<Result<void>> {
    const before = await this.#boot;
    before.programs.end();
    // A driver that does not answer does not keep the machine from booting anew.
    before.session.kernel.shutdown();
    const host = this.#host();
    this.#booted = this.#begin(host, bootKernel(host));
    before.session.end(ntscopeError("machine-restarted", "The machine was restarted; the request is gone with it."));
    this.#pendingTold = "";
    this.#events.emit({ kind: "stateChanged", state: { kind: "running" } });
    this.#events.emit({ kind: "pendingChanged", pending: [] });
    const clock = this.#booted.threads.clock();
    if (clock.ok) this.#events.emit({ kind: "clockChanged", state: clock.value });
    this.#events.didChangeThreads();
    // The root stands for all: every directory is another one now.
    this.#events.emit({ kind: "namespaceChanged", directories: [ROOT_PATH] });
    this.#events.didChangeServices();
    return ok(undefined);
  }

  dispose(): void {
    this.#wake?.dispose();
    this.#events.dispose();
    this.#booted?.session.end(ntscopeError("machine-closed", "The machine was closed."));
  }
}

/** Boots a model machine. */
export function createModelMachine(options: ModelMachineOptions): Machine {
  return new ModelMachine(options);
}
