/**
 * The model kernel: its parts, in the order in which one needs the other. Composition only.
 */
import { type Address, addressToHex } from "../../native-bindings/abi/address";
import { RtlNtStatusToDosError } from "../../native-bindings/abi/win32/fromNtStatus";
import { KeyObjects } from "./cm/keyObjects";
import { DEBUG_PRINT_FILTER_KEY, Registry } from "./cm/registry";
import { RegistryCallbacks } from "./cm/registryCallbacks";
import { RtlRegistry } from "./cm/rtlRegistry";
import { ZwKeys } from "./cm/zwKeys";
import { DebugPrint } from "./dbg/debugPrint";
import { DriverPool } from "./ex/driverPool";
import { LookasideLists } from "./ex/lookasideLists";
import { Pool, type PoolLimits } from "./ex/pool";
import { Resources } from "./ex/resources";
import { WorkItems } from "./ex/workItems";
import type { DriverImages } from "./io/driverImage";
import { DriverIo } from "./io/driverIo";
import { IoManager } from "./io/ioManager";
import type { Coroutine } from "./ke/call";
import { FastMutexes } from "./ke/fastMutexes";
import { Ke } from "./ke/ke";
import type { Later } from "./ke/later";
import type { KernelModule } from "./ke/routines";
import type { CurrentWait, KeThread } from "./ke/threadControl";
import { Threading, type ThreadingContext } from "./ke/threading";
import { type WaitedFor, WaitGraphs } from "./ke/waitGraph";
import { type GateResult, KernelGate } from "./kernelGate";
import type { KernelHost } from "./kernelHost";
import { KernelMemory } from "./mem/kernelMemory";
import { NtFiles } from "./nt/files";
import { cancelThreadIo } from "./nt/filesCancel";
import { IoCompletionCalls } from "./nt/ioCompletionCalls";
import { NtObjects } from "./nt/objects";
import { Win32Files } from "./nt/win32";
import { KernelMode } from "./ob/caller";
import { ensureDirectory, toSystemTime } from "./ob/namedObjects";
import { ObCallbacks } from "./ob/obCallbacks";
import { ObjectManager } from "./ob/objectManager";
import { LeftRunning } from "./ps/leftRunning";
import { NotifyRoutines } from "./ps/notifyRoutines";
import { ProcessEnd } from "./ps/processEnd";
import { type Process, Ps, type Thread } from "./ps/ps";
import { SystemThreads } from "./ps/systemThreads";
import { createTypeVariables, type TypeVariables } from "./ps/typeVariables";
import { ServiceControl } from "./scm/serviceControl";
import { processTokens } from "./se/processTokens";
import { Se } from "./se/se";
import { secureNamespace } from "./se/secureNamespace";

export interface KernelOptions {
  /** Where drivers' code comes from. */
  readonly images: DriverImages;
  readonly poolLimits?: PoolLimits;
}

/** Errors, warnings, traces and informations of the component DEFAULT: how a driver developer sets up a machine. */
const DEVELOPER_MASK = 0xf;
/** Large enough for a kernel's own routines. */
const NT_IMAGE_SIZE = 0x10_0000;

