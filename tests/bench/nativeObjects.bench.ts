// A directory of 10,000 objects of a real object manager, listed beside a C program that makes the same calls.

import type { Benchmark, BenchmarkRow } from "./benchmark";
import { BenchPrefix } from "./benchPrefix";

const OBJECTS = 10_000;
const DIRECTORY = "\\NtScopeBench";
/** As many as the script does. */
const ROUNDS = 5;

async function measure(prefix: BenchPrefix): Promise<readonly BenchmarkRow[]> {
  const objects = prefix.begin("manyObjects", DIRECTORY, OBJECTS);
  if ((await objects.nextLine()).trim() !== `made ${OBJECTS}`) throw new Error("the objects could not be made");
  const [count, microseconds = Number.NaN] = await prefix.program("manyObjects", "list", DIRECTORY, ROUNDS);
  const ours = await prefix.script<{ entries: number; seconds: number }>("listObjects", DIRECTORY);
  await objects.end();
  if (count !== OBJECTS || ours.entries !== OBJECTS) throw new Error("entries are missing");
  return [
    {
      what: "list a directory of 10,000 objects of a Wine prefix",
      value: OBJECTS / ours.seconds,
      unit: "objects/s",
      reference: { what: "a C program with the same calls", value: OBJECTS / (microseconds / 1e6) },
      target: { bound: "at least", value: 0.8, of: "ratio" },
    },
  ];
}

const benchmark: Benchmark = { name: "native objects", run: () => BenchPrefix.use(measure) };
export default benchmark;
