/** Time as Node gives it. The timers do not keep a process alive: an engine lives as long as its clients. */
import type { Scheduler } from "../log/scheduler";

/** Milliseconds that the two clocks may drift apart before the fine one is set anew: a sleep, or a clock that was set. */
const MOST_DRIFT = 2;

/** Wall time of the monotonic clock's zero. */
let origin = Date.now() - performance.now();

/** Unix ms with the monotonic clock's fraction: lines of one driver call are microseconds apart. */
function wallClock(): number {
  const fine = origin + performance.now();
  const coarse = Date.now();
  if (Math.abs(fine - coarse) <= MOST_DRIFT) return fine;
  origin = coarse - performance.now();
  return coarse;
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
