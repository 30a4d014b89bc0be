// What a benchmark is. Each tests/bench/NAME.bench.ts exports one as its default; `npm run bench [-- NAME...]` runs each
// in a process of its own and prints one table. Compare with a reference measured in the same run wherever there is one:
// a ratio says the same on a slow machine and on a fast one.

export interface Benchmark {
  readonly name: string;
  run(): Promise<readonly BenchmarkRow[]>;
}

export interface BenchmarkRow {
  /** What was measured, with its size: "list a directory of 100,000 objects". */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with, measured in the same run and unit. */
  readonly reference?: { readonly what: string; readonly value: number };
  readonly target?: BenchmarkTarget;
}

export interface BenchmarkTarget {
  readonly bound: "at most" | "at least";
  readonly value: number;
  /** ratio: value divided by the reference's value; difference: value minus it. */
  readonly of: "value" | "ratio" | "difference";
}
