/** Waits for many kernel events on one thread of the pool. A wake event tells it of newcomers; nothing is polled. */

/** The calls of Windows that it takes, so that its order of events can be tested anywhere. */
export interface EventCalls {
  /** An event that resets itself when a wait has seen it. */
  create(): bigint;
  set(event: bigint): void;
  close(event: bigint): void;
  /** On a thread of the pool, without a limit: the index of the first that is signalled. Rejects where it cannot wait. */
  waitForAny(events: readonly bigint[]): Promise<number>;
}

interface Waiting {
  readonly event: bigint;
  resolve(): void;
  reject(error: unknown): void;
}

/** MAXIMUM_WAIT_OBJECTS, less the wake event. */
export const MOST_EVENTS = 63;

export class EventWaiter {
  readonly #waiting: Waiting[] = [];
  #wake = 0n;
  #isDisposed = false;

  constructor(private readonly calls: EventCalls) {}

  /** Rejects with a RangeError beyond {@link MOST_EVENTS}. The event must stay open until then, and is not closed here. */
  wait(event: bigint): Promise<void> {
    if (this.#waiting.length >= MOST_EVENTS) return Promise.reject(new RangeError(`more than ${MOST_EVENTS} events`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject });
      if (this.#wake === 0n) void this.#run();
      else this.calls.set(this.#wake);
    });
  }

  async #run(): Promise<void> {
    this.#wake = this.calls.create();
    try {
      while (this.#waiting.length > 0 && !this.#isDisposed) await this.#round();
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    } finally {
      this.calls.close(this.#wake);
      this.#wake = 0n;
    }
  }

  async #round(): Promise<void> {
    const round = [...this.#waiting];
    const index = await this.calls.waitForAny([this.#wake, ...round.map(({ event }) => event)]);
    const done = round[index - 1];
    if (done === undefined) return;
    this.#waiting.splice(this.#waiting.indexOf(done), 1);
    done.resolve();
  }

  /** Gives the thread back; what still waits waits for ever. */
  dispose(): void {
    this.#isDisposed = true;
    if (this.#wake !== 0n) this.calls.set(this.#wake);
  }
}
