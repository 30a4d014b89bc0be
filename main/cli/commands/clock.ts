/** `clock`: the machine's clock, which can be stopped, stepped and moved on. */
import type { ClockCommand, ClockState } from "../../machine/threads";
import { type CliCommand, parseCount, UsageError } from "../command";

const MOST_STEPS = 100_000;
/** A day. */
const MOST_MILLISECONDS = 86_400_000;

export const clock: CliCommand = {
  name: "clock",
  summary: "the machine's clock: pause, run, step, let time pass",
  usage: "[pause|run|step [N]|advance MS]",
  options: {},
  positionals: [0, 2],
  details: `Paused, nothing runs and no time passes; opens, reads, writes and service starts wait for their turn (in a script,
end such a line with & to go on meanwhile). A step is the next thing that would happen: a thread runs until it waits,
or a DPC; where nothing is ready the oldest request is let in; where there is none, time passes to what is due next.`,
  async run(session, args) {
    const command = parseClockCommand(args.words);
    const state = command === undefined ? await session.ask("clock.get", {}) : await session.ask("clock.set", command);
    return { document: state, text: clockText(state) };
  },
};

function parseClockCommand([action, amount]: string[]): ClockCommand | undefined {
  switch (action) {
    case undefined:
      return undefined;
    case "pause":
    case "run":
      if (amount !== undefined) throw new UsageError(`clock: ${action} takes no number`);
      return { action };
    case "step":
      return { action, count: parseCount("clock", "N", amount ?? "1", 1, MOST_STEPS) };
    case "advance":
      if (amount === undefined) throw new UsageError("clock: advance takes milliseconds");
      return { action, milliseconds: parseCount("clock", "MS", amount, 0, MOST_MILLISECONDS) };
    default:
      throw new UsageError(`clock: pause, run, step or advance, not "${action}"`);
  }
}

function clockText({ isPaused, time, ready, waiting, nextDue }: ClockState): string {
  const parts = [`${isPaused ? "paused" : "running"} at ${new Date(time).toISOString()}`];
  if (ready > 0) parts.push(`${ready} ready to run`);
  if (waiting > 0) parts.push(`${waiting} ${waiting === 1 ? "request waits" : "requests wait"} for a turn`);
  if (nextDue !== undefined) parts.push(`next due in ${Math.max(0, nextDue - time).toFixed(3)} ms`);
  return parts.join("; ");
}
