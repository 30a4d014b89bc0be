import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Log } from "../log";
import type { LogRule } from "../logRule";
import { ManualScheduler } from "../manualScheduler";
import { testPrint, testRule } from "../testLines";
import { findRow } from "./findRow";
import type { LogView } from "./logView";
import { readRows } from "./readRows";

const decoder = new TextDecoder();

function openView(log: Log, rules: LogRule[] = []): LogView {
  const view = log.views.get(log.views.open(rules).view);
  if (!view) throw new Error("the view was just opened");
  return view;
}

function texts(log: Log, view: LogView, from = 0, count = 1e6): string[] {
  const rows = readRows(log.store, view, log.bookmarks, from, count);
  return Array.from({ length: rows.count }, (_, row) =>
    decoder.decode(rows.text.subarray(rows.textOffset[row], rows.textOffset[row + 1])),
  );
}

function newLog(options: { historyLines?: number; tick?: number } = {}) {
  const scheduler = new ManualScheduler(options.tick);
  const { historyLines = 0 } = options;
  return { scheduler, log: new Log({ scheduler, historyLines, chunk: { lines: 16, textBytes: 512 } }) };
}

const word = fc.constantFrom("disk error", "disk ok", "net", "Disk", "İ", "");
const rule: fc.Arbitrary<LogRule> = fc.record({
  column: fc.constantFrom("text" as const, "any" as const, "processId" as const),
  match: fc.constantFrom("wildcards" as const, "regex" as const, "equals" as const),
  text: fc.constantFrom("disk", "d*r", "error;net", "4", "^net", "(", ""),
  matchCase: fc.boolean(),
  action: fc.constantFrom("include" as const, "exclude" as const),
  colour: fc.nat(9),
  enabled: fc.boolean(),
});

type Step = { print: string; processId: number } | { rules: LogRule[] } | { limit: number } | { clear: true } | "turn";

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ print: word, processId: fc.constantFrom(4, 44) }) },
  { weight: 5, arbitrary: fc.constant("turn" as const) },
  { weight: 2, arbitrary: fc.record({ rules: fc.array(rule, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ limit: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.constant({ clear: true } as const) },
);

/** The rule language in its plainest form: what a view must show. */
function modelShows(rules: readonly LogRule[], line: { text: string; processId: number }): boolean {
  const used = rules.filter((each) => each.enabled && (each.text !== "" || each.match === "equals"));
  const matches = (each: LogRule) => {
    const columns = { text: line.text, processId: String(line.processId), process: "System", threadId: "8" };
    const more = { source: "kernel", component: "101", level: "3", levelName: "info" };
    const values = each.column === "any" ? { ...columns, ...more } : { [each.column]: columns[each.column as "text"] };
    return Object.entries(values).some(([column, value]) => modelMatches(each, value, column));
  };
  const decisive = used.find(matches);
  return decisive ? decisive.action === "include" : !used.some((each) => each.action === "include");
}

function modelMatches({ match, text, matchCase }: LogRule, value: string, column: string): boolean {
  const escaped = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const flags = matchCase ? "" : "i";
  if (match === "equals") return new RegExp(`^${escaped(text)}$`, flags).test(value);
  if (match === "regex") return new RegExp(text === "(" ? "\\(" : text, flags).test(value);
  const whole = column !== "text" && column !== "process";
  return text.split(";").some((pattern) => {
    const body = pattern.split("*").map(escaped).join("[^]*");
    return new RegExp(whole ? `^${body}$` : body, flags).test(value);
  });
}

describe("views", () => {
  it("show what an array with a filter would, whatever is printed, limited, cleared or asked in between", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const { scheduler, log } = newLog({ tick: 1 });
        const view = openView(log);
        let model: { text: string; processId: number }[] = [];
        let rules: LogRule[] = [];
        let limit = 0;
        for (const each of steps) {
          if (each === "turn") scheduler.runDue();
          else if ("print" in each) {
            log.print(testPrint(`${each.print}\n`, { processId: each.processId }));
            model.push({ text: each.print, processId: each.processId });
          } else if ("rules" in each) {
            rules = each.rules;
            log.views.setRules(view, rules);
          } else if ("limit" in each) {
            limit = each.limit;
            log.setHistoryLines(limit);
          } else {
            log.clear();
            model = [];
          }
          if (limit > 0) model.splice(0, Math.max(0, model.length - limit));
        }
        while (scheduler.waiting > 0) scheduler.runDue();
        const expected = model.filter((each) => modelShows(rules, each)).map((each) => each.text);
        expect(texts(log, view)).toEqual(expected);
        expect(view.state()).toMatchObject({ rows: expected.length, filtering: false, progress: 1 });
        expect(texts(log, view, 2, 3)).toEqual(expected.slice(2, 5));
      }),
      { numRuns: 400, seed: 9 },
    );
  });

  it("apply new rules to old lines in slices, with progress, and give up for newer rules", () => {
    const { scheduler, log } = newLog({ tick: 3 });
    const view = openView(log);
    for (let count = 0; count < 20_000; count += 1) log.print(testPrint(`line ${count % 10}\n`));
    const first = log.views.setRules(view, [testRule({ text: "line 1" })]);
    expect(first).toMatchObject({ filtering: true });
    expect(first.progress).toBeGreaterThan(0);
    expect(first.progress).toBeLessThan(0.5);
    scheduler.runDue();
    const second = view.state();
    expect(second.progress).toBeGreaterThan(first.progress);
    expect(second.rows).toBeGreaterThan(first.rows);
    log.views.setRules(view, [testRule({ text: "line 2;line 3" })]);
    while (scheduler.waiting > 0) scheduler.runDue();
    expect(view.state()).toMatchObject({ rows: 4000, filtering: false });
    expect(new Set(texts(log, view))).toEqual(new Set(["line 2", "line 3"]));
  });

  it("say by how many rows the front moved, so that a reader can keep its place", () => {
    const { log } = newLog({ historyLines: 10 });
    const all = openView(log);
    const even = openView(log, [testRule({ match: "regex", text: "[02468]$" })]);
    for (let count = 0; count < 25; count += 1) {
      log.print(testPrint(`${count}\n`));
      log.views.catchUp(even);
    }
    expect(all.state()).toMatchObject({ rows: 10, droppedRows: 15 });
    expect(even.state()).toMatchObject({ rows: 5, droppedRows: 8 });
    expect(texts(log, even)).toEqual(["16", "18", "20", "22", "24"]);
  });

  it("colour and mark rows by rule, and by hand where the hand said otherwise", () => {
    const { log } = newLog();
    const view = openView(log, [
      testRule({ action: "highlight", text: "b", colour: 7 }),
      testRule({ action: "mark", text: "c" }),
    ]);
    for (const text of ["a", "b", "c", "d"]) log.print(testPrint(`${text}\n`));
    log.bookmarks.set(3, false);
    log.bookmarks.set(4, true);
    const rows = readRows(log.store, view, log.bookmarks, 0, 10);
    expect([...rows.colour]).toEqual([-1, 7, -1, -1]);
    expect([...rows.marked]).toEqual([0, 0, 0, 1]);
  });

  it("drop at capture what a discard rule of an open view matches, and count it", () => {
    const { log } = newLog();
    const { view } = log.views.open([testRule({ action: "discard", text: "noise" })]);
    log.print(testPrint("noise 1\nnews\nNoise 2\n"));
    log.note("loss", "noise was lost", 0, 3);
    log.views.close(view);
    log.print(testPrint("noise 3\n"));
    expect(texts(log, openView(log))).toEqual(["news", "noise was lost", "noise 3"]);
    expect(log.state(0)).toMatchObject({ discarded: 2, lines: 3, lost: 3 });
  });
});

