/**
 * The machine's clock. It goes with the host's, can be stopped, and can be moved on: what the model does depends on this
 * clock alone, so that a machine whose host's clock stands still does the same each time.
 */
import type { KernelHost } from "../kernelHost";

/** NT counts time in 100 ns. */
export const TICKS_PER_MILLISECOND = 10_000;
/** 1601 to 1970 in milliseconds. */
const EPOCH_DIFFERENCE = 11_644_473_600_000n;

export class VirtualClock {
  readonly #bootTime: number;
  /** Interrupt time when the host's clock was looked at last. */
  #base = 0;
  #hostBase: number;
  #isPaused = false;

  constructor(private readonly host: KernelHost) {
    this.#bootTime = host.now();
    this.#hostBase = this.#bootTime;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** KeQueryInterruptTime: 100 ns since the boot. */
  get interruptTime(): number {
    if (this.#isPaused) return this.#base;
    return this.#base + Math.max(0, Math.floor((this.host.now() - this.#hostBase) * TICKS_PER_MILLISECOND));
  }

  /** KeQuerySystemTime: 100 ns since 1601. */
  get systemTime(): bigint {
    const boot = BigInt(Math.floor(this.#bootTime)) + EPOCH_DIFFERENCE;
    return boot * BigInt(TICKS_PER_MILLISECOND) + BigInt(this.interruptTime);
  }

  /** Unix milliseconds, fractional, of an interrupt time. */
  unixTime(interruptTime = this.interruptTime): number {
    return this.#bootTime + interruptTime / TICKS_PER_MILLISECOND;
  }

  pause(): void {
    this.#base = this.interruptTime;
    this.#isPaused = true;
  }

  run(): void {
    this.#hostBase = this.host.now();
    this.#isPaused = false;
  }

  /** Lets time pass at once. @param interruptTime not before the present one */
  moveTo(interruptTime: number): void {
    this.#base += Math.max(0, interruptTime - this.interruptTime);
  }

  /**
   * Interrupt time of a LARGE_INTEGER timeout: below 0 from now, else at a system time.
   * @param timeout in 100 ns
   */
  dueTime(timeout: bigint): number {
    const now = this.interruptTime;
    if (timeout < 0n) return now + Number(-timeout);
    return now + Number(timeout - this.systemTime);
  }
}
