/**
 * Requests from outside, let into the machine one by one while its clock is paused. While it runs, they go in as they
 * come, in the same turn of the host.
 */
import { fail, ntscopeError, type Result, type StatusError } from "../machine/result";

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (error: StatusError) => void;
}

export class RequestTurns {
  readonly #waiting: Waiting[] = [];

  constructor(private readonly isClosed: () => boolean) {}

  get count(): number {
    return this.#waiting.length;
  }

  /** @param action begins the request; not called when the signal comes first, or the machine ends */
  take<T>(signal: AbortSignal | undefined, action: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
    if (!this.isClosed()) return Promise.resolve(action());
    return new Promise((resolve, reject) => {
      const forget = () => {
        signal?.removeEventListener("abort", giveUp);
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) this.#waiting.splice(at, 1);
      };
      const waiting: Waiting = {
        enter: () => {
          forget();
          try {
            resolve(action());
          } catch (error) {
            reject(error);
          }
        },
        refuse: (error) => {
          forget();
          resolve(fail(error));
        },
      };
      const giveUp = () => waiting.refuse(ntscopeError("cancelled", "Given up while the machine's clock was paused."));
      if (signal?.aborted) giveUp();
      else {
        this.#waiting.push(waiting);
        signal?.addEventListener("abort", giveUp);
      }
    });
  }

  /** @returns false when none waits */
  admitOldest(): boolean {
    const [oldest] = this.#waiting;
    oldest?.enter();
    return oldest !== undefined;
  }

  /** In the order in which they came. */
  admitAll(): void {
    for (let left = this.#waiting.length; left > 0; left -= 1) this.admitOldest();
  }

  /** Nobody gets in any more. */
  end(error: StatusError): void {
    for (const { refuse } of [...this.#waiting]) refuse(error);
  }
}
