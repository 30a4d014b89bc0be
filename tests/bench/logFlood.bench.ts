// 100,000 DbgPrint lines of a model driver: all are in the store, and the page goes on drawing while they arrive.
import { launchApp } from "../e2e/harness/launch";
import { NtscopePage } from "../e2e/harness/ntscopePage";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { quantile } from "./figures";
import { framesFor, startFrameTimes, stopFrameTimes } from "./frameTimes";

const lines = 100_000;
/** Two seconds of them: longer than the lines take. */
const idleFrames = 120;

async function run(): Promise<readonly BenchmarkRow[]> {
  const launched = await launchApp();
  const ntscope = new NtscopePage(launched);
  await ntscope.ready();
  await ntscope.createAndStartService("crowd", "builtin:crowd");
  const idle = await framesFor(launched.page, idleFrames);
  const before = await ntscope.logLineCount();
  await ntscope.showPane("Log");
  // Opened from the properties, so that the log stays in view.
  await ntscope.showDirectory("\\Device");
  const device = await ntscope.scrollToRow(ntscope.objects("\\Device"), "Crowd");
  await ntscope.chooseContextMenu(device, "object.properties");
  const open = launched.page.getByRole("button", { name: "Open device to query" });
  await open.waitFor();

  await startFrameTimes(launched.page);
  const started = Date.now();
  await open.click();
  await ntscope.untilLogShows([`line ${lines} of ${lines}, as long as lines of drivers are that say what they do`]);
  const took = Date.now() - started;
  const frames = await stopFrameTimes(launched.page);
  const stored = (await ntscope.logLineCount()) - before;
  await launched.close();
  return [
    {
      what: "100,000 DbgPrint lines: in the store",
      value: stored,
      unit: "lines",
      target: { bound: "at least", value: lines, of: "value" },
    },
    { what: "100,000 DbgPrint lines: until the last is on the screen", value: took, unit: "ms" },
    {
      what: "100,000 DbgPrint lines: the page's frames meanwhile, 95th percentile",
      value: quantile(frames, 0.95),
      unit: "ms",
      reference: { what: "the page left alone", value: quantile(idle, 0.95) },
      target: { bound: "at most", value: 50, of: "value" },
    },
  ];
}

const benchmark: Benchmark = { name: "log flood", run };
export default benchmark;
