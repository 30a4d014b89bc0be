// The scenarios in a Wine prefix, with compiled drivers, against the model's answers.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { windowsPath } from "../../main/wine/windowsPath";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { AttachedPrefix } from "../wine/harness/attachedPrefix";
import { describeWine } from "../wine/harness/describeWine";
import { driverFile } from "../wine/harness/wineMachine";
import { allScenarios, runScenario } from "./allScenarios";
import { compareRuns } from "./compare";
import { conformanceDrivers } from "./conformanceDrivers";
import { differences } from "./differences";
import { runOnModel } from "./modelRun";
import { conformanceReport } from "./report";
import type { ScenarioRun } from "./scenario";

const results = path.join(rootDir, "test-results");

describeWine("conformance", () => {
  const onModel: ScenarioRun[] = [];
  const onWine: ScenarioRun[] = [];
  let attached: AttachedPrefix;
  beforeAll(async () => {
    attached = await AttachedPrefix.open();
  });
  afterAll(() => attached.close());

  it.each(allScenarios.map((scenario) => [scenario.name, scenario] as const))("%s", async (_name, scenario) => {
    const model = await runOnModel(scenario);
    const wine = await runScenario(scenario, attached.client, (driver) => {
      return windowsPath(driverFile(conformanceDrivers[driver].compiled));
    });
    onModel.push(model);
    onWine.push(wine);
    const rows = differences.filter((row) => row.scenario === scenario.name);
    expect(compareRuns([model], [wine], rows).problems).toEqual([]);
  });

  it("is told in full", () => {
    const comparison = compareRuns(onModel, onWine, differences);
    const report = conformanceReport(comparison);
    fs.mkdirSync(results, { recursive: true });
    fs.writeFileSync(path.join(results, "conformance.md"), report);
    process.stdout.write(`\n${report}`);
    expect(comparison.problems).toEqual([]);
    expect(report).toBe(fs.readFileSync(path.join(rootDir, "docs", "conformance.md"), "utf8"));
  });
});
