import { describe, expect, it } from "vitest";
import { rangeOf, selectAll, selectRow, shiftSelection } from "./logSelection";

describe("logSelection", () => {
  it("extends from the anchor both ways", () => {
    const first = selectRow(undefined, 5, true);
    expect(rangeOf(first)).toEqual({ from: 5, to: 6 });
    expect(rangeOf(selectRow(first, 9, true))).toEqual({ from: 5, to: 10 });
    expect(rangeOf(selectRow(selectRow(first, 9, true), 2, true))).toEqual({ from: 2, to: 6 });
    expect(rangeOf(selectRow(first, 9, false))).toEqual({ from: 9, to: 10 });
  });

  it("is empty in an empty log", () => {
    expect(selectAll(0)).toBeUndefined();
    expect(rangeOf(undefined)).toEqual({ from: 0, to: 0 });
    expect(rangeOf(selectAll(7))).toEqual({ from: 0, to: 7 });
  });

  it("moves with its lines and goes with them", () => {
    expect(shiftSelection({ anchor: 10, focus: 20 }, 5)).toEqual({ anchor: 5, focus: 15 });
    expect(shiftSelection({ anchor: 3, focus: 20 }, 5)).toEqual({ anchor: 0, focus: 15 });
    expect(shiftSelection({ anchor: 3, focus: 4 }, 5)).toBeUndefined();
  });
});
