import { describe, expect, it } from "vitest";
import {
  drawnWidths,
  emptyLayout,
  type GridColumn,
  moveColumn,
  narrowestColumn,
  resizeColumn,
  showColumn,
  visibleColumns,
} from "./columnLayout";

const columns: GridColumn<string>[] = ["name", "type", "detail", "address"].map((id) => ({
  id,
  title: id,
  width: 150,
  text: (row) => row,
  ...(id === "address" ? { hiddenAtFirst: true } : {}),
}));

const ids = (layout = emptyLayout) => visibleColumns(columns, layout).map((column) => column.id);

describe("a grid's column layout", () => {
  it("shows the columns in their own order at first, without those hidden at first", () => {
    expect(ids()).toEqual(["name", "type", "detail"]);
  });

  it("shows and hides columns, never the first", () => {
    expect(ids(showColumn(columns, emptyLayout, "address", true))).toEqual(["name", "type", "detail", "address"]);
    const without = showColumn(columns, emptyLayout, "type", false);
    expect(ids(without)).toEqual(["name", "detail"]);
    expect(ids(showColumn(columns, without, "type", true))).toEqual(["name", "type", "detail"]);
    expect(ids(showColumn(columns, emptyLayout, "name", false))).toContain("name");
  });

  it("moves a column before another or to the end, keeping hidden ones hidden", () => {
    const moved = moveColumn(columns, emptyLayout, "detail", "type");
    expect(ids(moved)).toEqual(["name", "detail", "type"]);
    expect(ids(moveColumn(columns, moved, "name", undefined))).toEqual(["detail", "type", "name"]);
    expect(moveColumn(columns, emptyLayout, "type", "type")).toBe(emptyLayout);
    expect(ids(moveColumn(columns, emptyLayout, "nonsense", "type"))).toEqual(ids());
  });

  it("takes columns that a kept layout does not know, and forgets ones that are gone", () => {
    expect(ids({ order: ["gone", "detail", "name"], hidden: [], widths: {} })).toEqual(["detail", "name", "type"]);
  });

  it("keeps widths within reason", () => {
    expect(resizeColumn(emptyLayout, "name", 3).widths.name).toBe(narrowestColumn);
    expect(resizeColumn(emptyLayout, "name", 212.4).widths.name).toBe(212);
  });

  it("lets the last column give way unless its width was set", () => {
    expect(drawnWidths(columns, emptyLayout)).toEqual([150, 150, 150, 120]);
    expect(drawnWidths(columns, resizeColumn(emptyLayout, "address", 400))).toEqual([150, 150, 150, 400]);
  });
});
