import { expect, it } from "vitest";
import { ModelMachineEvents } from "./modelMachineEvents";

it("tells of threads at once, and then at most ten times a second, the last change included", () => {
  let time = 1000;
  const tasks: { at: number; run: () => void }[] = [];
  const later = (milliseconds: number, run: () => void) => {
    tasks.push({ at: time + milliseconds, run });
    return { dispose: () => undefined };
  };
  const events = new ModelMachineEvents((task) => void later(0, task), { now: () => time, after: later });
  const told: number[] = [];
  events.listen(() => told.push(time));
  for (; time < 1250; time += 1) {
    events.didChangeThreads();
    if (tasks[0] && tasks[0].at <= time) tasks.shift()?.run();
  }
  for (const { at, run } of tasks) {
    time = at;
    run();
  }
  expect(told).toEqual([1000, 1100, 1200, 1300]);
});