describe("find", () => {
  const lines = ["alpha", "beta", "gamma", "beta", "delta"];
  async function find(word: string, from: number, backwards: boolean, rules: LogRule[] = []) {
    const { log, scheduler } = newLog();
    const view = openView(log, rules);
    for (const text of lines) log.print(testPrint(`${text}\n`));
    log.views.catchUp(view);
    return findRow({
      store: log.store,
      view,
      scheduler,
      from,
      backwards,
      test: (line) => line.text.includes(word),
    });
  }

  it.each<[string, number, boolean, number]>([
    ["beta", -1, false, 1],
    ["beta", 1, false, 3],
    ["beta", 3, false, 1],
    ["beta", -1, true, 3],
    ["beta", 3, true, 1],
    ["beta", 1, true, 3],
    ["gamma", 2, false, 2],
    ["alpha", 4, false, 0],
    ["alpha", 0, true, 0],
    ["delta", 0, true, 4],
    ["beta", 99, false, 1],
    ["nothing", 0, false, -1],
  ])("%j from %j backwards %j: row %j", async (text, from, backwards, expected) => {
    expect(await find(text, from, backwards)).toBe(expected);
  });

  it("counts rows of the filtered view", async () => {
    expect(await find("delta", 0, false, [testRule({ text: "beta;delta" })])).toBe(2);
  });

  it("stops when it is cancelled, or when the rules change under it", async () => {
    const { log, scheduler } = newLog({ tick: 5 });
    const view = openView(log);
    for (let count = 0; count < 5000; count += 1) log.print(testPrint(`${count}\n`));
    const search = { store: log.store, view, scheduler, from: -1, backwards: false };
    const controller = new AbortController();
    const cancelled = findRow({ ...search, test: () => false, signal: controller.signal });
    const outdated = findRow({ ...search, test: () => false });
    controller.abort();
    log.views.setRules(view, [testRule({ text: "1" })]);
    while (scheduler.waiting > 0) scheduler.runDue();
    expect(await cancelled).toBeUndefined();
    expect(await outdated).toBeUndefined();
  });

  it("answers the row as it is now when history was dropped meanwhile", async () => {
    const { log, scheduler } = newLog({ historyLines: 3000, tick: 5 });
    const view = openView(log);
    for (let count = 0; count < 3000; count += 1) log.print(testPrint(`line ${count}\n`));
    const found = findRow({
      store: log.store,
      view,
      scheduler,
      from: -1,
      backwards: false,
      test: (line) => line.text === "line 2999",
    });
    for (let count = 0; count < 100; count += 1) log.print(testPrint("more\n"));
    while (scheduler.waiting > 0) scheduler.runDue();
    expect(await found).toBe(2899);
  });
});
