/** A scheduler that tests drive by hand: time moves only when it is told to. */
import type { Disposable } from "../machine/machine";
import type { Scheduler } from "./scheduler";

export class ManualScheduler implements Scheduler {
  private time = 0;
  private tasks: { at: number; run: () => void }[] = [];

  /** `tick`: ms that pass with each look at the clock, so that slices end. */
  constructor(private readonly tick = 0) {}

  now(): number {
    this.time += this.tick;
    return this.time;
  }

  wallClock(): number {
    return 1_700_000_000_000 + this.time;
  }

  soon(task: () => void): Disposable {
    return this.later(0, task);
  }

  later(milliseconds: number, task: () => void): Disposable {
    const entry = { at: this.time + milliseconds, run: task };
    this.tasks.push(entry);
    return {
      dispose: () => {
        this.tasks = this.tasks.filter((each) => each !== entry);
      },
    };
  }

  get waiting(): number {
    return this.tasks.length;
  }

  /** Runs what is due now, once. */
  runDue(): void {
    const due = this.tasks.filter((task) => task.at <= this.time);
    this.tasks = this.tasks.filter((task) => task.at > this.time);
    for (const task of due) task.run();
  }

  /** Lets time pass and runs all that falls due, also what that asks for. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const next = this.tasks.reduce((least, task) => Math.min(least, task.at), Number.POSITIVE_INFINITY);
      if (next > end) break;
      this.time = Math.max(this.time, next);
      this.runDue();
    }
    this.time = Math.max(this.time, end);
  }
}
