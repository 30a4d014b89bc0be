/**
 * The way into the kernel from outside. Whatever happens inside ends here: a bugcheck stops the machine and not its
 * host, and those who wait for requests are told when no driver code is on the stack any more.
 */
import { BugcheckSignal } from "./ke/bugcheck";
import type { Ke } from "./ke/ke";
import type { BugcheckInfo } from "./kernelHost";

/**
 * What every call answers once the machine has stopped, until it is restarted. An error of the customer range
 * (bit 29), which NT itself never uses, so that it is not taken for an answer of a driver.
 */
export const STATUS_MACHINE_STOPPED = 0xe000_0001;

export type GateResult<T> =
  | { readonly value: T; readonly bugcheck?: undefined }
  | { readonly bugcheck: BugcheckInfo; readonly value?: undefined };

export class KernelGate {
  #depth = 0;

  constructor(
    private readonly ke: Ke,
    /** Turns what is not a bugcheck yet into one. */
    private readonly trap: (error: unknown) => never,
    private readonly deliver: () => void,
  ) {}

  get isStopped(): boolean {
    return this.ke.bugchecked !== undefined;
  }

  enter(): void {
    this.#depth++;
  }

  /** Pairs with {@link enter}, after a throw too. */
  leave(): void {
    this.#depth--;
    if (this.#depth === 0 && this.ke.bugchecked === undefined) this.deliver();
  }

  /** For what was thrown between enter and leave: returns when the machine has stopped and this is the way out. */
  caught(error: unknown): void {
    if (this.#depth > 1) throw error;
    if (error instanceof BugcheckSignal) return;
    try {
      this.trap(error);
    } catch (signal) {
      if (!(signal instanceof BugcheckSignal)) throw signal;
    }
  }

  /** Runs kernel code that is not a system call of `nt`. Never throws, unless it is called from within. */
  run<T>(action: () => T): GateResult<T> {
    const stopped = this.ke.bugchecked;
    if (stopped !== undefined) return { bugcheck: stopped };
    this.enter();
    try {
      return { value: action() };
    } catch (error) {
      this.caught(error);
      return { bugcheck: this.ke.bugchecked as BugcheckInfo };
    } finally {
      this.leave();
    }
  }
}
