import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectionAfterKey, typeAhead } from "./gridKeys";
import {
  clampSelection,
  extendTo,
  type GridSelection,
  isSelected,
  nothingSelected,
  selectAllRows,
  selectedCount,
  selectOnly,
  toggleRow,
} from "./gridSelection";

describe("a grid's selection", () => {
  it("agrees with a set of rows, whatever is toggled, and keeps its ranges sorted and apart", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 80 }), (rows) => {
        let selection: GridSelection = nothingSelected;
        const expected = new Set<number>();
        for (const row of rows) {
          selection = toggleRow(selection, row);
          if (!expected.delete(row)) expected.add(row);
        }
        expect(selectedCount(selection)).toBe(expected.size);
        for (let row = 0; row <= 31; row++) expect(isSelected(selection, row)).toBe(expected.has(row));
        selection.ranges.forEach(([from, to], index) => {
          expect(from).toBeLessThan(to);
          const next = selection.ranges[index + 1];
          if (next) expect(to).toBeLessThan(next[0]);
        });
      }),
    );
  });

  it("extends from the anchor in both directions", () => {
    const down = extendTo(selectOnly(5), 8);
    expect(down.ranges).toEqual([[5, 9]]);
    expect(extendTo(down, 2).ranges).toEqual([[2, 6]]);
  });

  it("holds all rows of a huge list as one pair", () => {
    const all = selectAllRows(selectOnly(3), 10_000_000);
    expect(all.ranges).toEqual([[0, 10_000_000]]);
    expect(all.focus).toBe(3);
    expect(selectAllRows(nothingSelected, 0).ranges).toEqual([]);
  });

  it("loses the rows that went away", () => {
    expect(
      clampSelection(
        {
          ranges: [
            [0, 4],
            [8, 12],
          ],
          focus: 11,
          anchor: 8,
        },
        10,
      ),
    ).toEqual({
      ranges: [
        [0, 4],
        [8, 10],
      ],
      focus: 9,
      anchor: 8,
    });
    expect(clampSelection(selectOnly(2), 0)).toEqual({ ranges: [], focus: -1, anchor: -1 });
  });
});

describe("a grid's keys", () => {
  const extent = { count: 100, page: 10 };
  const press = (selection: GridSelection, key: string, modifiers = "") =>
    selectionAfterKey(selection, { key, control: modifiers.includes("c"), shift: modifiers.includes("s") }, extent);

  it("move and stop at the ends", () => {
    expect(press(nothingSelected, "ArrowDown")?.focus).toBe(0);
    expect(press(selectOnly(0), "ArrowUp")?.focus).toBe(0);
    expect(press(selectOnly(50), "PageDown")?.focus).toBe(59);
    expect(press(selectOnly(95), "PageDown")?.focus).toBe(99);
    expect(press(selectOnly(50), "Home")).toEqual(selectOnly(0));
    expect(press(selectOnly(50), "End")).toEqual(selectOnly(99));
  });

  it("extend with Shift, move the focus alone with Ctrl, toggle with Ctrl+Space", () => {
    expect(press(selectOnly(5), "ArrowDown", "s")?.ranges).toEqual([[5, 7]]);
    const moved = press(selectOnly(5), "ArrowDown", "c");
    expect(moved).toEqual({ ranges: [[5, 6]], focus: 6, anchor: 6 });
    expect(moved && press(moved, " ", "c")?.ranges).toEqual([[5, 7]]);
    expect(press(selectOnly(5), "a", "c")?.ranges).toEqual([[0, 100]]);
  });

  it("leave other keys, and an empty list, alone", () => {
    expect(press(selectOnly(5), "Enter")).toBeUndefined();
    expect(
      selectionAfterKey(nothingSelected, { key: "End", control: false, shift: false }, { count: 0, page: 5 }),
    ).toBe(undefined);
  });

  it("type ahead: letters in a row make a word, the same letter again steps on, a pause begins anew", () => {
    const first = typeAhead({ text: "", time: 0 }, "n", 5_000);
    expect(first.text).toBe("n");
    expect(typeAhead(first, "u", 5_400).text).toBe("nu");
    expect(typeAhead(first, "n", 5_400).text).toBe("n");
    expect(typeAhead(first, "u", 6_500).text).toBe("u");
  });
});
