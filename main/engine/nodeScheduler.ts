/** Time as Node gives it. The timers do not keep a process alive: an engine lives as long as its clients. */

// Imported, since the global of that name is a getter, which costs more than the reading of the clock.
import { performance } from "node:perf_hooks";
import type { Scheduler } from "../log/scheduler";

/** Milliseconds that the two clocks may drift apart before the fine one is set anew: a sleep, or a clock that was set. */
const MOST_DRIFT = 2;

/** Wall time of the monotonic clock's zero. */
let origin = Date.now() - performance.now();
/** Ms between two looks at the clock that can be set: each would cost half as much as the reading itself. */
const CHECK_INTERVAL = 10;
let nextCheck = 0;

/** Unix ms with the monotonic clock's fraction: lines of one driver call are microseconds apart. */
function wallClock(): number {
  const now = performance.now();
  if (now < nextCheck) return origin + now;
  nextCheck = now + CHECK_INTERVAL;
  const coarse = Date.now();
  if (Math.abs(origin + now - coarse) > MOST_DRIFT) origin = coarse - now;
  return origin + now;
}

export const nodeScheduler: Scheduler = {
  now: () => performance.now(),
  wallClock,
  soon(task) {
    const handle = setImmediate(task);
    return { dispose: () => clearImmediate(handle) };
  },
  later(milliseconds, task) {
    const handle = setTimeout(task, milliseconds);
    handle.unref();
    return { dispose: () => clearTimeout(handle) };
  },
};
