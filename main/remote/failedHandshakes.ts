/**
 * How often an address has failed to prove the key lately. Guessing 256 bits is hopeless; the limit is there so that
 * trying costs the agent nothing but a closed socket.
 */
export interface FailureLimits {
  /** Failures of one address after which it is not answered. */
  most: number;
  /** Milliseconds that a failure counts. */
  window: number;
}

export const defaultFailureLimits: FailureLimits = { most: 10, window: 60_000 };

/** Addresses remembered; the one that failed longest ago is forgotten first. */
const MOST_ADDRESSES = 1024;

export class FailedHandshakes {
  private readonly times = new Map<string, number[]>();

  constructor(
    private readonly limits: FailureLimits,
    /** Milliseconds from any origin. */
    private readonly now: () => number,
  ) {}

  isRefused(address: string): boolean {
    return this.recent(address).length >= this.limits.most;
  }

  add(address: string): void {
    const times = [...this.recent(address), this.now()];
    this.times.delete(address);
    this.times.set(address, times);
    const [oldest] = this.times.keys();
    if (this.times.size > MOST_ADDRESSES && oldest !== undefined) this.times.delete(oldest);
  }

  private recent(address: string): number[] {
    const since = this.now() - this.limits.window;
    return (this.times.get(address) ?? []).filter((time) => time > since);
  }
}
