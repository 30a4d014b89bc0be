import { expect, it } from "vitest";
import type { ProgramEvent } from "../machine/programs";
import { mergeProgramEvents } from "./programEventMerge";

const merge = (...events: ProgramEvent[]) =>
  events.reduce<ProgramEvent[]>((waiting, event) => mergeProgramEvents(waiting, event), []);
const output = (processId: number, from: number, text: string): ProgramEvent => ({
  kind: "programOutput",
  processId,
  from,
  text,
});

it("makes one of what each program wrote, and keeps it before the program's end", () => {
  const end: ProgramEvent = { kind: "programEnded", processId: 4, exitCode: 1 };
  expect(merge(output(4, 0, "ab"), output(8, 0, "x"), output(4, 2, "c"), end)).toEqual([
    output(4, 0, "abc"),
    output(8, 0, "x"),
    end,
  ]);
});

it("keeps the latest part of a flood, and says where it begins", () => {
  const flood = "x".repeat(2 ** 18);
  expect(merge(output(4, 10, "first"), output(4, 15, flood))).toEqual([output(4, 15, flood)]);
});
