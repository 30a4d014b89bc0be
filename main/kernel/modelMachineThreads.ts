/** Threads of the model machine, what they wait for, and its clock. */
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { ClockCommand, ClockState, WaitGraph } from "../machine/threads";
import { describeWaitGraph } from "./describe/waitGraph";
import { TICKS_PER_MILLISECOND } from "./ke/clock";
import type { ModelMachineSession } from "./modelMachineSession";

/** More steps than one would look at, and few enough for an answer that comes soon. */
const MOST_STEPS = 100_000;
/** A day. */
const MOST_MILLISECONDS = 86_400_000;

const badSteps = fail(ntscopeError("bad-count", `Steps are a whole number from 1 to ${MOST_STEPS}.`));
const badTime = fail(ntscopeError("bad-time", "Milliseconds are a number from 0 to 86,400,000, which is a day."));

export class ModelMachineThreads {
  constructor(private readonly session: ModelMachineSession) {}

  graph(): Result<WaitGraph> {
    const { session } = this;
    return session.run(() => describeWaitGraph(session.kernel));
  }

  clock(): Result<ClockState> {
    const { kernel, turns, stopped } = this.session;
    if (stopped !== undefined) return fail(stopped);
    const { clock, scheduler } = kernel.threading;
    const { nextDue } = scheduler;
    return ok({
      isPaused: clock.isPaused,
      time: clock.unixTime(),
      ready: scheduler.readyCount,
      waiting: turns.count,
      ...(nextDue === undefined ? {} : { nextDue: clock.unixTime(nextDue) }),
    });
  }

  set(command: ClockCommand): Result<ClockState> {
    const { stopped } = this.session;
    if (stopped !== undefined) return fail(stopped);
    return this.#carryOut(command) ?? this.clock();
  }

  /** @returns what is wrong with the command */
  #carryOut(command: ClockCommand): { ok: false; error: ReturnType<typeof ntscopeError> } | undefined {
    const { kernel, turns } = this.session;
    const { scheduler } = kernel.threading;
    switch (command.action) {
      case "pause":
        scheduler.pause();
        return undefined;
      case "run":
        scheduler.resume();
        turns.admitAll();
        return undefined;
      case "step":
        return this.#step(command.count);
      case "advance": {
        const { milliseconds } = command;
        if (!(milliseconds >= 0 && milliseconds <= MOST_MILLISECONDS)) return badTime;
        scheduler.advance(Math.round(milliseconds * TICKS_PER_MILLISECOND));
        return undefined;
      }
    }
  }

  #step(count: number) {
    if (!Number.isInteger(count) || count < 1 || count > MOST_STEPS) return badSteps;
    const { kernel, turns } = this.session;
    const { scheduler } = kernel.threading;
    for (let left = count; left > 0; left -= 1) {
      const didSomething = scheduler.isReady ? scheduler.step() : turns.admitOldest() || scheduler.step();
      if (!didSomething) break;
    }
    return undefined;
  }
}
