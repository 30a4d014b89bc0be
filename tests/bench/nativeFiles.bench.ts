// Open, write, read and close on a real driver, beside a C program that does it with Win32's calls.

import type { Benchmark, BenchmarkRow } from "./benchmark";
import { BenchPrefix } from "./benchPrefix";

const CYCLES = 1000;
/** As many as the script does. */
const ROUNDS = 5;
const DEVICE = "\\\\.\\Example";

async function measure(prefix: BenchPrefix): Promise<readonly BenchmarkRow[]> {
  await prefix.load("benchRw", "exampleRw");
  const [microseconds = Number.NaN] = await prefix.program("cycleFile", DEVICE, CYCLES, ROUNDS);
  const { seconds } = await prefix.script<{ seconds: number }>("cycleDevice", DEVICE, CYCLES);
  return [
    {
      what: "open, write, read and close on the driver exampleRw in a Wine prefix",
      value: CYCLES / seconds,
      unit: "cycles/s",
      reference: { what: "a C program", value: CYCLES / (microseconds / 1e6) },
      target: { bound: "at least", value: 0.5, of: "ratio" },
    },
  ];
}

const benchmark: Benchmark = { name: "native files", run: () => BenchPrefix.use(measure) };
export default benchmark;
