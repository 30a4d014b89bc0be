/**
 * The model kernel: its parts, in the order in which one needs the other. Composition only.
 */
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
import type { DriverImages } from "./io/driverImage";
import { IoManager } from "./io/ioManager";
import { Ke } from "./ke/ke";
import type { KernelModule } from "./ke/routines";
import { type GateResult, KernelGate } from "./kernelGate";
import type { KernelHost } from "./kernelHost";
import { KernelMemory } from "./mem/kernelMemory";
import { NtFiles } from "./nt/files";
import { NtObjects } from "./nt/objects";
import { Win32Files } from "./nt/win32";
import { KernelMode } from "./ob/caller";
import { ensureDirectory, toSystemTime } from "./ob/namedObjects";
import { ObCallbacks } from "./ob/obCallbacks";
import { ObjectManager } from "./ob/objectManager";
import { NotifyRoutines } from "./ps/notifyRoutines";
import { Ps } from "./ps/ps";
import { createTypeVariables, type TypeVariables } from "./ps/typeVariables";
import { ServiceControl } from "./scm/serviceControl";

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
  readonly io: IoManager;
  readonly scm: ServiceControl;
  readonly gate: KernelGate;
  /** System calls on objects of all other kinds. */
  readonly objects: NtObjects;
  /** System calls on files. */
  readonly files: NtFiles;
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
    this.ps = new Ps(this.mem, this.ob);
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
    this.objects = new NtObjects({
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
      asSystem: (action) => this.ps.runAs(this.ps.systemThread, KernelMode, action),
    });
    this.io.whenImageMapped = (path, module) => this.notify.image(path, module);
    this.scm = new ServiceControl(this.cm, this.#serviceDrivers());
    const { calls, completion } = this.io;
    this.gate = new KernelGate(
      this.ke,
      (error) => calls.trap(error, 0),
      () => completion.deliver(),
    );
    this.files = new NtFiles(this.ob, this.io, this.ps, this.gate);
    this.win32 = new Win32Files(this.files);
  }

  /** "\\Driver\\Example" for a module's name. */
  #driverOf(module: string): string {
    return this.io.drivers.byModule(module)?.name ?? module;
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
