// Debug prints from the driver's call to a line in the log: formatted, filtered, stored; and the same through the engine.
import { format } from "node:util";
import { createModelEngine } from "../../main/engine/modelEngine";
import { nodeScheduler } from "../../main/engine/nodeScheduler";
import { ownEngine } from "../../main/engine/ownEngine";
import { bootKernel } from "../../main/kernel/boot/bootKernel";
import type { DebugPrintEvent } from "../../main/kernel/kernelHost";
import { Log } from "../../main/log/log";
import { silentHost } from "./benchKernel";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { leastProcessorTime } from "./measure";

/** What the driver builtin:crowd prints when it is opened, too. */
const LINES = 100_000;

async function run(): Promise<readonly BenchmarkRow[]> {
  const log = new Log({ scheduler: nodeScheduler });
  const didPrint = ({ processName, ...print }: DebugPrintEvent) => {
    log.print({ source: "kernel", process: processName, ...print });
  };
  const { dbg } = bootKernel({ ...silentHost, didPrint }).kernel;
  const ours = leastProcessorTime(() => {
    log.clear();
    for (let line = 0; line < LINES; line += 1) {
      dbg.DbgPrint("%s: request %d of %d bytes, status 0x%08x\n", "example!dispatchRead", line, line % 97, 0);
    }
  });
  if (log.store.lines !== LINES) throw new Error("lines were lost");
  const naive = leastProcessorTime(() => {
    const lines: string[] = [];
    for (let line = 0; line < LINES; line += 1) {
      lines.push(
        format("%s: request %d of %d bytes, status 0x%s", "example!dispatchRead", line, line % 97, "00000000"),
      );
    }
    if (lines.length !== LINES) throw new Error("lines were lost");
  });
  const reference = { what: "util.format into an array", value: LINES / naive };
  // A driver that prints all it can for half a second must not hold up the window for longer than that.
  const target = { bound: "at least", value: 200_000, of: "value" } as const;
  return [
    {
      what: "DbgPrint with four values, to a line of the log",
      value: LINES / ours,
      unit: "lines/s",
      reference,
      target,
    },
    {
      what: "... 100,000 lines in one open through the engine",
      value: await throughEngine(),
      unit: "lines/s",
      reference,
    },
  ];
}

/** Lines a second from the call that opens the device to the answer that all lines are in the log. */
async function throughEngine(): Promise<number> {
  const engine = ownEngine(createModelEngine());
  await engine.call("services.create", { name: "crowd", binPath: "builtin:crowd", type: "kernel" });
  await engine.call("services.start", { name: "crowd" });
  const before = await engine.call("log.state", {});
  const started = performance.now();
  await engine.call("devices.open", { path: "\\\\.\\Crowd", access: "r" });
  const after = await engine.call("log.state", {});
  const seconds = (performance.now() - started) / 1000;
  engine.dispose();
  if (!before.ok || !after.ok || after.value.lines - before.value.lines < LINES) throw new Error("lines were lost");
  return LINES / seconds;
}

const benchmark: Benchmark = { name: "kernel prints", run };
export default benchmark;
