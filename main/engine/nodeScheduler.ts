/** Time as Node gives it. The timers do not keep a process alive: an engine lives as long as its clients. */
import type { Scheduler } from "../log/scheduler";

export const nodeScheduler: Scheduler = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
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
