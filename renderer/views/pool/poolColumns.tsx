/** The columns of the pool, poolmon's with the average size beside them; two more while there is a mark. */
import { visibleText } from "../../../preload/shared";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { changeText, type PoolRow } from "./poolRows";
import { poolTagUse } from "./poolTags";

function counted(id: string, title: string, width: number, number: (row: PoolRow) => number): GridColumn<PoolRow> {
  return {
    id,
    title,
    width,
    align: "end",
    sortable: true,
    number,
    text: (row) => number(row).toLocaleString("en-US"),
  };
}

function change(id: string, title: string, of: (since: NonNullable<PoolRow["since"]>) => number): GridColumn<PoolRow> {
  const changeOf = ({ since }: PoolRow) => (since ? of(since) : 0);
  return {
    id,
    title,
    width: 96,
    align: "end",
    sortable: true,
    number: changeOf,
    text: (row) => changeText(changeOf(row)),
    render: (row) => (
      <span className={changeOf(row) > 0 ? "poolGrown" : "poolShrunk"}>{changeText(changeOf(row))}</span>
    ),
  };
}

const columns: GridColumn<PoolRow>[] = [
  // A tag may end in blanks, which visibleText would show as marks: poolmon pads with them as well.
  { id: "tag", title: "Tag", width: 80, mono: true, sortable: true, text: ({ tag }) => visibleText(tag.trimEnd()) },
  {
    id: "type",
    title: "Pool",
    width: 90,
    sortable: true,
    text: ({ type }) => (type === "Nonp" ? "Nonpaged" : "Paged"),
  },
  counted("allocations", "Allocs", 90, (row) => row.allocations),
  counted("frees", "Frees", 90, (row) => row.frees),
  counted("diff", "Diff", 80, (row) => row.diff),
  counted("bytes", "Bytes", 110, (row) => row.bytes),
  counted("perAllocation", "Per alloc", 90, (row) => row.perAllocation),
];

const changes: GridColumn<PoolRow>[] = [
  change("newAllocations", "+Allocs", (since) => since.allocations),
  change("newFrees", "+Frees", (since) => since.frees),
  change("newBytes", "+Bytes", (since) => since.bytes),
];

const use: GridColumn<PoolRow> = {
  id: "use",
  title: "Used for",
  width: 220,
  sortable: true,
  text: ({ tag }) => poolTagUse(tag),
};

export const poolColumns: readonly GridColumn<PoolRow>[] = [...columns, use];
export const markedPoolColumns: readonly GridColumn<PoolRow>[] = [...columns, ...changes, use];
