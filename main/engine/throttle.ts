/** Tells of changes at most once an interval, and once after the last: the reader then holds the final state. */
import type { Scheduler } from "../log/scheduler";
import type { Disposable } from "../machine/machine";

export class Throttle implements Disposable {
  private pending: Disposable | undefined;
  private last = Number.NEGATIVE_INFINITY;
  private disposed = false;

  constructor(
    private readonly scheduler: Scheduler,
    /** Milliseconds. */
    private readonly interval: number,
    private readonly tell: () => void,
  ) {}

  /** Something changed. Costs next to nothing while a report is due anyway. */
  poke(): void {
    if (this.pending || this.disposed) return;
    const wait = this.last + this.interval - this.scheduler.now();
    const run = () => {
      this.pending = undefined;
      this.last = this.scheduler.now();
      this.tell();
    };
    this.pending = wait > 0 ? this.scheduler.later(wait, run) : this.scheduler.soon(run);
  }

  dispose(): void {
    this.disposed = true;
    this.pending?.dispose();
    this.pending = undefined;
  }
}
