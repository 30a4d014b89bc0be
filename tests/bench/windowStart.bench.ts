// How long the window takes until the namespace can be clicked, and what it keeps in memory, against an empty window of
// the same Electron, started by turns.

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { median } from "./figures";
import { startWindow } from "./startedWindow";

/** Odd, so that the median is a run that happened. */
const starts = 11;
/** Looks at memory: they take long and differ by a few MB only. */
const looks = 3;

/** Ms after the first start of each, which is thrown away: it reads a cold disk, and keeps what the next ones find. */
const firstUse = 5_000;
/**
 * Ms after the start at which memory is looked at: the page's lazy parts are loaded, and Chromium has had the time to
 * give back what only the start needed.
 */
const settling = 20_000;

interface Subject {
  readonly app: string;
  readonly shows: string;
  /** Kept from start to start, as a user's is. */
  readonly profile: string;
  readonly times: number[];
  readonly memory: number[];
}

function subject(app: string, shows: string): Subject {
  return { app, shows, profile: mkdtempSync(path.join(os.tmpdir(), "ntscope-bench-")), times: [], memory: [] };
}

async function use({ app, shows, profile }: Subject, milliseconds: number): Promise<{ time: number; memory: number }> {
  const window = await startWindow(app, shows, profile);
  await wait(milliseconds);
  const memory = window.memory();
  await window.close();
  return { time: window.untilShown, memory };
}

async function run(): Promise<readonly BenchmarkRow[]> {
  const empty = subject(path.join(rootDir, "tests", "bench", "emptyWindow"), "#ready");
  const ntscope = subject(rootDir, "[role=treeitem][data-path='\\\\Device']");
  const both = [empty, ntscope];
  try {
    for (const each of both) await use(each, firstUse);
    for (let turn = 0; turn < starts; turn += 1) {
      for (const each of both) each.times.push((await use(each, 0)).time);
    }
    for (let turn = 0; turn < looks; turn += 1) {
      for (const each of both) each.memory.push((await use(each, settling)).memory);
    }
  } finally {
    for (const { profile } of both) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return [
    {
      what: "start until the namespace can be clicked",
      value: median(ntscope.times),
      unit: "ms",
      reference: { what: "an empty Electron window", value: median(empty.times) },
      target: { bound: "at most", value: 1.5, of: "ratio" },
    },
    {
      what: "memory of all processes after the start",
      value: median(ntscope.memory),
      unit: "MB",
      reference: { what: "an empty Electron window", value: median(empty.memory) },
      target: { bound: "at most", value: 80, of: "difference" },
    },
  ];
}

const benchmark: Benchmark = { name: "window start", run };
export default benchmark;
