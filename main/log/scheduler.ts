/**
 * Time, as the log and the engine use it: injected, so that tests drive it by hand and no timer hides in the code.
 */
import type { Disposable } from "../machine/machine";

export interface Scheduler {
  /** Milliseconds from any origin, never going back: for time slices and throttling. */
  now(): number;
  /** Unix milliseconds: for lines of NtScope's own. */
  wallClock(): number;
  /** Runs `task` after other work that waits (messages, input) had its turn. */
  soon(task: () => void): Disposable;
  later(milliseconds: number, task: () => void): Disposable;
}

/** Longest stretch that long work keeps the thread, in ms: half a frame, so that other requests feel no delay. */
export const SLICE_MS = 8;

/**
 * Runs `step` again and again until it answers true, in slices between which other work runs. Answers false when
 * `signal` aborted first. A step should take well under a slice.
 */
export function runInSlices(scheduler: Scheduler, step: () => boolean, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const slice = () => {
      try {
        const end = scheduler.now() + SLICE_MS;
        do {
          if (signal?.aborted) return resolve(false);
          if (step()) return resolve(true);
        } while (scheduler.now() < end);
        scheduler.soon(slice);
      } catch (error) {
        reject(error);
      }
    };
    slice();
  });
}
