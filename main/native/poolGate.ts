/**
 * Lets only so many calls at a time onto the threads of the pool, of which Node.js has four for everything: drivers that
 * block in their dispatch routine must not take the last one.
 */

type Turn = () => void;

export class PoolGate {
  #free: number;
  readonly #queue: Turn[] = [];

  /** @param places calls that may run at a time */
  constructor(places: number) {
    this.#free = places;
  }

  /** Waits for a place, first come first served. False, without a place, when the signal aborts before there is one. */
  async enter(signal: AbortSignal | undefined): Promise<boolean> {
    if (signal?.aborted) return false;
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const turn = () => {
        signal?.removeEventListener("abort", giveUp);
        resolve(true);
      };
      const giveUp = () => {
        this.#queue.splice(this.#queue.indexOf(turn), 1);
        resolve(false);
      };
      this.#queue.push(turn);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
