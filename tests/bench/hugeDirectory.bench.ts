// A directory of 100,000 objects: listed, sorted and scrolled through, and no frame of the page takes long.
import { launchApp } from "../e2e/harness/launch";
import { NtscopePage } from "../e2e/harness/ntscopePage";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { quantile } from "./figures";
import { startFrameTimes, stopFrameTimes } from "./frameTimes";

const objects = 100_000;
/** Turns of the wheel, and jumps of the scroll bar over the whole list. */
const turns = 200;
const jumps = 50;

async function run(): Promise<readonly BenchmarkRow[]> {
  const launched = await launchApp();
  const { page } = launched;
  const ntscope = new NtscopePage(launched);
  await ntscope.ready();
  await ntscope.createAndStartService("crowd", "builtin:crowd");

  await startFrameTimes(page);
  const started = Date.now();
  await ntscope.directory("\\GLOBAL??").click();
  const grid = ntscope.objects("\\GLOBAL??");
  await page.waitForFunction((least) => {
    const shown = document.querySelector("[role=grid][aria-label='Objects in \\\\GLOBAL??']");
    return Number(shown?.getAttribute("aria-rowcount")) > least && shown?.querySelector("[data-text]") !== null;
  }, objects);
  const listed = Date.now() - started;
  const listingFrames = await stopFrameTimes(page);

  await grid.hover();
  await startFrameTimes(page);
  for (let turn = 0; turn < turns; turn += 1) await page.mouse.wheel(0, 300);
  await grid.evaluate(async (element, count) => {
    for (let jump = 1; jump <= count; jump += 1) {
      element.scrollTop = (element.scrollHeight * jump) / count;
      await new Promise(requestAnimationFrame);
    }
  }, jumps);
  await page.waitForFunction(() => {
    const rows = document.querySelectorAll("[role=grid][aria-label='Objects in \\\\GLOBAL??'] [data-row]");
    return rows.length > 0 && [...rows].every((row) => !row.classList.contains("gridRowLoading"));
  });
  const scrollingFrames = await stopFrameTimes(page);
  await launched.close();
  const target = { bound: "at most", value: 50, of: "value" } as const;
  return [
    { what: "directory of 100,000 objects: until its first rows show", value: listed, unit: "ms" },
    { what: "... longest frame of the page while listing", value: quantile(listingFrames, 1), unit: "ms", target },
    { what: "... longest frame of the page while scrolling", value: quantile(scrollingFrames, 1), unit: "ms", target },
  ];
}

const benchmark: Benchmark = { name: "huge directory", run };
export default benchmark;
