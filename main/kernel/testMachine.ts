/** A model machine for tests: a clock that ticks a millisecond a look, recorded prints and events. */
import type { LogPrint } from "../log/logRecord";
import type { Machine, MachineEvent } from "../machine/machine";
import type { Result } from "../machine/result";
import type { LoadDriverFile } from "./drivers/driverFile";
import { createModelMachine } from "./modelMachine";

export interface TestMachine {
  readonly machine: Machine;
  readonly prints: LogPrint[];
  readonly events: MachineEvent[];
  /** Texts printed since the last call. */
  printed(): string[];
  /** Lets so much time pass at once: what became due runs. */
  pass(milliseconds: number): void;
}

/** 2026-01-01T00:00:00Z */
const START = 1_767_225_600_000;

/** @param loadDriverFile as in {@link ModelMachineOptions} */
export function createTestMachine(loadDriverFile?: LoadDriverFile): TestMachine {
  const prints: LogPrint[] = [];
  const events: MachineEvent[] = [];
  let time = START;
  let seed = 1;
  let wake: (() => void) | undefined;
  const machine = createModelMachine({
    now: () => {
      time += 1;
      return time;
    },
    random: () => {
      seed = (seed * 48_271) % 0x7fff_ffff;
      return seed / 0x7fff_ffff;
    },
    sink: { print: (print) => void prints.push(print) },
    after: (_milliseconds, task) => {
      wake = task;
      return { dispose: () => (wake = undefined) };
    },
    loadDriverFile,
  });
  machine.onDidChange((event) => void events.push(event));
  let seen = 0;
  return {
    machine,
    prints,
    events,
    printed: () => {
      const texts = prints.slice(seen).map(({ text }) => text);
      seen = prints.length;
      return texts;
    },
    pass: (milliseconds) => {
      time += milliseconds;
      wake?.();
    },
  };
}

/** The value of a call that must succeed. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.name}: ${result.error.message}`);
  return result.value;
}

/** The name of the error of a call that must fail. */
export function errorOf<T>(result: Result<T>): string {
  if (result.ok) throw new Error(`succeeded: ${JSON.stringify(result.value)}`);
  return result.error.name;
}
