/** The health of one source: kept here, told to who listens. */
import type { Disposable } from "../machine/machine";
import type { SourceCounter, SourceHealth, SourceState } from "./source";

export class SourceStatus {
  private readonly listeners = new Set<(health: SourceHealth) => void>();
  private readonly counters: Partial<Record<SourceCounter, number>> = {};
  private state: SourceState = "starting";

  constructor(private message: string) {}

  health(): SourceHealth {
    return { state: this.state, message: this.message, counters: { ...this.counters } };
  }

  onDidChange(listener: (health: SourceHealth) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  set(state: SourceState, message: string): void {
    if (this.state === state && this.message === message) return;
    this.state = state;
    this.message = message;
    this.tell();
  }

  /** Listeners hear of the first only: counting must cost nothing when a flood is what is counted. */
  count(counter: SourceCounter, by = 1): void {
    const before = this.counters[counter] ?? 0;
    if (by <= 0) return;
    this.counters[counter] = before + by;
    if (before === 0) this.tell();
  }

  private tell(): void {
    const health = this.health();
    for (const listener of [...this.listeners]) listener(health);
  }
}
