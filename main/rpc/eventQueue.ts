/**
 * Back-pressure for one event and one client: a few events may be under way unacknowledged; what happens meanwhile
 * is merged into a short list of what there is to tell. So a page that hangs for a minute costs the engine a handful
 * of values, not a minute's worth of messages.
 */

/** How an event that cannot be sent yet joins those that wait. Answers the new waiting list, oldest first. */
export type EventMerge<T> = (waiting: readonly T[], value: T) => T[];

/** Only the newest value counts: for events that carry a whole state. */
export function latestWins<T>(_waiting: readonly T[], value: T): T[] {
  return [value];
}

export interface EventPolicy<T> {
  /** How many may be under way before the client has acknowledged any. */
  window: number;
  merge: EventMerge<T>;
}

export class EventQueue<T> {
  private unacknowledged = 0;
  private waiting: T[] = [];

  constructor(
    private readonly policy: EventPolicy<T>,
    private readonly send: (value: T) => void,
  ) {}

  push(value: T): void {
    if (this.unacknowledged < this.policy.window) {
      this.unacknowledged += 1;
      this.send(value);
    } else {
      this.waiting = this.policy.merge(this.waiting, value);
    }
  }

  /** A client that acknowledges what it never got gains nothing by it. */
  acknowledge(): void {
    if (this.unacknowledged === 0) return;
    this.unacknowledged -= 1;
    const next = this.waiting.shift();
    if (next !== undefined) this.push(next);
  }
}
