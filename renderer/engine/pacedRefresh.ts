/**
 * Keeps what is shown up to date with a machine that changes all the time: asks again at most once an interval, never
 * while an answer is on its way, and once more after the last change, so that what stands there in the end is true.
 */
export interface PacedRefresh {
  /** Something may have changed. */
  poke(): void;
  /** Resolves when the answer to a question asked from now on is there. */
  now(): Promise<void>;
  dispose(): void;
}

export interface Timers {
  /** Runs `act` once, `delay` ms from now. */
  later(delay: number, act: () => void): { dispose(): void };
}

const pageTimers: Timers = {
  later(delay, act) {
    const timer = setTimeout(act, delay);
    return { dispose: () => clearTimeout(timer) };
  },
};

/** @param interval ms between an answer and the next question */
export function createPacedRefresh(load: () => Promise<void>, interval: number, timers = pageTimers): PacedRefresh {
  let running: Promise<void> | undefined;
  /** Until then no question is asked. */
  let pause: { dispose(): void } | undefined;
  let isWanted = false;
  let isDisposed = false;

  function start(): Promise<void> {
    pause?.dispose();
    pause = undefined;
    isWanted = false;
    running = load().finally(() => {
      running = undefined;
      if (isDisposed) return;
      pause = timers.later(interval, () => {
        pause = undefined;
        if (isWanted) void start();
      });
    });
    return running;
  }

  return {
    poke() {
      if (isDisposed) return;
      if (running || pause) isWanted = true;
      else void start();
    },
    async now() {
      while (running) await running;
      if (!isDisposed) await start();
    },
    dispose() {
      isDisposed = true;
      pause?.dispose();
    },
  };
}
