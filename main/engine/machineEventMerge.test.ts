import { expect, it } from "vitest";
import type { MachineChange, MachineReport } from "../machine/machine";
import { mergeMachineEvents } from "./machineEventMerge";

const report = (rule: string): MachineReport => ({ severity: "warning", driver: "d", routine: "r", rule, mend: "m" });
const merge = (...events: MachineChange[]) =>
  events.reduce<MachineChange[]>((waiting, event) => mergeMachineEvents(waiting, event), []);

it("changes of one kind become one, reports stay apart", () => {
  expect(
    merge(
      { kind: "namespaceChanged", directories: ["\\A"] },
      { kind: "servicesChanged" },
      { kind: "report", report: report("1") },
      { kind: "servicesChanged" },
      { kind: "namespaceChanged", directories: ["\\B", "\\A"] },
      { kind: "report", report: report("2") },
      { kind: "pendingChanged", pending: [] },
    ),
  ).toEqual([
    { kind: "report", report: report("1") },
    { kind: "servicesChanged" },
    { kind: "namespaceChanged", directories: ["\\A", "\\B"] },
    { kind: "report", report: report("2") },
    { kind: "pendingChanged", pending: [] },
  ]);
});

it("the list stays short however much happens", () => {
  const directories = Array.from(
    { length: 5000 },
    (_, at): MachineChange => ({
      kind: "namespaceChanged",
      directories: [`\\D${at}`],
    }),
  );
  const reports = Array.from(
    { length: 500 },
    (_, at): MachineChange => ({ kind: "report", report: report(String(at)) }),
  );
  const waiting = merge(...directories, ...reports);
  expect(waiting).toHaveLength(101);
  expect(waiting[0]).toEqual({ kind: "namespaceChanged", directories: expect.arrayContaining(["\\"]) });
  expect(waiting.at(-1)).toEqual({ kind: "report", report: report("499") });
});
