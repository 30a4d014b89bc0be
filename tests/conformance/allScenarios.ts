// All scenarios, in the order in which they run and are listed.
import type { EngineClient } from "../../main/engine/protocol";
import type { ConformanceDriver } from "./conformanceDrivers";
import type { Scenario, ScenarioRun } from "./scenario";
import { loadingScenarios } from "./scenarios/loading";
import { namespaceScenarios } from "./scenarios/namespace";
import { serviceScenarios } from "./scenarios/services";
import { transferScenarios } from "./scenarios/transfers";
import { Subject } from "./subject";

export const allScenarios: readonly Scenario[] = [
  ...namespaceScenarios,
  ...loadingScenarios,
  ...transferScenarios,
  ...serviceScenarios,
];

export async function runScenario(
  scenario: Scenario,
  engine: EngineClient,
  binPath: (driver: ConformanceDriver) => string,
): Promise<ScenarioRun> {
  const subject = new Subject(engine, binPath);
  await subject.drainPrints();
  await scenario.run(subject);
  return { scenario: scenario.name, observations: subject.observations };
}
