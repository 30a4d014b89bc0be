/** One boot of the model machine: a kernel, the process that NtScope is on it, and the way in. */
import { addressToHex } from "../../native-bindings/abi/address";
import type { StatusError } from "../machine/result";
import { fail } from "../machine/result";
import type { BootedKernel } from "./boot/bootKernel";
import type { KernelParts } from "./describe/kernelParts";
import { machineStopped } from "./describe/machineText";
import type { DriverFile, DriverFileFailure } from "./drivers/driverFile";
import type { ModelImages } from "./drivers/modelImages";
import type { Later } from "./ke/later";
import type { Kernel } from "./kernel";
import type { KernelHost } from "./kernelHost";
import { UserMode } from "./ob/caller";
import type { Process, Thread } from "./ps/ps";
import { RequestTurns } from "./requestTurns";

/** NtScope's own process on the machine: opens, reads and writes are made in its name. */
const CLIENT_NAME = "ntscope.exe";

export class ModelMachineSession {
  readonly #images: ModelImages;
  readonly kernel: Kernel;
  readonly parts: KernelParts;
  readonly client: Process;
  /** Where opens, reads, writes, controls, closes, service starts and stops wait while the clock is paused. */
  readonly turns: RequestTurns;
  /** Told when the machine stops or is restarted: who still waits for a driver will wait in vain. */
  readonly #waiters = new Set<(error: StatusError) => void>();

  constructor(
    readonly host: KernelHost,
    { kernel, images, notes }: BootedKernel,
  ) {
    this.kernel = kernel;
    this.turns = new RequestTurns(() => this.stopped === undefined && kernel.threading.clock.isPaused);
    this.#images = images;
    const { mem: memory, ke, ob, io, scm, se } = kernel;
    this.parts = { memory, ke, ob, io, scm, se, deviceNote: (device) => notes.get(device) };
    this.client = kernel.ps.createProcess(CLIENT_NAME);
    kernel.ps.createThread(this.client);
  }

  /**
   * A thread of the client's for one request: a driver may keep it waiting, while others go on.
   * To be given back when the request is over.
   */
  takeThread(): Thread {
    const thread = this.#idleThread;
    thread.control.isReserved = true;
    thread.control.since = this.kernel.threading.clock.interruptTime;
    return thread;
  }

  giveBack(thread: Thread): void {
    thread.control.isReserved = false;
  }

  /** Kernel code in the name of the client, from user mode. A machine that has stopped answers `machine-stopped`. */
  run<T>(action: () => T): { ok: true; value: T } | { ok: false; error: StatusError } {
    const { kernel } = this;
    const result = kernel.enter(() => kernel.ps.runAs(this.#idleThread, UserMode, action));
    if (result.bugcheck !== undefined) return fail(machineStopped(result.bugcheck));
    return { ok: true, value: result.value };
  }

  /** For calls that enter the kernel themselves (`kernel.files`). */
  asClient<T>(action: () => T, thread = this.#idleThread): T {
    return this.kernel.ps.runAs(thread, UserMode, action);
  }

  get #idleThread(): Thread {
    return this.kernel.ps.idleThread(this.client);
  }

  get stopped(): StatusError | undefined {
    const { bugchecked } = this.kernel.ke;
    return bugchecked === undefined ? undefined : machineStopped(bugchecked);
  }

  /** @returns takes the waiter away */
  waitForEnd(waiter: (error: StatusError) => void): () => void {
    this.#waiters.add(waiter);
    return () => void this.#waiters.delete(waiter);
  }

  /** What comes later, or why it never will. */
  outcome<T>(later: Later<T>): Promise<{ ok: true; value: T } | { ok: false; error: StatusError }> {
    return new Promise((resolve) => {
      const forget = this.waitForEnd((error) => resolve(fail(error)));
      later.whenDone((value) => {
        forget();
        resolve({ ok: true, value });
      });
    });
  }

  /** A driver's name has left the namespace: what it leaves in the pool is lost until a restart. */
  reportLeakedPool(driverPath: string): void {
    this.kernel.driverPool.sweep();
    for (const { name, module } of this.kernel.io.drivers.all) {
      if (name !== driverPath) continue;
      for (const { tag, blocks, bytes, allocatedBy } of this.kernel.driverPool.leakedBy(module)) {
        const message =
          `${blocks} pool block(s) with the tag '${tag}', ${bytes} bytes, were not freed when the driver went; ` +
          `allocated by ${allocatedBy}.`;
        this.host.didReport({ rule: "leakedPool", message, driver: name });
      }
      const callbacks = this.kernel.obCallbacks.countOf(module) > 0 ? ["ObRegisterCallbacks"] : [];
      if (this.kernel.cmCallbacks.countOf(module) > 0) callbacks.push("CmRegisterCallbackEx");
      for (const routine of [...this.kernel.notify.ofDriver(module), ...callbacks]) {
        const message = `What ${routine} registered was not removed when the driver went; on Windows the next call crashes.`;
        this.host.didReport({ rule: "leakedCallback", message, driver: name });
      }
      for (const list of this.kernel.lookaside.listsOf(module)) {
        const message = `The lookaside list at ${addressToHex(list)} was not deleted when the driver went.`;
        this.host.didReport({ rule: "leakedLookasideList", message, driver: name });
      }
    }
  }

  /** Whether the model itself has a driver under that image path, without those of files. */
  hasImage(imagePath: string): boolean {
    return typeof this.#images.resolve(imagePath) !== "number";
  }

  /** See {@link ModelImages.offer}. */
  offerDriverFile(imagePath: string, file: DriverFile | DriverFileFailure): () => void {
    return this.#images.offer(this.kernel, imagePath, file);
  }

  /** Lets go of everyone who waits for a request, and of what drivers in files need. */
  end(error: StatusError): void {
    this.turns.end(error);
    for (const waiter of [...this.#waiters]) waiter(error);
    this.#waiters.clear();
    this.#images.dispose();
  }
}
