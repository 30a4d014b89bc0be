/** Something to be told of soon, and not again for a while, however often it happens. */
import type { Disposable } from "../machine/machine";

/** Time, as far as the host gives it. */
export interface EventClock {
  /** Unix milliseconds. */
  now(): number;
  after?(milliseconds: number, task: () => void): Disposable;
}

/** Milliseconds between two tellings. */
const INTERVAL = 100;

export class SpacedEvent implements Disposable {
  #isDue = false;
  #told = Number.NEGATIVE_INFINITY;
  #timer: Disposable | undefined;

  constructor(
    private readonly tell: () => void,
    /** Runs a task soon, when the kernel is not running. */
    private readonly schedule: (task: () => void) => void,
    private readonly clock: EventClock,
  ) {}

  /** Costs a test while it is to be told anyway. */
  poke(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const wait = this.#told + INTERVAL - this.clock.now();
    // A clock that was set back must not keep the event for long.
    if (wait > 0 && this.clock.after !== undefined)
      this.#timer = this.clock.after(Math.min(wait, INTERVAL), this.#flush);
    else this.schedule(this.#flush);
  }

  readonly #flush = (): void => {
    this.#isDue = false;
    this.#timer = undefined;
    this.#told = this.clock.now();
    this.tell();
  };

  dispose(): void {
    this.#timer?.dispose();
  }
}
