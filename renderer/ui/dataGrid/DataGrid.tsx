/**
 * The one grid of the window: objects, services, handles, major functions, find results. Columns can be resized,
 * moved, hidden and sorted by; rows come from a RowSource and only those on the screen exist in the document.
 * The grid keeps the focus itself and names the focused row by aria-activedescendant, so that a row scrolled away
 * never takes the keyboard with it.
 */
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useId, useMemo, useRef, useState } from "react";
import type { ColumnLayout } from "../../../preload/settings";
import { setActiveGrid } from "./activeGrid";
import { autofitWidth } from "./autofit";
import { type GridColumn, resizeColumn, visibleColumns } from "./columnLayout";
import "./dataGrid.css";
import { GridHeader, type GridSort } from "./GridHeader";
import { GridRows } from "./GridRows";
import { isBlankPress, isLinkPress, selectionAfterPress } from "./gridPointer";
import { clampSelection, type GridSelection, nothingSelected } from "./gridSelection";
import type { RowSource } from "./rowSource";
import type { RowWindow } from "./rowWindow";
import { useGridController } from "./useGridController";
import { useGridKeyboard } from "./useGridKeyboard";
import { type GridScrollOptions, useGridScroll } from "./useGridScroll";
import { useSourceVersion } from "./useSourceVersion";

const ColumnChooser = lazy(() => import("./ColumnChooser"));

export interface DataGridProps<Row> {
  /** Accessible name. */
  label: string;
  source: RowSource<Row>;
  columns: readonly GridColumn<Row>[];
  layout: ColumnLayout;
  onLayoutChange(layout: ColumnLayout): void;
  sort?: GridSort | undefined;
  onSortChange?(sort: GridSort | undefined): void;
  selection: GridSelection;
  onSelectionChange(selection: GridSelection): void;
  /** Enter or double-click. */
  onActivate?(row: number, how: "enter" | "doubleClick"): void;
  /** Shift+F10, the Menu key or the right button; the point is in CSS px of the page. */
  onContextMenu?(at: { x: number; y: number }): void;
  onCopy(text: string): Promise<void> | void;
  /** Extra class of a row ("added", "gone"). */
  rowClass?(row: Row): string | undefined;
  /** The rows are still those of before: others are on their way. */
  isBusy?: boolean;
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
  /** Keys the owner wants first; true when it took the key. */
  onKey?(event: KeyboardEvent): boolean;
  /** Changes when other rows took the old ones' place: the scroll position starts anew. */
  resetKey?: string;
  /** A list that grows at its end, and stays there while `on`. */
  end?: GridScrollOptions["end"];
}

/** Where the column chooser opens when a key or the menu asks for it, px from the grid's corner. */
const chooserIndent = 24;

function loadedRows<Row>(source: RowSource<Row>, { first, end }: RowWindow): Row[] {
  const loaded: Row[] = [];
  for (let index = first; index < end; index++) {
    const row = source.row(index);
    if (row !== undefined) loaded.push(row);
  }
  return loaded;
}

export function DataGrid<Row>(props: DataGridProps<Row>): ReactNode {
  const { source, columns, layout, selection, sort, onSortChange, onLayoutChange, onSelectionChange } = props;
  const version = useSourceVersion(source);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const newest = useRef(props);
  newest.current = props;
  const [chooserAt, setChooserAt] = useState<{ x: number; y: number } | undefined>();
  const shown = useMemo(() => visibleColumns(columns, layout), [columns, layout]);
  const { count } = source;
  const {
    window: rows,
    rowHeight,
    pageRows,
    reveal,
  } = useGridScroll(scroller, count, props.resetKey ?? "", {
    end: props.end,
  });
  const handleKey = useGridKeyboard(props, scroller, pageRows);
  const controller = useGridController(newest, () => {
    const box = scroller.current?.getBoundingClientRect();
    if (box) setChooserAt({ x: box.left + chooserIndent, y: box.top + chooserIndent });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a source that changed has to be asked again for the same rows
  useEffect(() => source.request(rows.first, rows.end), [source, rows.first, rows.end, version]);
  useEffect(() => {
    if (selection.focus >= 0 && !selection.isRestored) reveal(selection.focus);
  }, [selection, reveal]);
  useEffect(() => {
    const clamped = clampSelection(selection, count);
    if (clamped !== selection) newest.current.onSelectionChange(clamped);
  }, [selection, count]);

  function fit(column: GridColumn<Row>) {
    const width = autofitWidth(column, loadedRows(source, rows), scroller.current);
    onLayoutChange(resizeColumn(layout, column.id, width));
  }

  const arrangement = { layout, sort, onSortChange, onLayoutChange };
  return (
    <div className="dataGrid">
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid has no table to be */}
      <div
        ref={scroller}
        className="gridScroller"
        role="grid"
        tabIndex={0}
        data-grid=""
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-colcount={shown.length}
        aria-multiselectable="true"
        aria-busy={props.isBusy ?? false}
        aria-activedescendant={selection.focus >= 0 ? `${id}-row${selection.focus}` : undefined}
        onFocus={() => setActiveGrid(controller)}
        onKeyDown={handleKey}
        onMouseDown={(event) => {
          if (isBlankPress(event)) onSelectionChange(nothingSelected);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          if ((event.target as Element).closest(".gridHeader")) return;
          props.onContextMenu?.({ x: event.clientX, y: event.clientY });
        }}
      >
        <GridHeader {...arrangement} columns={shown} allColumns={columns} onFit={fit} onChoose={setChooserAt} />
        <GridRows
          id={id}
          source={source}
          columns={shown}
          layout={layout}
          rows={rows}
          rowHeight={rowHeight}
          selection={selection}
          rowClass={props.rowClass}
          onRowPointer={(event, row) => {
            const next = selectionAfterPress(selection, row, event);
            // A link that scrolls away from under the pointer would never be clicked.
            if (next) onSelectionChange(isLinkPress(event) ? { ...next, isRestored: true } : next);
          }}
          onActivate={(row) => props.onActivate?.(row, "doubleClick")}
        />
      </div>
      {count === 0 && props.empty ? <div className="gridEmpty">{props.empty}</div> : null}
      {chooserAt ? (
        <Suspense fallback={null}>
          <ColumnChooser
            {...arrangement}
            at={chooserAt}
            columns={columns}
            onClose={() => {
              setChooserAt(undefined);
              scroller.current?.focus();
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
