/** A booted kernel for tests, with drivers given as functions and a user process to call from. */
import type { Address } from "../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../native-bindings/abi/ntstatus/codes";
import { DRIVER_OBJECT } from "../../native-bindings/abi/structures/driverObject";
import { IRP } from "../../native-bindings/abi/structures/irp";
import { BuiltinDriverImages } from "./io/driverImage";
import { atOnce, type MayWait } from "./ke/call";
import type { KernelModule, Routine } from "./ke/routines";
import { Kernel } from "./kernel";
import { UserMode } from "./ob/caller";
import type { Process, Thread } from "./ps/ps";
import { servicePath } from "./scm/serviceDatabase";
import { TestHost } from "./testHost";

export type Dispatch = (device: Address, irp: Address) => MayWait<number>;

/** What a test driver is given: its driver object and the few things every driver does. */
export class TestDriver {
  #routines = 0;

  constructor(
    readonly kernel: Kernel,
    readonly module: KernelModule,
    readonly object: Address,
    readonly registryPath: string,
  ) {}

  routine(routine: Routine, name = `routine${this.#routines++}`): Address {
    return this.kernel.ke.routines.define(this.module, name, routine);
  }

  /** For one major function, or for all. */
  handle(major: number | "all", dispatch: Dispatch): void {
    const routine = this.routine(dispatch, `dispatch_${major}`);
    for (let index = 0; index <= 0x1b; index++) {
      if (major !== "all" && major !== index) continue;
      this.kernel.mem.writePointer(this.object + DRIVER_OBJECT.offset.MajorFunction + index * 8, routine);
    }
  }

  onUnload(unload: (object: Address) => void): void {
    const routine = this.routine((object: Address) => unload(object), "DriverUnload");
    this.kernel.mem.writePointer(this.object + DRIVER_OBJECT.offset.DriverUnload, routine);
  }

  createDevice(name: string | undefined, characteristics = 0, exclusive = false, extension = 0): Address {
    const created = this.kernel.io.devices.IoCreateDevice(
      this.object,
      extension,
      name,
      0x22,
      characteristics,
      exclusive,
    );
    if (created.status !== STATUS_SUCCESS) throw new Error(`IoCreateDevice: ${created.status.toString(16)}`);
    return created.device;
  }

  complete(irp: Address, status: number, information = 0): number {
    this.kernel.mem.writeU32(irp + IRP.offset["IoStatus.Status"], status);
    this.kernel.mem.writePointer(irp + IRP.offset["IoStatus.Information"], information);
    this.kernel.io.completion.IofCompleteRequest(irp);
    return status;
  }
}

export type TestEntry = (driver: TestDriver) => MayWait<number> | undefined;

export class TestKernel {
  readonly host = new TestHost();
  readonly images = new BuiltinDriverImages();
  readonly kernel = new Kernel(this.host, { images: this.images });
  readonly process: Process;
  readonly thread: Thread;

  constructor() {
    this.kernel.boot();
    this.process = this.kernel.ps.createProcess("test.exe");
    this.thread = this.kernel.ps.createThread(this.process);
  }

  /** From user mode, as the test's process. */
  user<T>(action: () => T): T {
    return this.kernel.ps.runAs(this.thread, UserMode, action);
  }

  /** Registers a driver's code and its service. @returns the service's path */
  install(name: string, entry: TestEntry): string {
    const { kernel } = this;
    this.images.register(name, {
      name,
      entry: (module, object, path) =>
        entry(new TestDriver(kernel, module, object, kernel.mem.readUnicodeString(path))) ?? STATUS_SUCCESS,
    });
    kernel.scm.CreateService({ name, binaryPath: `builtin:${name}` });
    return servicePath(name);
  }

  /** Installs and loads. @returns the NTSTATUS of NtLoadDriver */
  load(name: string, entry: TestEntry): number {
    return atOnce(this.kernel.io.NtLoadDriver(this.install(name, entry)));
  }

  /** CreateFileW; read and write by default. */
  open(path: string, desiredAccess = 0xc000_0000) {
    const outcome = this.user(() => this.kernel.win32.CreateFileW(path, { desiredAccess }));
    if (outcome.pending) throw new Error(`opening ${path} is pending`);
    return outcome;
  }

  close(handle: number): number {
    return this.user(() => this.kernel.files.NtClose(handle));
  }

  /** The process ends, as when its threads return. */
  end(process = this.process): void {
    const { threading, processEnd } = this.kernel;
    for (const thread of [...process.threads]) {
      threading.scheduler.start(thread, UserMode, processEnd.exitThread(thread));
    }
    this.kernel.wake();
  }

  /** A buffer in the test's process that holds these bytes. */
  buffer(contents: Uint8Array | number): Address {
    const bytes = typeof contents === "number" ? new Uint8Array(contents) : contents;
    const address = this.kernel.ps.allocateUser(this.process, bytes.length);
    this.user(() => this.kernel.mem.writeBytes(address, bytes));
    return address;
  }

  bytes(address: Address, length: number): Uint8Array {
    return this.user(() => this.kernel.mem.readBytes(address, length));
  }

  rules(): string[] {
    return this.host.reports.map(({ rule }) => rule);
  }
}
