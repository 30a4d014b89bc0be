// Two runs of the scenarios, observation by observation, against the list of known differences.
import type { Difference } from "./differences";
import type { Observation, ScenarioRun } from "./scenario";

/** What stands for an observation that one of the two did not make. */
export const NOT_SEEN = "not seen";

export interface ScenarioComparison {
  readonly scenario: string;
  readonly agreements: number;
  readonly differences: readonly Difference[];
}

export interface Comparison {
  readonly scenarios: readonly ScenarioComparison[];
  /** What is wrong with the runs or the list, in sentences; none when all differences are known and explained. */
  readonly problems: readonly string[];
}

interface Pair {
  readonly scenario: string;
  readonly observation: string;
  readonly model: string;
  readonly wine: string;
}

function isSame(pair: Pair, row: Difference): boolean {
  return row.scenario === pair.scenario && row.observation === pair.observation;
}

function observedValue(observations: readonly Observation[], name: string): string {
  return observations.find((each) => each.name === name)?.value ?? NOT_SEEN;
}

function pairsOf(model: ScenarioRun, wine: readonly Observation[]): Pair[] {
  const names = new Set([...model.observations, ...wine].map(({ name }) => name));
  return [...names].map((observation) => ({
    scenario: model.scenario,
    observation,
    model: observedValue(model.observations, observation),
    wine: observedValue(wine, observation),
  }));
}

function problemOf(pair: Pair, row: Difference | undefined): string | undefined {
  const where = `${pair.scenario}, ${pair.observation}`;
  const seen = `the model says "${pair.model}", Wine "${pair.wine}"`;
  if (row === undefined) return pair.model === pair.wine ? undefined : `${where}: ${seen}, and no row explains it.`;
  if (pair.model === pair.wine) return `${where}: both say "${pair.model}"; its row is out of date.`;
  if (row.model !== pair.model || row.wine !== pair.wine) return `${where}: ${seen}, which is not what its row says.`;
  return undefined;
}

export function compareRuns(
  model: readonly ScenarioRun[],
  wine: readonly ScenarioRun[],
  known: readonly Difference[],
): Comparison {
  const problems: string[] = rowProblems(known);
  const scenarios: ScenarioComparison[] = [];
  const pairs: Pair[] = [];
  for (const run of model) {
    const other = wine.find(({ scenario }) => scenario === run.scenario);
    if (other === undefined) problems.push(`${run.scenario}: it did not run under Wine.`);
    const ofScenario = pairsOf(run, other?.observations ?? []);
    pairs.push(...ofScenario);
    const agreements = ofScenario.filter((pair) => pair.model === pair.wine).length;
    const differing = known.filter((row) => ofScenario.some((pair) => pair.model !== pair.wine && isSame(pair, row)));
    scenarios.push({ scenario: run.scenario, agreements, differences: differing });
  }
  for (const pair of pairs) {
    const problem = problemOf(
      pair,
      known.find((row) => isSame(pair, row)),
    );
    if (problem !== undefined) problems.push(problem);
  }
  for (const row of known) {
    if (!pairs.some((pair) => isSame(pair, row))) {
      problems.push(`${row.scenario}, ${row.observation}: there is a row for it, and nobody observes it.`);
    }
  }
  return { scenarios, problems };
}

function rowProblems(known: readonly Difference[]): string[] {
  return known.flatMap((row, index) => {
    const where = `${row.scenario}, ${row.observation}`;
    const problems: string[] = [];
    if (row.reason.trim() === "" || row.source.trim() === "")
      problems.push(`${where}: its row has no reason or source.`);
    if (known.findIndex((other) => isSame(row, other)) !== index) problems.push(`${where}: there are two rows for it.`);
    return problems;
  });
}

/** Wine's run as the list of differences says it is: the model's, but for the rows. */
export function expectedWineRuns(model: readonly ScenarioRun[], known: readonly Difference[]): ScenarioRun[] {
  return model.map(({ scenario, observations }) => {
    const rows = known.filter((row) => row.scenario === scenario);
    const own = observations.map(({ name, value }) => {
      return { name, value: rows.find((row) => row.observation === name)?.wine ?? value };
    });
    const more = rows
      .filter((row) => row.model === NOT_SEEN)
      .map(({ observation, wine }) => ({ name: observation, value: wine }));
    return { scenario, observations: [...own, ...more].filter(({ value }) => value !== NOT_SEEN) };
  });
}
