// 100,000 messages of OutputDebugString from two programs: all are in the log, and the programs, which wait for the
// reader at each message, print as fast as with the plainest reader in C.

import type { Benchmark, BenchmarkRow } from "./benchmark";
import { BenchPrefix } from "./benchPrefix";

const WRITERS = 2;
const MESSAGES = 100_000;
/** Each writer's last message says that it is done. */
const ALL = MESSAGES + WRITERS;

interface Captured {
  readonly lines: number;
  readonly disordered: number;
  readonly seconds: number;
}

async function measure(prefix: BenchPrefix): Promise<readonly BenchmarkRow[]> {
  const reference = await rateOfC(prefix);
  const words = [prefix.pathOf("ods"), WRITERS, MESSAGES / WRITERS];
  const { lines, disordered, seconds } = await prefix.script<Captured>("captureDbwin", ...words);
  if (disordered !== 0) throw new Error(`${disordered} messages did not come after the one before them`);
  return [
    {
      what: "100,000 messages of OutputDebugString from two programs: in the log",
      value: lines - WRITERS,
      unit: "lines",
      target: { bound: "at least", value: MESSAGES, of: "value" },
    },
    {
      what: "... how fast they are printed",
      value: ALL / seconds,
      unit: "messages/s",
      reference: { what: "with a reader in C", value: reference },
      target: { bound: "at least", value: 0.9, of: "ratio" },
    },
  ];
}

/** Messages a second. */
async function rateOfC(prefix: BenchPrefix): Promise<number> {
  const reader = prefix.begin("dbwinCount", WRITERS);
  if ((await reader.nextLine()).trim() !== "reads") throw new Error("the reader in C could not start");
  const counted = reader.nextLine();
  const writers = Array.from({ length: WRITERS }, () => prefix.program("ods", "many", MESSAGES / WRITERS, 1));
  const [messages, microseconds = Number.NaN] = (await counted).trim().split(" ").map(Number);
  await Promise.all([...writers, reader.end()]);
  if (messages !== ALL) throw new Error(`the reader in C has counted ${messages} messages`);
  return ALL / (microseconds / 1e6);
}

const benchmark: Benchmark = { name: "dbwin", run: () => BenchPrefix.use(measure) };
export default benchmark;
