// A scenario: what is done to a machine, written once, and what is seen meanwhile. It runs on the model with NtScope's own
// drivers and on a real NT with the compiled ones.
import type { Subject } from "./subject";

/** One thing seen. */
export interface Observation {
  /** What was done or looked at; unique in its scenario. */
  readonly name: string;
  /** What came of it, in one line. */
  readonly value: string;
}

export interface Scenario {
  /** Unique, for the rows of the known differences. */
  readonly name: string;
  /** Leaves the machine as it found it. */
  run(subject: Subject): Promise<void>;
}

export interface ScenarioRun {
  readonly scenario: string;
  readonly observations: readonly Observation[];
}
