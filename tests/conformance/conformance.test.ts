// The scenarios on the model alone, the list of known differences, and docs/conformance.md. Whether Wine does what the list
// says is asked in conformance.wine.ts.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { allScenarios } from "./allScenarios";
import { compareRuns, expectedWineRuns } from "./compare";
import { type Difference, differences } from "./differences";
import { runAllOnModel, runOnModel } from "./modelRun";
import { conformanceReport } from "./report";
import type { ScenarioRun } from "./scenario";

const document = path.join(rootDir, "docs", "conformance.md");

describe("the scenarios on the model", () => {
  let runs: ScenarioRun[] = [];
  beforeAll(async () => {
    runs = await runAllOnModel();
  });

  it("have names of their own and observe something", () => {
    expect(new Set(allScenarios.map(({ name }) => name)).size).toBe(allScenarios.length);
    for (const run of runs) expect([run.scenario, run.observations.length]).not.toEqual([run.scenario, 0]);
  });

  it.each(allScenarios.map((scenario) => [scenario.name, scenario] as const))(
    "see the same again: %s",
    async (name, scenario) => {
      expect(await runOnModel(scenario)).toEqual(runs.find((run) => run.scenario === name));
    },
  );

  it("are what the list of differences says of the model", () => {
    expect(compareRuns(runs, expectedWineRuns(runs, differences), differences).problems).toEqual([]);
  });

  it("and docs/conformance.md is what they say (NTSCOPE_UPDATE_CONFORMANCE=1 writes it)", () => {
    const report = conformanceReport(compareRuns(runs, expectedWineRuns(runs, differences), differences));
    if (process.env.NTSCOPE_UPDATE_CONFORMANCE === "1") writeFileSync(document, report);
    expect(readFileSync(document, "utf8")).toBe(report);
  });
});

describe("the comparison", () => {
  const run = (value: string, more: Record<string, string> = {}): ScenarioRun[] => [
    {
      scenario: "s",
      observations: Object.entries({ o: value, same: "1", ...more }).map(([name, text]) => ({ name, value: text })),
    },
  ];
  const row: Difference = {
    scenario: "s",
    observation: "o",
    model: "a",
    wine: "b",
    reason: "because",
    windows: "model",
    source: "a book",
  };
  const problems = (model: ScenarioRun[], wine: ScenarioRun[], rows: Difference[]) =>
    compareRuns(model, wine, rows).problems;

  it("takes what is alike, and what a row explains", () => {
    expect(problems(run("a"), run("a"), [])).toEqual([]);
    const { scenarios, problems: none } = compareRuns(run("a"), run("b"), [row]);
    expect([none, scenarios]).toEqual([[], [{ scenario: "s", agreements: 1, differences: [row] }]]);
  });

  it.each([
    ["a difference without a row", run("a"), run("b"), []],
    ["a row that no longer differs", run("a"), run("a"), [row]],
    ["a row that says something else", run("a"), run("c"), [row]],
    ["a row without a reason", run("a"), run("b"), [{ ...row, reason: " " }]],
    ["a row without a source", run("a"), run("b"), [{ ...row, source: "" }]],
    ["two rows for one observation", run("a"), run("b"), [row, row]],
    ["a row for nothing", run("a"), run("b"), [row, { ...row, observation: "gone" }]],
    ["what only one of them observes", run("a"), run("a", { more: "x" }), []],
    ["a scenario that did not run", run("a"), [], []],
  ])("fails %s", (_what, model, wine, rows) => {
    expect(problems(model, wine, rows)).not.toEqual([]);
  });
});
