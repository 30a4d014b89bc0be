// How long the window takes until the namespace can be clicked, and what it keeps in memory, against an empty window of
// the same Electron, started by turns.

import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { median } from "./figures";
import { type StartedWindow, startWindow } from "./startedWindow";

/** Odd, so that the median is a run that happened; the first of each is thrown away, since it reads a cold disk. */
const runs = 7;

/** Ms after the start at which memory is looked at: the page's lazy parts are loaded, the engine has booted. */
const settling = 3_000;

interface Figures {
  times: number[];
  memory: number[];
}

const empty = { app: path.join(rootDir, "tests", "bench", "emptyWindow"), shows: "#ready" };
const ntscope = { app: rootDir, shows: "[role=treeitem][data-path='\\\\Device']" };

async function measure(subject: typeof empty, figures: Figures): Promise<void> {
  const window: StartedWindow = await startWindow(subject.app, subject.shows);
  await wait(settling);
  figures.times.push(window.untilShown);
  figures.memory.push(window.memory());
  await window.close();
}

async function run(): Promise<readonly BenchmarkRow[]> {
  const ofEmpty: Figures = { times: [], memory: [] };
  const ofNtscope: Figures = { times: [], memory: [] };
  for (let turn = 0; turn <= runs; turn += 1) {
    const isWarmUp = turn === 0;
    await measure(empty, isWarmUp ? { times: [], memory: [] } : ofEmpty);
    await measure(ntscope, isWarmUp ? { times: [], memory: [] } : ofNtscope);
  }
  return [
    {
      what: "start until the namespace can be clicked",
      value: median(ofNtscope.times),
      unit: "ms",
      reference: { what: "an empty Electron window", value: median(ofEmpty.times) },
      target: { bound: "at most", value: 1.5, of: "ratio" },
    },
    {
      what: "memory of all processes after the start",
      value: median(ofNtscope.memory),
      unit: "MB",
      reference: { what: "an empty Electron window", value: median(ofEmpty.memory) },
      target: { bound: "at most", value: 80, of: "difference" },
    },
  ];
}

const benchmark: Benchmark = { name: "window start", run };
export default benchmark;