export class Kernel {
  readonly mem = new KernelMemory();
  readonly ke: Ke;
  /** The kernel's own image, for routines that have addresses. */
  readonly nt: KernelModule;
  readonly pool: Pool;
  /** The same pool as drivers use it. */
  readonly driverPool: DriverPool;
  readonly lookaside: LookasideLists;
  readonly ob: ObjectManager;
  readonly se: Se;
  readonly ps: Ps;
  /** Drivers that are told of processes, threads and images. */
  readonly notify: NotifyRoutines;
  /** Drivers that are told of handles to processes and threads. */
  readonly obCallbacks: ObCallbacks;
  readonly typeVariables: TypeVariables;
  readonly cm: Registry;
  readonly keys: KeyObjects;
  readonly zwKeys: ZwKeys;
  /** Drivers that are told of what is done to keys. */
  readonly cmCallbacks: RegistryCallbacks;
  readonly rtlRegistry: RtlRegistry;
  readonly dbg: DebugPrint;
  /** Clock, waits, timers, DPCs, scheduler. */
  readonly threading: Threading;
  readonly fastMutexes: FastMutexes;
  readonly resources: Resources;
  readonly waitGraphs: WaitGraphs;
  readonly systemThreads: SystemThreads;
  readonly processEnd: ProcessEnd;
  readonly workItems: WorkItems;
  readonly io: IoManager;
  /** What drivers ask of the I/O manager beyond devices and requests. */
  readonly driverIo: DriverIo;
  readonly scm: ServiceControl;
  readonly gate: KernelGate;
  /** System calls on objects of all other kinds. */
  readonly objects: NtObjects;
  /** System calls on files. */
  readonly files: NtFiles;
  /** System calls on completion ports. */
  readonly ioCompletions: IoCompletionCalls;
  /** CreateFileW and its kin. */
  readonly win32: Win32Files;

