/** A grid's columns and sort order as the settings keep them, under the grid's name. */
import type { ColumnLayout } from "../../preload/settings";
import { emptyLayout } from "../ui/dataGrid/columnLayout";
import type { GridSort } from "../ui/dataGrid/GridHeader";
import { changeColumns, changeSort, useSettings } from "./settings";

export interface GridSettings {
  layout: ColumnLayout;
  onLayoutChange(layout: ColumnLayout): void;
  sort: GridSort | undefined;
  onSortChange(sort: GridSort | undefined): void;
}

export function useGridSettings(grid: string): GridSettings {
  const layout = useSettings((settings) => settings.columns[grid]) ?? emptyLayout;
  const sort = useSettings((settings) => settings.sort[grid]);
  return {
    layout,
    onLayoutChange: (changed) => changeColumns(grid, changed),
    sort,
    onSortChange: (changed) => changeSort(grid, changed),
  };
}
