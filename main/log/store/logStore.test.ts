import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LogRecord, logSources } from "../logRecord";
import { testLine } from "../testLines";
import { LineReader } from "./lineReader";
import { LogStore } from "./logStore";

type LogLine = Omit<LogRecord, "sequence">;

const line: fc.Arbitrary<LogLine> = fc.record({
  time: fc.double({ noNaN: true }),
  source: fc.constantFrom(...logSources),
  kind: fc.constantFrom("print" as const, "loss" as const, "marker" as const),
  component: fc.integer({ min: -1, max: 160 }),
  level: fc.integer(),
  processId: fc.integer(),
  threadId: fc.integer(),
  process: fc.constantFrom("System", "", "ntscope.exe", "\0odd\u202e"),
  text: fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.constant("İΣ ΟΔΟΣ")),
});

type Step = { append: LogLine } | { limit: number } | { clear: true };

describe("LogStore", () => {
  it("is the array that it stands for, whatever is appended, limited or cleared", () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 20, arbitrary: fc.record({ append: line }) },
      { weight: 1, arbitrary: fc.record({ limit: fc.nat(30) }) },
      { weight: 1, arbitrary: fc.constant({ clear: true } as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.boolean(), (steps, shared) => {
        const store = new LogStore({ chunk: { lines: 7, textBytes: 200, shared } });
        let model: (LogLine & { sequence: number })[] = [];
        let limit = 0;
        let next = 1;
        let dropped = 0;
        for (const each of steps) {
          if ("append" in each) {
            expect(append(store, each.append)).toBe(next);
            model.push({ ...each.append, sequence: next });
            next += 1;
          } else if ("limit" in each) {
            limit = each.limit;
            store.setHistoryLines(limit);
          } else {
            store.clear();
            model = [];
          }
          if (limit > 0) dropped += model.splice(0, Math.max(0, model.length - limit)).length;
        }
        expect(store.lines).toBe(model.length);
        expect(store.total).toBe(next - 1);
        expect(store.droppedByHistory).toBe(dropped);
        expect(store.first).toBe(next - model.length);
        expect(Array.from({ length: model.length }, (_, at) => store.record(store.first + at))).toEqual(
          model.map((record) => ({ ...record, text: wellFormed(record.text) })),
        );
        expect(store.record(store.first - 1)).toBeUndefined();
        expect(store.record(store.end)).toBeUndefined();
        expectSameByReader(store, model);
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  it("frees memory: what it holds stays bounded by the limit, not by what was printed", () => {
    const chunk = { lines: 100, textBytes: 10_000 };
    const store = new LogStore({ historyLines: 250, chunk });
    let most = 0;
    for (let count = 0; count < 20_000; count += 1) {
      append(store, testLine("x".repeat(50), { process: `process ${count}` }));
      most = Math.max(most, store.bytes);
    }
    expect(store.lines).toBe(250);
    // 250 kept lines touch at most four chunks of 100 lines: columns, text rounded up to a power of two, names.
    expect(most).toBeLessThanOrEqual(4 * (100 * 32 + 2 ** 14 + 100 * 2 * "process 20000".length));
    expect(store.droppedByHistory).toBe(20_000 - 250);
  });

  it("keeps within its limit in bytes although no limit in lines is set", () => {
    const store = new LogStore({ historyBytes: 2 ** 20, chunk: { lines: 1000, textBytes: 2 ** 16 } });
    for (let count = 0; count < 2000; count += 1) append(store, testLine("y".repeat(4000)));
    expect(store.bytes).toBeLessThanOrEqual(2 ** 20 + 2 ** 17);
    expect(store.lines).toBeLessThan(300);
    expect(store.lines + store.droppedByHistory).toBe(2000);
    expect(store.record(store.end - 1)?.text).toBe("y".repeat(4000));
  });

  it("takes a line longer than a whole chunk's text", () => {
    const store = new LogStore({ chunk: { lines: 10, textBytes: 64 } });
    for (const text of ["a", "ł".repeat(1000), "b"]) append(store, testLine(text));
    expect([1, 2, 3].map((sequence) => store.record(sequence)?.text)).toEqual(["a", "ł".repeat(1000), "b"]);
  });
});

function expectSameByReader(store: LogStore, model: readonly (LogLine & { sequence: number })[]): void {
  const reader = new LineReader(store);
  for (const { sequence, text, process, kind } of model.toReversed()) {
    expect(reader.moveTo(sequence)).toBe(true);
    expect(reader.text).toBe(wellFormed(text));
    expect(reader.lowerText).toBe(wellFormed(text).toLowerCase());
    expect([reader.process, reader.kind]).toEqual([process, kind]);
  }
  expect(reader.moveTo(store.end)).toBe(false);
}

function append(store: LogStore, line: LogLine): number {
  return store.append(line, line.kind, line.text);
}

function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