  constructor(
    readonly host: KernelHost,
    options: KernelOptions,
  ) {
    this.ke = new Ke(host);
    this.nt = this.ke.routines.defineModule("nt", NT_IMAGE_SIZE);
    this.pool = new Pool(this.mem, this.ke, options.poolLimits);
    this.driverPool = new DriverPool(this.pool, (rule, message, module) => {
      host.didReport({ rule, message, driver: this.#driverOf(module) });
    });
    this.lookaside = new LookasideLists(this.mem, this.pool, this.driverPool, this.nt);
    this.ob = new ObjectManager(this.mem, this.pool, this.ke, host);
    this.se = new Se(this.mem, this.ob);
    this.ps = new Ps(this.mem, this.ob, processTokens(this.se));
    // What the object manager has made before there was anybody to ask.
    secureNamespace(this.ob, this.se);
    this.notify = new NotifyRoutines(this.pool);
    this.ps.watch = this.notify;
    this.typeVariables = createTypeVariables(this.pool, this.ps);
    this.obCallbacks = new ObCallbacks(this.pool, this.typeVariables.typeAt, (isAny) => {
      this.ob.handles.watch = isAny ? this.obCallbacks : undefined;
    });
    this.cm = new Registry();
    this.keys = new KeyObjects(this.ob, this.cm);
    this.cmCallbacks = new RegistryCallbacks(this.pool);
    const now = () => toSystemTime(host.now());
    this.zwKeys = new ZwKeys(this.mem, this.ob, this.keys, this.cm, this.cmCallbacks, now);
    this.rtlRegistry = new RtlRegistry(this.pool, this.cm, this.zwKeys);
    this.dbg = new DebugPrint(this.mem, this.ke, host, () => {
      const { process, thread } = this.ps.current;
      return { processId: process.id, threadId: thread.id, processName: process.name };
    });
    this.threading = new Threading(this.mem, this.pool, this.ke, this.#threadingContext());
    const { scheduler, dispatcher } = this.threading;
    const running = new LeftRunning(this.mem, this.ke, this.ps, this.threading);
    this.objects = new NtObjects({
      dispatcher,
      memory: this.mem,
      ob: this.ob,
      ps: this.ps,
      printk: (text) => this.dbg.DbgPrint("%ws", text),
    });
    this.io = new IoManager({
      memory: this.mem,
      pool: this.pool,
      ke: this.ke,
      ob: this.ob,
      registry: this.cm,
      images: options.images,
      nt: this.nt,
      asSystem: (action) => scheduler.begin(this.#worker(), KernelMode, action),
      currentThread: () => this.ps.current.thread,
      running: () => this.ps.current,
      threadOf: (object) => this.ps.threadAt(object),
      finish: (coroutine) => scheduler.finish(coroutine),
      reportRunning: ({ module, name }, when) => running.report(module, name, when),
      startWorker: (work) => void scheduler.start(this.#worker(), KernelMode, work),
      inSystemThread: (action) => void scheduler.start(this.#worker(), KernelMode, once(action)),
    });
    this.driverIo = new DriverIo(this.io, this.io.dependencies, this.threading);
    const { calls, completion } = this.io;
    const current = () => this.ps.current.thread;
    this.fastMutexes = new FastMutexes(this.mem, this.ke, dispatcher, current);
    this.resources = new Resources(this.mem, this.ke, current);
    this.waitGraphs = new WaitGraphs(this.mem, (resource) => this.resources.holders(resource));
    const start = (routine: Address, first: Address, second = 0) => calls.start(routine, first, second, 0);
    this.systemThreads = new SystemThreads(this.mem, this.ke, this.ob, this.ps, scheduler, dispatcher, start);
    this.processEnd = new ProcessEnd(this.ob, this.io, this.ps, scheduler, dispatcher, this.systemThreads);
    this.workItems = new WorkItems(this.mem, this.pool, this.ke, this.ob, start, (work) => {
      scheduler.start(this.#worker(), KernelMode, work);
    });
    this.io.whenImageMapped = (path, module) => this.notify.image(path, module);
    this.scm = new ServiceControl(this.cm, this.#serviceDrivers());
    this.gate = new KernelGate(
      this.ke,
      (error) => calls.trap(error, 0),
      () => {
        completion.deliver();
        scheduler.run();
        completion.deliver();
      },
    );
    this.files = new NtFiles(
      { ob: this.ob, io: this.io, driverIo: () => this.driverIo, events: () => this.objects.events.type },
      this.ps,
      this.gate,
    );
    this.ioCompletions = new IoCompletionCalls(this.ob, this.driverIo.completions, scheduler);
    this.ps.whenThreadEnds = (thread) => cancelThreadIo(this.io, thread);
    this.win32 = new Win32Files(this.files);
  }

  #worker(): Thread {
    return this.ps.idleThread(this.ps.system);
  }

  #threadingContext(): ThreadingContext {
    const { host } = this;
    return {
      current: () => this.ps.current,
      runAs: (thread, mode, action) =>
        this.ps.runAs(thread as Thread, mode, action, thread.control.attachedTo as Process),
      guard: (action) => void this.gate.run(action),
      worker: () => this.#worker(),
      didPark: (thread) => this.#didPark(thread),
      didResume: () => this.io.watch.onResume?.(),
      didChangeState: () => host.didChangeThreads?.(),
      wakeAfter: (milliseconds) => host.wakeAfter?.(milliseconds),
      callDpc: (routine, dpc, context, first, second) => this.io.calls.callDpc(routine, dpc, context, first, second),
    };
  }

  #didPark(thread: KeThread): void {
    const { wait } = thread.control;
    if (wait === undefined) return;
    const targets = this.waitGraphs.targets(wait);
    this.io.watch.onWait?.(waitText(wait, targets));
    // Only who waits for what can be held closes a circle.
    if (targets.some(({ owners }) => owners.length > 0)) this.#lookForDeadlock(thread);
  }

  #lookForDeadlock(thread: KeThread): void {
    const { waitGraphs, ps } = this;
    for (const circle of waitGraphs.deadlocks(ps.threads)) {
      if (circle.includes(thread)) this.#reportDeadlock(circle, thread);
    }
  }

  /** @param last the thread that closed the circle: the driver it is in is as guilty as any */
  #reportDeadlock(circle: readonly KeThread[], last: KeThread): void {
    const driver = last.control.routines[0]?.split("!")[0];
    const message = this.#deadlockText(circle);
    this.ke.report({ rule: "deadlock", message, ...(driver === undefined ? {} : { driver }) });
  }

  #deadlockText(circle: readonly KeThread[]): string {
    const links = circle.map(({ id, control }) => {
      const targets = control.wait === undefined ? [] : this.waitGraphs.targets(control.wait);
      const what = targets.map(({ kind, address }) => `${kind} ${addressToHex(address)}`).join(", ");
      const where = control.routines[0] === undefined ? "" : ` in ${control.routines[0]}`;
      return `thread ${id}${where} waits for ${what}`;
    });
    const held =
      circle.length === 1 ? "which it holds itself" : "each of which the next one holds, and the last one's the first";
    return `Threads wait for each other for ever: ${links.join("; ")}; ${held}.`;
  }

  /** What has become due runs. For hosts, when what they were asked for in `wakeAfter` has passed. */
  wake(): void {
    this.gate.run(() => undefined);
  }

  /** "\\Driver\\Example" for a module's name. */
  #driverOf(module: string): string {
    return this.io.drivers.byModule(module)?.name ?? module;
  }

  /**
   * What the machine does before it is turned off or boots anew: devices that registered for it get IRP_MJ_SHUTDOWN.
   * @returns what settles when the last has been told; a driver that never answers keeps it
   */
  shutdown(): GateResult<number | Later<number>> {
    const { scheduler } = this.threading;
    return this.enter(() => scheduler.begin(this.#worker(), KernelMode, () => this.driverIo.shutdown.notify()));
  }

  /**
   * Takes away the Plug and Play devices of a driver, which is unloaded with the last of them.
   * @returns an NTSTATUS: what the driver refused it with
   */
  removeDevices(driver: Address): GateResult<number | Later<number>> {
    const { pnp } = this.driverIo;
    return this.enter(() => this.threading.scheduler.begin(this.#worker(), KernelMode, () => removeAll(pnp, driver)));
  }

  #serviceDrivers() {
    return {
      NtLoadDriver: (servicePath: string) => this.io.NtLoadDriver(servicePath),
      NtUnloadDriver: (servicePath: string) => this.io.NtUnloadDriver(servicePath),
      driverState: (servicePath: string) => this.io.driverState(servicePath),
      statusToWin32: RtlNtStatusToDosError,
    };
  }

  /**
   * What the kernel itself does at boot: its directories, the types that nothing owns, the debug print filter from the
   * registry (DEFAULT is 0xF there unless something else was set before).
   */
  boot(): void {
    for (const path of ["\\Device", "\\Driver", "\\FileSystem"]) ensureDirectory(this.ob, path);
    secureNamespace(this.ob, this.se);
    this.ob.createRemainingTypes();
    const filter = this.cm.ensure(DEBUG_PRINT_FILTER_KEY);
    if (filter.value("DEFAULT") === undefined) filter.setNumber("DEFAULT", DEVELOPER_MASK);
    for (const { name, data } of filter.values()) {
      if (data.type === "REG_DWORD") this.dbg.masks.load([[name, data.number]]);
    }
  }

  /** Runs kernel code from outside; see {@link KernelGate.run}. */
  enter<T>(action: () => T): GateResult<T> {
    return this.gate.run(action);
  }
}

/** "Mutant 0xFFFF...", "time to pass". */
function waitText({ request }: CurrentWait, targets: readonly WaitedFor[]): string {
  if (targets.length === 0) return "time to pass";
  const texts = targets.map(({ kind, name, address }) => `${kind} ${name === "" ? addressToHex(address) : name}`);
  return texts.join(request.waitAll ? " and " : " or ");
}

// biome-ignore lint/correctness/useYield: a routine of a thread that has nothing to wait for
function* once(action: () => void): Coroutine<undefined> {
  action();
  return undefined;
}

function* removeAll(pnp: DriverIo["pnp"], driver: Address): Coroutine<number> {
  let status = 0;
  for (const node of pnp.nodesOf(driver)) status = (yield* pnp.remove(node)) || status;
  return status;
}
