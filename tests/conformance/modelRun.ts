// The scenarios on the model, each on a freshly booted one.
import { createModelEngine } from "../../main/engine/modelEngine";
import { ownEngine } from "../../main/engine/ownEngine";
import { allScenarios, runScenario } from "./allScenarios";
import { conformanceDrivers } from "./conformanceDrivers";
import type { Scenario, ScenarioRun } from "./scenario";

export async function runOnModel(scenario: Scenario): Promise<ScenarioRun> {
  const engine = ownEngine(createModelEngine());
  try {
    return await runScenario(scenario, engine, (driver) => `builtin:${conformanceDrivers[driver].builtin}`);
  } finally {
    engine.dispose();
  }
}

export async function runAllOnModel(): Promise<ScenarioRun[]> {
  const runs: ScenarioRun[] = [];
  for (const scenario of allScenarios) runs.push(await runOnModel(scenario));
  return runs;
}
