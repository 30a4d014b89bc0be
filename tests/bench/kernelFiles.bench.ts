// Open, write, read, close and control codes on the model's drivers, beside this computer's own kernel.
import fs from "node:fs";
import { devNull } from "node:os";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { BYTES, ModelFiles, rate } from "./modelFiles";

async function run(): Promise<readonly BenchmarkRow[]> {
  const model = new ModelFiles();
  return [
    {
      what: "open through a link, write, read and close on example-rw",
      value: model.cycles(),
      unit: "cycles/s",
      reference: { what: `the same on ${devNull} of this computer`, value: rate(cycleOfThisComputer) },
      target: { bound: "at least", value: 100_000, of: "value" },
    },
    {
      what: `a METHOD_BUFFERED control code with ${BYTES} bytes each way`,
      value: model.controls(),
      unit: "calls/s",
      target: { bound: "at least", value: 300_000, of: "value" },
    },
  ];
}

const data = new Uint8Array(BYTES);

function cycleOfThisComputer(): void {
  const file = fs.openSync(devNull, "r+");
  fs.writeSync(file, data);
  fs.readSync(file, data);
  fs.closeSync(file);
}

const benchmark: Benchmark = { name: "kernel files", run };
export default benchmark;
