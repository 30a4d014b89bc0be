// The log under load: taking lines in, searching and filtering them, and what they cost in memory, beside the plainest
// thing that could do it: an array of objects.
import { nodeScheduler } from "../../main/engine/nodeScheduler";
import { Log } from "../../main/log/log";
import type { LogPrint } from "../../main/log/logRecord";
import type { LogRule } from "../../main/log/logRule";
import { findRow } from "../../main/log/views/findRow";
import type { LogView } from "../../main/log/views/logView";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { quickest, quickestOf } from "./measure";

const LINES = 100_000;
/** Lines searched and filtered: enough that one run takes some 100 ms. */
const MANY_LINES = 1_000_000;
/** Lines a second: what lnav searches and filters at (10 million lines in 2.9 s on an Apple M2). */
const TERMINAL_VIEWER_SPEED = 3_500_000;

const benchmark: Benchmark = {
  name: "log store",
  async run() {
    const prints = Array.from({ length: LINES }, (_, index) => printOf(index));
    const log = new Log({ scheduler: nodeScheduler });
    const rows = [appendRow(log, prints)];
    log.clear();
    for (let index = 0; index < MANY_LINES; index += 1) log.print(printOf(index));
    const texts = Array.from({ length: MANY_LINES }, (_, index) => printOf(index).text);
    rows.push(memoryRow(log), await findRowFigure(log, texts), await filterRow(log, texts));
    return rows;
  },
};

export default benchmark;

function printOf(index: number): LogPrint {
  return {
    time: index,
    source: "kernel",
    component: 101,
    level: 3,
    processId: 4,
    threadId: 8,
    process: "System",
    text: `example!dispatchRead: request ${index} of the device, ${index % 97} bytes\n`,
  };
}

function appendRow(log: Log, prints: readonly LogPrint[]): BenchmarkRow {
  let objects: object[] = [];
  const naive = quickest(() => {
    objects = [];
    for (const print of prints) objects.push({ ...print, sequence: objects.length, text: print.text.trimEnd() });
  });
  const ours = quickest(() => {
    log.clear();
    for (const print of prints) log.print(print);
  });
  if (log.store.lines !== objects.length) throw new Error("lines were lost");
  return {
    what: "100,000 prints into the log store",
    value: LINES / ours,
    unit: "lines/s",
    reference: { what: "pushed as objects into an array", value: LINES / naive },
    target: { bound: "at least", value: 1_000_000, of: "value" },
  };
}

function memoryRow(log: Log): BenchmarkRow {
  const before = heapUsed();
  const objects = Array.from({ length: LINES }, (_, index) => ({ ...printOf(index), sequence: index }));
  const naive = (heapUsed() - before) / objects.length;
  return {
    what: "memory of a log line, columns and text",
    value: log.store.bytes / log.store.lines,
    unit: "bytes",
    reference: { what: "as an object", value: naive },
    target: { bound: "at most", value: 0.7, of: "ratio" },
  };
}

async function findRowFigure(log: Log, texts: readonly string[]): Promise<BenchmarkRow> {
  const view = openView(log, []);
  const scheduler = nodeScheduler;
  const ours = await quickestOf(async () => {
    const test = (line: { lowerText: string }) => line.lowerText.includes("no such text");
    const found = await findRow({ store: log.store, view, scheduler, from: -1, backwards: false, test });
    if (found !== -1) throw new Error("found what is not there");
  });
  const naive = quickest(() => {
    if (texts.some((text) => text.toLowerCase().includes("no such text"))) throw new Error("found");
  });
  return {
    what: "find without case through 1,000,000 lines, in slices",
    value: MANY_LINES / ours,
    unit: "lines/s",
    reference: { what: "toLowerCase().includes() over an array", value: MANY_LINES / naive },
    target: { bound: "at least", value: TERMINAL_VIEWER_SPEED, of: "value" },
  };
}

async function filterRow(log: Log, texts: readonly string[]): Promise<BenchmarkRow> {
  const view = openView(log, []);
  const rule: LogRule = {
    column: "text",
    match: "wildcards",
    text: "request 9*bytes",
    matchCase: false,
    action: "include",
    colour: 0,
    enabled: true,
  };
  const ours = await quickestOf(async () => {
    log.views.setRules(view, [rule]);
    while (view.behind) await new Promise((resolve) => setImmediate(resolve));
  });
  let matches = 0;
  const naive = quickest(() => {
    matches = texts.filter((text) => /request 9.*bytes/i.test(text)).length;
  });
  if (view.state().rows !== matches) throw new Error("the filter shows other lines than the expression");
  return {
    what: "filter 1,000,000 lines by a wildcard rule, in slices",
    value: MANY_LINES / ours,
    unit: "lines/s",
    reference: { what: "a regular expression over an array", value: MANY_LINES / naive },
    target: { bound: "at least", value: TERMINAL_VIEWER_SPEED, of: "value" },
  };
}

function openView(log: Log, rules: LogRule[]): LogView {
  const view = log.views.get(log.views.open(rules).view);
  if (!view) throw new Error("the view was just opened");
  return view;
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
