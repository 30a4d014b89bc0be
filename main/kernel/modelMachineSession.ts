/** One boot of the model machine: a kernel, the process that NtScope is on it, and the way in. */
import { addressToHex } from "../../native-bindings/abi/address";
import type { StatusError } from "../machine/result";
import { fail } from "../machine/result";
import type { BootedKernel } from "./boot/bootKernel";
import type { KernelParts } from "./describe/kernelParts";
import { machineStopped } from "./describe/machineText";
import type { ModelImages } from "./drivers/modelImages";
import type { Kernel } from "./kernel";
import type { KernelHost } from "./kernelHost";
import { UserMode } from "./ob/caller";
import type { Process, Thread } from "./ps/ps";

/** NtScope's own process on the machine: opens, reads and writes are made in its name. */
const CLIENT_NAME = "ntscope.exe";

export class ModelMachineSession {
  readonly kernel: Kernel;
  readonly parts: KernelParts;
  readonly client: Process;
  readonly #thread: Thread;
  readonly #images: ModelImages;
  /** Told when the machine stops or is restarted: who still waits for a driver will wait in vain. */
  readonly #waiters = new Set<(error: StatusError) => void>();

  constructor(
    readonly host: KernelHost,
    { kernel, images, notes }: BootedKernel,
  ) {
    this.kernel = kernel;
    this.#images = images;
    const { mem: memory, ke, ob, io, scm } = kernel;
    this.parts = { memory, ke, ob, io, scm, deviceNote: (device) => notes.get(device) };
    this.client = kernel.ps.createProcess(CLIENT_NAME);
    this.#thread = kernel.ps.createThread(this.client);
  }

  /** Kernel code in the name of the client, from user mode. A machine that has stopped answers `machine-stopped`. */
  run<T>(action: () => T): { ok: true; value: T } | { ok: false; error: StatusError } {
    const { kernel } = this;
    const result = kernel.enter(() => kernel.ps.runAs(this.#thread, UserMode, action));
    if (result.bugcheck !== undefined) return fail(machineStopped(result.bugcheck));
    return { ok: true, value: result.value };
  }

  /** For calls that enter the kernel themselves (`kernel.files`). */
  asClient<T>(action: () => T): T {
    return this.kernel.ps.runAs(this.#thread, UserMode, action);
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

  /** A driver's name has left the namespace: what it leaves in the pool is lost until a restart. */
  reportLeakedPool(driverPath: string): void {
    this.kernel.driverPool.sweep();
    for (const { name, module } of this.kernel.io.drivers.all) {
      if (name !== driverPath) continue;
      for (const { tag, blocks, bytes, allocatedBy } of this.#images.allocatedBy(module)) {
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

  /** Lets go of everyone who waits for a request. */
  end(error: StatusError): void {
    for (const waiter of [...this.#waiters]) waiter(error);
    this.#waiters.clear();
  }
}
