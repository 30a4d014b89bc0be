import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRecord } from "../logRecord";
import type { LogFormat } from "../logState";
import { testLine } from "../testLines";
import { createLogFormatWriter } from "./logFormat";

function write(format: LogFormat, ...records: Partial<LogRecord>[]): string {
  const writer = createLogFormatWriter(format);
  const lines = records.map((record, at) => writer.line({ ...testLine(""), sequence: at + 1, ...record }));
  return writer.header + lines.join("");
}

/** RFC 4180, the reading side. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new Error("not RFC 4180");
    const value = match[1] ?? "";
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (match[2] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe("log formats", () => {
  it("debugview: number, elapsed seconds and [pid] text, separated by tabs", () => {
    const text = write(
      "debugview",
      { time: 1000, text: "Hello" },
      { time: 1000.25, text: "tab\there", processId: 0 },
      { time: 63_500, text: "\x1b[2J" },
    );
    expect(text).toBe(
      "00000001\t0.00000000\t[4] Hello\n" +
        "00000002\t0.00025000\ttab     here\n" +
        "00000003\t62.50000000\t[4] ␛[2J\n",
    );
  });

  it("text: the messages alone", () => {
    expect(write("text", { text: "a" }, { text: "" }, { text: "b\u202ec" })).toBe("a\n\nb\\u{202E}c\n");
  });

  it("csv: quotes, no numbers where there are none, no formulas", () => {
    const text = write(
      "csv",
      { time: 0, text: 'say "hi", twice' },
      { time: 0, text: "=cmd|'/c calc'!A0", component: -1, level: -1, process: "@evil" },
    );
    expect(text).toBe(
      "sequence,time,source,kind,component,level,processId,threadId,process,text\r\n" +
        '1,1970-01-01T00:00:00.000Z,kernel,print,101,3,4,8,System,"say ""hi"", twice"\r\n' +
        "2,1970-01-01T00:00:00.000Z,kernel,print,,,4,8,'@evil,'=cmd|'/c calc'!A0\r\n",
    );
  });

  it("csv: any text stays one cell, and none starts a formula", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom("=", "-", '"', ",", "\n", " ", "a") }),
        (process, text) => {
          const [, row] = parseCsv(write("csv", { process, text }));
          expect(row).toHaveLength(10);
          for (const cell of row?.slice(8) ?? []) expect(cell).not.toMatch(/^\s*[=+\-@]/);
        },
      ),
      { numRuns: 150, seed: 10 },
    );
  });

  it("jsonl: one object a line, with the exact text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const [line, rest] = write("jsonl", { text }).split("\n");
        expect(rest).toBe("");
        expect(JSON.parse(line ?? "")).toMatchObject({ text, sequence: 1, time: "2023-11-14T22:13:20.000Z" });
      }),
      { seed: 11 },
    );
  });

  it("no format lets a terminal obey or a reader be misled by what a driver printed", () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom("\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\u200b", "\u2028", "\ud800", "\x7f"),
    );
    fc.assert(
      fc.property(
        fc.string({ unit }),
        fc.constantFrom<LogFormat>("debugview", "text", "csv", "jsonl"),
        (text, format) => {
          const written = write(format, { text, process: text });
          expect(written.replaceAll("\r\n", "").replaceAll("\n", "").replaceAll("\t", "")).not.toMatch(
            /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
          );
          // A line end or tab of the driver's would show as a further line or column.
          const lines = written.split("\n").length - 1;
          expect(lines).toBe(format === "csv" ? 2 : 1);
        },
      ),
      { numRuns: 600, seed: 12 },
    );
  });

  it("times that are no dates do not stop a save", () => {
    for (const time of [Number.NaN, 1e20, -1e20]) {
      expect(write("csv", { time })).toContain("kernel");
      expect(write("jsonl", { time })).toContain("kernel");
    }
  });
});
