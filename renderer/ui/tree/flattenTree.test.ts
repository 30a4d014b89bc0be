import { describe, expect, it } from "vitest";
import { flattenTree } from "./flattenTree";
import { seekRow, treeAction } from "./treeKeys";

const children: Record<string, string[]> = {
  "\\": ["\\Device", "\\Driver", "\\Empty"],
  "\\Device": ["\\Device\\Http"],
  "\\Empty": [],
};

function rowsWith(...expanded: string[]) {
  return flattenTree("\\", { children: (id) => children[id], isExpanded: (id) => expanded.includes(id) });
}

describe("a tree as rows", () => {
  it("shows what is expanded, each row with its place among its siblings", () => {
    expect(rowsWith("\\", "\\Device")).toEqual([
      { id: "\\", level: 1, posInSet: 1, setSize: 1, isExpanded: true, parent: -1 },
      { id: "\\Device", level: 2, posInSet: 1, setSize: 3, isExpanded: true, parent: 0 },
      { id: "\\Device\\Http", level: 3, posInSet: 1, setSize: 1, isExpanded: false, parent: 1 },
      { id: "\\Driver", level: 2, posInSet: 2, setSize: 3, isExpanded: false, parent: 0 },
      { id: "\\Empty", level: 2, posInSet: 3, setSize: 3, isExpanded: undefined, parent: 0 },
    ]);
    expect(rowsWith()).toHaveLength(1);
  });

  it("survives a depth that recursion would not", () => {
    const depth = 50_000;
    const rows = flattenTree("0", {
      children: (id) => (Number(id) < depth ? [String(Number(id) + 1)] : []),
      isExpanded: () => true,
    });
    expect(rows).toHaveLength(depth + 1);
    expect(rows.at(-1)?.level).toBe(depth + 1);
  });
});

describe("a tree's keys", () => {
  const rows = rowsWith("\\", "\\Device");

  it("expand, then go in; collapse, then go out", () => {
    expect(treeAction(rows, 3, "ArrowRight", 10)).toEqual({ kind: "expand", ids: ["\\Driver"] });
    expect(treeAction(rows, 1, "ArrowRight", 10)).toEqual({ kind: "focus", row: 2 });
    expect(treeAction(rows, 1, "ArrowLeft", 10)).toEqual({ kind: "collapse", id: "\\Device" });
    expect(treeAction(rows, 2, "ArrowLeft", 10)).toEqual({ kind: "focus", row: 1 });
    expect(treeAction(rows, 4, "ArrowRight", 10)).toBeUndefined();
  });

  it("expand all siblings with *", () => {
    expect(treeAction(rowsWith("\\"), 2, "*", 10)).toEqual({ kind: "expand", ids: ["\\Device", "\\Driver"] });
  });

  it("stop at the ends", () => {
    expect(treeAction(rows, 0, "ArrowUp", 10)).toEqual({ kind: "focus", row: 0 });
    expect(treeAction(rows, 4, "PageDown", 10)).toEqual({ kind: "focus", row: 4 });
    expect(treeAction(rows, 2, "Home", 10)).toEqual({ kind: "focus", row: 0 });
    expect(treeAction(rows, 2, "Tab", 10)).toBeUndefined();
  });

  it("find the next row that begins with what was typed", () => {
    const names = ["\\", "Device", "Http", "Driver", "Empty"];
    const text = (row: number) => names[row] ?? "";
    expect(seekRow(text, 5, "d", 2)).toBe(3);
    expect(seekRow(text, 5, "d", 4)).toBe(1);
    expect(seekRow(text, 5, "x", 0)).toBe(-1);
  });
});
