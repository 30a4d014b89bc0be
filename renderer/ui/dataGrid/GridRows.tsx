/** The rows on the screen, placed one under the other inside content of the full height. */
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and names the row by aria-activedescendant
// biome-ignore-all lint/a11y/useSemanticElements: only the rows on the screen exist, so there is no <table> to be
import { type MouseEvent, memo, type ReactNode, useMemo } from "react";
import type { ColumnLayout } from "../../../preload/settings";
import { drawnWidths, type GridColumn } from "./columnLayout";
import { type GridSelection, isSelected } from "./gridSelection";
import type { RowSource } from "./rowSource";
import type { RowWindow } from "./rowWindow";

interface GridRowsProps<Row> {
  id: string;
  source: RowSource<Row>;
  columns: readonly GridColumn<Row>[];
  layout: ColumnLayout;
  rows: RowWindow;
  rowHeight: number;
  selection: GridSelection;
  rowClass: ((row: Row) => string | undefined) | undefined;
  onRowPointer(event: MouseEvent, row: number): void;
  onActivate(row: number): void;
}

/** Text that does not fit is shown whole while the pointer rests on it; text that fits needs no tip. */
function tipWhenClipped(event: MouseEvent<HTMLElement>) {
  const cell = (event.target as Element).closest<HTMLElement>(".gridCell");
  if (!cell) return;
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.dataset.text ?? "";
  else cell.removeAttribute("title");
}

function rowOf(target: EventTarget): number {
  const element = (target as Element).closest<HTMLElement>("[data-row]");
  return element ? Number(element.dataset.row) : -1;
}

export function GridRows<Row>(props: GridRowsProps<Row>): ReactNode {
  const { columns, layout, rows, rowHeight, selection, source, rowClass } = props;
  const widths = useMemo(() => drawnWidths(columns, layout), [columns, layout]);
  const width = widths.reduce((sum, one) => sum + one, 0);
  const indexes = Array.from({ length: Math.max(0, rows.end - rows.first) }, (_, step) => rows.first + step);
  function extraClass(index: number): string | undefined {
    const row = source.row(index);
    return row === undefined ? "gridRowLoading" : rowClass?.(row);
  }
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the tip repeats a clipped cell; the grid element has the keys
    <div
      className="gridContent"
      role="rowgroup"
      style={{ height: rows.contentHeight, minWidth: width }}
      onMouseOver={tipWhenClipped}
      onMouseDown={(event) => {
        const row = rowOf(event.target);
        if (row >= 0) props.onRowPointer(event, row);
      }}
      onDoubleClick={(event) => {
        const row = rowOf(event.target);
        if (row >= 0) props.onActivate(row);
      }}
    >
      {indexes.map((index) => (
        <GridRow
          key={index}
          id={props.id}
          index={index}
          row={source.row(index)}
          top={rows.offset + (index - rows.first) * rowHeight}
          columns={columns}
          widths={widths}
          rowHeight={rowHeight}
          isSelected={isSelected(selection, index)}
          isFocused={index === selection.focus}
          extraClass={extraClass(index)}
        />
      ))}
    </div>
  );
}

interface GridRowProps<Row> {
  id: string;
  index: number;
  row: Row | undefined;
  top: number;
  columns: readonly GridColumn<Row>[];
  widths: readonly number[];
  rowHeight: number;
  isSelected: boolean;
  isFocused: boolean;
  extraClass: string | undefined;
}

function PlainGridRow<Row>(props: GridRowProps<Row>): ReactNode {
  const { id, index, row, columns, widths, extraClass } = props;
  return (
    <div
      id={`${id}-row${index}`}
      className={extraClass ? `gridRow ${extraClass}` : "gridRow"}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      data-row={index}
      data-focus={props.isFocused || undefined}
      // Not a transform: each would be a layer of its own to the painter.
      style={{ top: props.top, height: props.rowHeight }}
    >
      {columns.map((column, place) => {
        const text = row === undefined ? "" : column.text(row);
        return (
          <div
            key={column.id}
            className={column.mono ? "gridCell mono" : "gridCell"}
            role="gridcell"
            aria-colindex={place + 1}
            data-align={column.align}
            data-text={text}
            style={{ width: widths[place] }}
          >
            {row === undefined ? null : (column.render?.(row) ?? text)}
          </div>
        );
      })}
    </div>
  );
}

/** Rows keep their place in the content while it scrolls, so only those that come into view are drawn anew. */
const GridRow = memo(PlainGridRow) as typeof PlainGridRow;
