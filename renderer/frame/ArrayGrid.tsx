/**
 * A grid over rows that are all here (services, masks, answers of a device): keeps columns and sort in the settings, sorts by
 * the columns' text, and keeps the selection on the same rows when new ones take the place of old.
 */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useGridSettings } from "../settings/useGridSettings";
import { createArrayRowSource } from "../ui/dataGrid/arrayRowSource";
import type { GridColumn } from "../ui/dataGrid/columnLayout";
import { DataGrid } from "../ui/dataGrid/DataGrid";
import { type GridSelection, nothingSelected, selectOnly } from "../ui/dataGrid/gridSelection";
import { copyText } from "./clipboard";

interface ArrayGridProps<Row> {
  /** Name under which the settings keep columns and sort order. */
  grid: string;
  /** Accessible name. */
  label: string;
  rows: readonly Row[];
  columns: readonly GridColumn<Row>[];
  /** What makes a row the same row after a refresh. */
  keyOf(row: Row): string;
  /** Key of the row to select and show; a new value moves the selection there. */
  revealKey?: string | undefined;
  onSelect?(row: Row | undefined): void;
  onActivate?(row: Row): void;
  onContextMenu?(at: { x: number; y: number }): void;
  rowClass?(row: Row): string | undefined;
  empty?: ReactNode;
  /** Changes when other rows took the old ones' place: the scroll position starts anew. */
  resetKey?: string;
}

/** Numbers in names sort as numbers: disk2 before disk10. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export function ArrayGrid<Row>(props: ArrayGridProps<Row>): ReactNode {
  const { grid, rows, columns, keyOf, revealKey, onSelect } = props;
  const settings = useGridSettings(grid);
  const newest = useRef(props);
  newest.current = props;
  const [source] = useState(() => createArrayRowSource<Row>((row) => columns[0]?.text(row) ?? ""));
  const [selection, setSelection] = useState<GridSelection>(nothingSelected);
  const selectedKey = useRef<string>(undefined);
  const revealed = useRef<{ key: string; row: Row }>(undefined);

  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === settings.sort?.column);
    if (!column || !settings.sort) return rows;
    const sign = settings.sort.descending ? -1 : 1;
    const { number } = column;
    if (number) return rows.toSorted((a, b) => sign * (number(a) - number(b)));
    return rows.toSorted((a, b) => sign * collator.compare(column.text(a), column.text(b)));
  }, [rows, columns, settings.sort]);

  const select = (next: GridSelection) => {
    const row = sorted[next.focus];
    selectedKey.current = row && keyOf(row);
    setSelection(next);
    onSelect?.(row);
  };

  useEffect(() => {
    source.setRows(sorted);
    const key = selectedKey.current;
    if (key === undefined) return;
    const { keyOf: identify, onSelect: tell } = newest.current;
    const at = sorted.findIndex((row) => identify(row) === key);
    setSelection((before) => (before.focus === at ? before : at < 0 ? nothingSelected : selectOnly(at)));
    tell?.(sorted[at]);
  }, [sorted, source]);

  useEffect(() => {
    const at = revealKey === undefined ? -1 : sorted.findIndex((row) => newest.current.keyOf(row) === revealKey);
    const row = sorted[at];
    if (revealKey === undefined || row === undefined || row === revealed.current?.row) return;
    const isSeenBefore = revealed.current?.key === revealKey;
    revealed.current = { key: revealKey, row };
    // A row that changed is brought into view again, unless the user has gone to another one meanwhile.
    if (isSeenBefore && selectedKey.current !== revealKey) return;
    selectedKey.current = revealKey;
    setSelection(selectOnly(at));
    newest.current.onSelect?.(row);
  }, [revealKey, sorted]);

  return (
    <DataGrid
      label={props.label}
      source={source}
      columns={columns}
      layout={settings.layout}
      onLayoutChange={settings.onLayoutChange}
      sort={settings.sort}
      onSortChange={settings.onSortChange}
      selection={selection}
      onSelectionChange={select}
      onCopy={copyText}
      onActivate={(index) => {
        const row = sorted[index];
        if (row !== undefined) props.onActivate?.(row);
      }}
      {...(props.onContextMenu ? { onContextMenu: props.onContextMenu } : {})}
      {...(props.rowClass ? { rowClass: props.rowClass } : {})}
      {...(props.resetKey === undefined ? {} : { resetKey: props.resetKey })}
      {...(props.empty ? { empty: props.empty } : {})}
    />
  );
}
