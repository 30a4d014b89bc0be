import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineAssembler, MAX_LINE_LENGTH } from "./lineAssembler";
import type { LogPrint } from "./logRecord";
import { testPrint } from "./testLines";

function assemble() {
  const lines: LogPrint[] = [];
  const assembler = new LineAssembler((origin, text) => lines.push({ ...origin, text }));
  return { assembler, lines, texts: () => lines.map((line) => line.text) };
}

describe("LineAssembler", () => {
  it("splits a print at its line ends and keeps empty lines", () => {
    const { assembler, texts } = assemble();
    assembler.print(testPrint("a\n\nb\r\nc\r\r\n"));
    expect(texts()).toEqual(["a", "", "b", "c"]);
  });

  it("case 109: text without a line end waits, counted as such; the line has time, component and level of its first print", () => {
    const { assembler, lines } = assemble();
    assembler.print(testPrint("Hello, ", { time: 1, level: 0, component: 77 }));
    expect(assembler.waiting).toBe(1);
    assembler.print(testPrint("world!\nnext", { time: 2, level: 3 }));
    expect(lines).toEqual([testPrint("Hello, world!", { time: 1, level: 0, component: 77 })]);
    assembler.flush();
    expect(lines[1]?.text).toBe("next");
    expect(assembler.waiting).toBe(0);
  });

  it("keeps threads, processes and sources apart", () => {
    const { assembler, texts } = assemble();
    assembler.print(testPrint("a1 ", { threadId: 1 }));
    assembler.print(testPrint("b1 ", { threadId: 2 }));
    assembler.print(testPrint("c1 ", { threadId: 1, processId: 9 }));
    assembler.print(testPrint("d1 ", { threadId: 1, source: "win32" }));
    assembler.print(testPrint("b2\n", { threadId: 2 }));
    assembler.print(testPrint("a2\n", { threadId: 1 }));
    assembler.flush();
    expect(texts()).toEqual(["b1 b2", "a1 a2", "c1 ", "d1 "]);
  });

  it("strips a carriage return that came with the print before", () => {
    const { assembler, texts } = assemble();
    assembler.print(testPrint("a\r"));
    assembler.print(testPrint("\nb\rc\n"));
    expect(texts()).toEqual(["a", "b\rc"]);
  });

  it("cuts long lines, held or whole, and never within a surrogate pair", () => {
    const { assembler, lines, texts } = assemble();
    assembler.print(testPrint("x".repeat(MAX_LINE_LENGTH)));
    expect(lines).toHaveLength(0);
    assembler.print(testPrint("y"));
    expect(texts()).toEqual(["x".repeat(MAX_LINE_LENGTH)]);
    assembler.print(testPrint("\n"));
    expect(texts()[1]).toBe("y");
    assembler.print(testPrint(`${"z".repeat(MAX_LINE_LENGTH - 1)}😀!\n`));
    expect(texts().slice(2)).toEqual(["z".repeat(MAX_LINE_LENGTH - 1), "😀!"]);
  });

  it("holds a bounded number of unfinished lines, and gives up none", () => {
    const { assembler, texts } = assemble();
    for (let thread = 0; thread < 10_000; thread += 1) assembler.print(testPrint(`${thread}`, { threadId: thread }));
    expect(assembler.waiting).toBe(4096);
    assembler.flush();
    expect(texts()).toEqual(Array.from({ length: 10_000 }, (_, thread) => `${thread}`));
  });

  it("whatever way a text is cut into prints, the lines are the same", () => {
    const piece = fc.string({
      unit: fc.constantFrom("a", "b", "\n", "\r", "\r\n", "😀", "x".repeat(3000)),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { assembler, texts } = assemble();
        for (const text of pieces) assembler.print(testPrint(text));
        assembler.flush();
        const whole = pieces.join("");
        // Reference: split at once, drop the returns before each end; what is left at the end counts if there is any.
        const expected = whole.split("\n").map((line) => line.replace(/\r+$/, ""));
        if (whole.split("\n").at(-1) === "") expected.pop();
        // A cut at the length limit may fall before a return that would have been stripped; those are not compared.
        fc.pre(whole.split("\n").every((line) => line.length <= MAX_LINE_LENGTH));
        expect(texts()).toEqual(expected);
      }),
      { seed: 4 },
    );
  });

  it("loses no character of a long text but line ends, and makes no line too long", () => {
    const piece = fc.string({ unit: fc.constantFrom("a", "\n", "😀", "x".repeat(5000)), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const { assembler, texts } = assemble();
        for (const text of pieces) assembler.print(testPrint(text));
        assembler.flush();
        expect(texts().join("")).toBe(pieces.join("").replaceAll("\n", ""));
        expect(texts().every((text) => text.length <= MAX_LINE_LENGTH)).toBe(true);
      }),
      { seed: 5 },
    );
  });
});
