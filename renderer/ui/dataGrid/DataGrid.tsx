/**
 * The one grid of the window: objects, services, handles, major functions, find results. Columns can be resized,
 * moved, hidden and sorted by; rows come from a RowSource and only those on the screen exist in the document.
 * The grid keeps the focus itself and names the focused row by aria-activedescendant, so that a row scrolled away
 * never takes the keyboard with it.
 */
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { ColumnLayout } from "../../../preload/settings";
import { clearActiveGrid, type GridController, setActiveGrid } from "./activeGrid";
import { autofitWidth } from "./autofit";
import { ColumnChooser } from "./ColumnChooser";
import { type GridColumn, resizeColumn, visibleColumns } from "./columnLayout";
import "./dataGrid.css";
import { GridHeader, type GridSort } from "./GridHeader";
import { GridRows } from "./GridRows";
import { selectionAfterKey, type TypeAhead, typeAhead } from "./gridKeys";
import {
  clampSelection,
  extendTo,
  type GridSelection,
  isSelected,
  nothingSelected,
  selectAllRows,
  selectOnly,
  toggleRow,
} from "./gridSelection";
import type { RowSource } from "./rowSource";
import { rowsAsTsv } from "./tsv";
import { useGridScroll } from "./useGridScroll";
import { useSourceVersion } from "./useSourceVersion";

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
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
  /** Keys the owner wants first; true when it took the key. */
  onKey?(event: KeyboardEvent): boolean;
  /** Changes when other rows took the old ones' place: the scroll position starts anew. */
  resetKey?: string;
}

/** Copying more than this at once would be a file, not a clipboard. */
const mostCopiedRows = 100_000;

export function DataGrid<Row>(props: DataGridProps<Row>): ReactNode {
  const { source, columns, layout, selection, onSelectionChange } = props;
  const version = useSourceVersion(source);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => visibleColumns(columns, layout), [columns, layout]);
  const { count } = source;
  const { window: rows, rowHeight, pageRows, reveal } = useGridScroll(scroller, count, props.resetKey ?? "");
  const [chooserAt, setChooserAt] = useState<{ x: number; y: number } | undefined>();
  const typed = useRef<TypeAhead>({ text: "", time: 0 });
  const newest = useRef(props);
  newest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a source that changed has to be asked again for the same rows
  useEffect(() => source.request(rows.first, rows.end), [source, rows.first, rows.end, version]);
  useEffect(() => {
    if (selection.focus >= 0 && !selection.isRestored) reveal(selection.focus);
  }, [selection, reveal]);
  useEffect(() => {
    const clamped = clampSelection(selection, count);
    if (clamped !== selection) newest.current.onSelectionChange(clamped);
  }, [selection, count]);

  const [controller] = useState<GridController>(() => ({
    async copy() {
      const { source: from, selection: chosen, columns: all, layout: kept, onCopy } = newest.current;
      await onCopy(await rowsAsTsv(from, chosen.ranges, visibleColumns(all, kept), mostCopiedRows));
    },
    selectAll() {
      const { onSelectionChange: change, selection: chosen, source: from } = newest.current;
      change(selectAllRows(chosen, from.count));
    },
    openColumns() {
      const box = scroller.current?.getBoundingClientRect();
      if (box) setChooserAt({ x: box.left + 24, y: box.top + 24 });
    },
  }));
  useEffect(() => () => clearActiveGrid(controller), [controller]);

  async function seekTyped(letter: string) {
    typed.current = typeAhead(typed.current, letter, Date.now());
    const isNew = typed.current.text.length === 1;
    const row = await source.seek(typed.current.text, Math.max(0, selection.focus) + (isNew ? 1 : 0));
    if (row >= 0) onSelectionChange(selectOnly(row));
  }

  function openMenu() {
    const focused = scroller.current?.querySelector(`[data-row="${selection.focus}"]`);
    const box = (focused ?? scroller.current)?.getBoundingClientRect();
    if (box) props.onContextMenu?.({ x: box.left + 32, y: box.bottom });
  }

  function handleKey(event: KeyboardEvent) {
    if (props.onKey?.(event)) return event.preventDefault();
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      return openMenu();
    }
    if (event.key === "Enter" && !control && !event.shiftKey && selection.focus >= 0) {
      event.preventDefault();
      return props.onActivate?.(selection.focus, "enter");
    }
    const key = { key: event.key, control, shift: event.shiftKey };
    const next = selectionAfterKey(selection, key, { count, page: pageRows });
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      return onSelectionChange(next);
    }
    if (event.key.length === 1 && event.key !== " " && !control) void seekTyped(event.key.toLowerCase());
  }

  function handleRowPointer(event: MouseEvent, row: number) {
    if (event.button === 2) {
      if (!isSelected(selection, row)) onSelectionChange(selectOnly(row));
    } else if (event.button === 0) {
      if (event.shiftKey) onSelectionChange(extendTo(selection, row));
      else onSelectionChange(event.ctrlKey || event.metaKey ? toggleRow(selection, row) : selectOnly(row));
    }
  }

  function fit(column: GridColumn<Row>) {
    const loaded: Row[] = [];
    for (let index = rows.first; index < rows.end; index++) {
      const row = source.row(index);
      if (row !== undefined) loaded.push(row);
    }
    props.onLayoutChange(resizeColumn(layout, column.id, autofitWidth(column, loaded, scroller.current)));
  }

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
        aria-activedescendant={selection.focus >= 0 ? `${id}-row${selection.focus}` : undefined}
        onFocus={() => setActiveGrid(controller)}
        onKeyDown={handleKey}
        onMouseDown={(event) => {
          // The blank beside and below the rows belongs to none of them; the scroll bars are no blank.
          const { clientX, clientY, target, currentTarget } = event;
          const box = currentTarget.getBoundingClientRect();
          const isInside =
            clientX < box.left + currentTarget.clientWidth && clientY < box.top + currentTarget.clientHeight;
          const isBlank = target === currentTarget || (target as Element).classList.contains("gridContent");
          if (isBlank && isInside) onSelectionChange(nothingSelected);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          if (!(event.target as Element).closest(".gridHeader")) {
            props.onContextMenu?.({ x: event.clientX, y: event.clientY });
          }
        }}
      >
        <GridHeader
          columns={shown}
          allColumns={columns}
          layout={layout}
          sort={props.sort}
          onSortChange={props.onSortChange}
          onLayoutChange={props.onLayoutChange}
          onFit={fit}
          onChoose={setChooserAt}
        />
        <GridRows
          id={id}
          source={source}
          columns={shown}
          layout={layout}
          rows={rows}
          rowHeight={rowHeight}
          selection={selection}
          rowClass={props.rowClass}
          onRowPointer={handleRowPointer}
          onActivate={(row) => props.onActivate?.(row, "doubleClick")}
        />
      </div>
      {count === 0 && props.empty ? <div className="gridEmpty">{props.empty}</div> : null}
      {chooserAt ? (
        <ColumnChooser
          at={chooserAt}
          columns={columns}
          layout={layout}
          sort={props.sort}
          onSortChange={props.onSortChange}
          onLayoutChange={props.onLayoutChange}
          onClose={() => {
            setChooserAt(undefined);
            scroller.current?.focus();
          }}
        />
      ) : null}
    </div>
  );
}
