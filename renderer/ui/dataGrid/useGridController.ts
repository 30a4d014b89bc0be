/** What menus and keys outside the grid can ask of it: copy, select all, choose columns. */
import { type RefObject, useEffect, useState } from "react";
import { clearActiveGrid, type GridController } from "./activeGrid";
import { visibleColumns } from "./columnLayout";
import type { DataGridProps } from "./DataGrid";
import { selectAllRows } from "./gridSelection";
import { rowsAsTsv } from "./tsv";

/** Copying more than this at once would be a file, not a clipboard. */
const mostCopiedRows = 100_000;

export function useGridController<Row>(newest: RefObject<DataGridProps<Row>>, openColumns: () => void): GridController {
  const [controller] = useState<GridController>(() => ({
    async copy() {
      const { source, selection, columns, layout, onCopy } = newest.current;
      await onCopy(await rowsAsTsv(source, selection.ranges, visibleColumns(columns, layout), mostCopiedRows));
    },
    selectAll() {
      const { source, selection, onSelectionChange } = newest.current;
      onSelectionChange(selectAllRows(selection, source.count));
    },
    openColumns,
  }));
  useEffect(() => () => clearActiveGrid(controller), [controller]);
  return controller;
}
