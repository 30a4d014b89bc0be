import { describe, expect, it } from "vitest";
import { nothingSelected, selectAllRows, selectOnly } from "../../ui/dataGrid/gridSelection";
import { countText } from "./countText";
import { rememberTyped, startHistory, step, visit } from "./pathHistory";

describe("the history of places", () => {
  it("goes back and forward, and a new place cuts off what lay ahead", () => {
    let history = visit(visit(startHistory("\\"), "\\Device"), "\\Driver");
    expect(step(history, 1)).toBeUndefined();
    const back = step(history, -1);
    expect(back?.path).toBe("\\Device");
    history = visit(back?.history ?? history, "\\GLOBAL??");
    expect(history).toEqual({ entries: ["\\", "\\Device", "\\GLOBAL??"], at: 2 });
    expect(step(startHistory("\\"), -1)).toBeUndefined();
  });

  it("does not count staying as going", () => {
    const history = startHistory("\\Device");
    expect(visit(history, "\\Device")).toBe(history);
  });

  it("forgets the oldest of very many", () => {
    let history = startHistory("start");
    for (let index = 0; index < 1_000; index++) history = visit(history, `\\${index}`);
    expect(history.entries).toHaveLength(200);
    expect(history.entries[history.at]).toBe("\\999");
  });

  it("keeps typed paths newest first, each once", () => {
    expect(rememberTyped(["\\Device", "C:\\"], "C:\\")).toEqual(["C:\\", "\\Device"]);
    expect(
      rememberTyped(
        Array.from({ length: 50 }, (_, index) => String(index)),
        "new",
      ),
    ).toHaveLength(30);
  });
});

describe("the status bar's count", () => {
  it("says how many there are, how many pass the filter, and how many are selected", () => {
    expect(countText({ total: 1, count: 1, selection: selectOnly(0) })).toBe("1 object");
    expect(countText({ total: 340, count: 12, selection: nothingSelected })).toBe("12 of 340");
    expect(countText({ total: 120_000, count: 120_000, selection: selectAllRows(nothingSelected, 120_000) })).toBe(
      "120,000 objects, 120,000 selected",
    );
  });
});
