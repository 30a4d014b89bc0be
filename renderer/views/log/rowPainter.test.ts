import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangedColumns } from "./logColumns";
import { paintRow, type RowPaint } from "./rowPainter";
import { testRows } from "./testRows";

const paint: RowPaint = {
  columns: arrangedColumns(undefined),
  palette: {
    text: "1;1;1",
    muted: "2;2;2",
    error: "3;3;3",
    warning: "4;4;4",
    selected: "5;5;5",
    selectedIdle: "6;6;6",
    match: "7;7;7",
    highlights: ["8;8;8"],
  },
  clock: "elapsed",
  origin: 1_000_000,
  previousTime: undefined,
  width: 80,
  leftOffset: 0,
  selected: false,
  focused: true,
  isFindMatch: false,
};

/** What is left once our own colour codes and "clear to the end of the line" are taken out. */
function characters(painted: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what it looks for.
  return painted.replace(/\x1b\[[\d;]*[mK]/g, "");
}

describe("paintRow", () => {
  it("puts every column at its place", () => {
    const rows = testRows(0, ["first", "userspace opened the device"]);
    expect(characters(paintRow(rows, 1, paint))).toBe(
      "         2 0.250000      kernel  System              4 userspace opened the device",
    );
  });

  it("shows the time since the row before, and none where that is not known", () => {
    const rows = testRows(0, ["a", "b"]);
    expect(characters(paintRow(rows, 1, { ...paint, clock: "delta", previousTime: 1_000_000 }))).toContain("+0.250000");
    expect(characters(paintRow(rows, 0, { ...paint, clock: "delta" }))).not.toContain("+");
  });

  it("colours selection, find match and highlight rules by their backgrounds", () => {
    const rows = testRows(0, ["a"]);
    rows.colour[0] = 0;
    expect(paintRow(rows, 0, paint)).toContain("\x1b[48;2;8;8;8m");
    expect(paintRow(rows, 0, { ...paint, selected: true })).toContain("\x1b[48;2;5;5;5m");
    expect(paintRow(rows, 0, { ...paint, selected: true, focused: false })).toContain("\x1b[48;2;6;6;6m");
    expect(paintRow(rows, 0, { ...paint, selected: true, isFindMatch: true })).toContain("\x1b[48;2;7;7;7m");
  });

  it("scrolls the message alone sideways", () => {
    const rows = testRows(0, ["0123456789"]);
    const line = characters(paintRow(rows, 0, { ...paint, leftOffset: 4 }));
    expect(line).toContain("System");
    expect(line.endsWith(" 456789")).toBe(true);
  });

  it("lets nothing of a driver's text drive the terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, process) => {
        const rows = testRows(0, [text.replaceAll("\n", " ")]);
        rows.processes = [process];
        expect(characters(paintRow(rows, 0, paint))).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
