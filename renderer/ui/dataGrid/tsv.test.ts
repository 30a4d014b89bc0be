import { describe, expect, it } from "vitest";
import { createArrayRowSource } from "./arrayRowSource";
import type { GridColumn } from "./columnLayout";
import { rowsAsTsv } from "./tsv";

type Pair = [name: string, type: string];

const columns: GridColumn<Pair>[] = [
  { id: "name", title: "Name", width: 100, text: (row) => row[0] },
  { id: "type", title: "Type", width: 100, text: (row) => row[1] },
];
const source = createArrayRowSource<Pair>(
  (row) => row[0],
  [
    ["Null", "Device"],
    ["Beep\tor\nnot", "Device"],
    ["C:", "SymbolicLink"],
  ],
);

describe("copied rows", () => {
  it("are tab-separated under their titles, with tabs and line ends inside a value made spaces", async () => {
    expect(await rowsAsTsv(source, [[0, 2]], columns, 100)).toBe("Name\tType\nNull\tDevice\nBeep or not\tDevice");
  });

  it("come bare when there is one", async () => {
    expect(await rowsAsTsv(source, [[2, 3]], columns, 100)).toBe("C:\tSymbolicLink");
    expect(await rowsAsTsv(source, [], columns, 100)).toBe("");
  });

  it("stop at the limit, over all ranges together", async () => {
    const text = await rowsAsTsv(
      source,
      [
        [0, 1],
        [1, 3],
      ],
      columns,
      2,
    );
    expect(text.split("\n")).toHaveLength(3);
  });

  it("are found by their first letters, wrapping", async () => {
    expect(await source.seek("n", 1)).toBe(0);
    expect(await source.seek("c:", 0)).toBe(2);
    expect(await source.seek("x", 0)).toBe(-1);
  });
});
