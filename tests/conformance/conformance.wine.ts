// The scenarios in a Wine prefix, with compiled drivers, against the model's answers.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openEngine } from "../../main/attach/openEngine";
import type { Engine } from "../../main/engine/engine";
import type { EngineClient } from "../../main/engine/protocol";
import { windowsPath } from "../../main/wine/windowsPath";
import { WinePrefix } from "../../main/wine/winePrefix";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
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
  let engine: Engine;
  let client: EngineClient;
  beforeAll(async () => {
    const programFolder = path.join(rootDir, "out", "main");
    const opened = await openEngine({ kind: "wine", prefix: inject("winePrefix") }, { programFolder });
    if (!opened.ok) throw new Error(opened.error.message);
    engine = opened.value;
    client = engine.connect();
  });
  afterAll(async () => {
    client.dispose();
    engine.dispose();
    await engine.gone?.();
    // An engine leaves a prefix that is not its own to itself; the next file wants it stopped.
    await new WinePrefix(inject("winePrefix")).stop();
  });

  it.each(allScenarios.map((scenario) => [scenario.name, scenario] as const))("%s", async (_name, scenario) => {
    const model = await runOnModel(scenario);
    const wine = await runScenario(scenario, client, (driver) => {
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
