// A directory of 100,000 objects: listed, sorted and scrolled through, and no frame of the page takes long. Each run is
// a window of its own, so that every figure is that of a first time, with code the browser has not compiled yet.
import type { Locator, Page } from "playwright-core";
import { launchApp } from "../e2e/harness/launch";
import { NtscopePage } from "../e2e/harness/ntscopePage";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { median, quantile } from "./figures";
import { framesFor, startFrameTimes, stopFrameTimes } from "./frameTimes";
import { removePlainList, showPlainList } from "./plainList";

const objects = 100_000;
/** Odd, so that the median is a run that happened. */
const runs = 3;
/** Turns of the wheel, and jumps of the scroll bar over the whole list. */
const turns = 100;
const wheelTurn = 300;
const jumps = 50;

const directory = "\\GLOBAL??";
const listSelector = `[role=grid][aria-label=${JSON.stringify(`Objects in ${directory}`)}]`;

interface Run {
  /** Ms until the first rows showed. */
  listed: number;
  listing: number[];
  /** Frames of the same page while nothing was asked of it. */
  idle: number[];
  scrolling: number[];
  /** Frames of a list of plain text under the same input. */
  plain: number[];
}

async function list(ntscope: NtscopePage): Promise<Pick<Run, "listed" | "listing">> {
  const { page } = ntscope;
  // Once before, so that the test driver's own script is in the page before anything is measured.
  await page.waitForFunction(() => true);
  await startFrameTimes(page);
  const started = Date.now();
  await ntscope.directory(directory).click();
  await page.waitForFunction(
    ({ selector, least }) => {
      const shown = document.querySelector(selector);
      return Number(shown?.getAttribute("aria-rowcount")) > least && shown?.querySelector("[data-text]") !== null;
    },
    { selector: listSelector, least: objects },
  );
  return { listed: Date.now() - started, listing: await stopFrameTimes(page) };
}

async function scroll(page: Page, scroller: Locator): Promise<number[]> {
  await scroller.hover();
  await startFrameTimes(page);
  for (let turn = 0; turn < turns; turn += 1) await page.mouse.wheel(0, wheelTurn);
  await scroller.evaluate(async (element, count) => {
    for (let jump = 1; jump <= count; jump += 1) {
      element.scrollTop = (element.scrollHeight * jump) / count;
      await new Promise(requestAnimationFrame);
    }
  }, jumps);
  await page.waitForFunction((selector) => {
    const rows = document.querySelectorAll(`${selector} [data-row]`);
    return rows.length > 0 && [...rows].every((row) => !row.classList.contains("gridRowLoading"));
  }, listSelector);
  return stopFrameTimes(page);
}

async function runOnce(): Promise<Run> {
  const launched = await launchApp();
  const { page } = launched;
  const ntscope = new NtscopePage(launched);
  await ntscope.ready();
  await ntscope.createAndStartService("crowd", "builtin:crowd");

  const { listed, listing } = await list(ntscope);
  const grid = ntscope.objects(directory);
  const scrolling = await scroll(page, grid);
  const idle = await framesFor(page, listing.length);
  const plain = await scroll(page, await showPlainList(page, grid, objects));
  await removePlainList(page);
  await launched.close();
  return { listed, listing, idle, scrolling, plain };
}

async function run(): Promise<readonly BenchmarkRow[]> {
  const all: Run[] = [];
  for (let count = 0; count < runs; count += 1) all.push(await runOnce());
  const longest = (of: (each: Run) => number[]) => median(all.map((each) => quantile(of(each), 1)));
  const percentile95 = (of: (each: Run) => number[]) => median(all.map((each) => quantile(of(each), 0.95)));
  const target = { bound: "at most", value: 50, of: "value" } as const;
  return [
    {
      what: "directory of 100,000 objects: until its first rows show",
      value: median(all.map((each) => each.listed)),
      unit: "ms",
    },
    {
      what: "... longest frame of the page while listing",
      value: longest((each) => each.listing),
      unit: "ms",
      reference: { what: "the page left alone", value: longest((each) => each.idle) },
      target,
    },
    {
      what: "... its frames while scrolling, 95th percentile",
      value: percentile95((each) => each.scrolling),
      unit: "ms",
      reference: { what: "a list of plain text", value: percentile95((each) => each.plain) },
      target,
    },
    {
      what: "... the longest of them",
      value: longest((each) => each.scrolling),
      unit: "ms",
      reference: { what: "a list of plain text", value: longest((each) => each.plain) },
      target,
    },
  ];
}

const benchmark: Benchmark = { name: "huge directory", run };
export default benchmark;
