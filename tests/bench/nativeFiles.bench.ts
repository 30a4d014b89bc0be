// Open, write, read and close on a real driver, beside a C program that does it with Win32's calls; and how much quicker
// the model does it.

import type { Benchmark, BenchmarkRow } from "./benchmark";
import { BenchPrefix } from "./benchPrefix";
import { ModelFiles } from "./modelFiles";

const CYCLES = 1000;
/** As many as the script does. */
const ROUNDS = 5;
const DEVICE = "\\\\.\\Example";

async function measure(prefix: BenchPrefix): Promise<readonly BenchmarkRow[]> {
  await prefix.load("benchRw", "exampleRw");
  const [microseconds = Number.NaN] = await prefix.program("cycleFile", DEVICE, CYCLES, ROUNDS);
  const { seconds } = await prefix.script<{ seconds: number }>("cycleDevice", DEVICE, CYCLES);
  const program = CYCLES / (microseconds / 1e6);
  return [
    {
      what: "open, write, read and close on the driver exampleRw in a Wine prefix",
      value: CYCLES / seconds,
      unit: "cycles/s",
      reference: { what: "a C program", value: program },
      target: { bound: "at least", value: 0.5, of: "ratio" },
    },
    {
      what: "the same on the model's example-rw",
      value: new ModelFiles().cycles(),
      unit: "cycles/s",
      reference: { what: "the C program in the Wine prefix", value: program },
      target: { bound: "at least", value: 50, of: "ratio" },
    },
  ];
}

const benchmark: Benchmark = { name: "native files", run: () => BenchPrefix.use(measure) };
export default benchmark;
