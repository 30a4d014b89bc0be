/** Header cells: click sorts, the divider resizes (double-click fits), dragging moves, the right button chooses columns. */
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and names the row by aria-activedescendant
// biome-ignore-all lint/a11y/useSemanticElements: only the rows on the screen exist, so there is no <table> to be
import { type DragEvent, type PointerEvent, type ReactNode, useState } from "react";
import type { ColumnLayout } from "../../../preload/settings";
import { Glyph } from "../Glyph";
import { columnWidth, drawnWidths, type GridColumn, moveColumn, resizeColumn } from "./columnLayout";

export interface GridSort {
  column: string;
  descending: boolean;
}

/** Ascending, then descending, then the rows' own order again. */
export function nextSort(sort: GridSort | undefined, column: string): GridSort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

interface GridHeaderProps<Row> {
  columns: readonly GridColumn<Row>[];
  allColumns: readonly GridColumn<Row>[];
  layout: ColumnLayout;
  sort: GridSort | undefined;
  onSortChange: ((sort: GridSort | undefined) => void) | undefined;
  onLayoutChange(layout: ColumnLayout): void;
  onFit(column: GridColumn<Row>): void;
  onChoose(at: { x: number; y: number }): void;
}

export function GridHeader<Row>(props: GridHeaderProps<Row>): ReactNode {
  const { columns, allColumns, layout, sort } = props;
  const widths = drawnWidths(columns, layout);
  const [dropBefore, setDropBefore] = useState<string | undefined>();

  function drop(event: DragEvent, before: string) {
    event.preventDefault();
    setDropBefore(undefined);
    const moved = event.dataTransfer.getData("text/x-column");
    if (moved) props.onLayoutChange(moveColumn(allColumns, layout, moved, before));
  }

  return (
    <div
      className="gridHeader"
      role="row"
      aria-rowindex={1}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onChoose({ x: event.clientX, y: event.clientY });
      }}
    >
      {columns.map((column, index) => {
        const sorted = sort?.column === column.id ? sort : undefined;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: ColumnChooser sorts by keyboard
          <div
            key={column.id}
            className="gridHeaderCell"
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={sorted ? (sorted.descending ? "descending" : "ascending") : column.sortable ? "none" : undefined}
            data-align={column.align}
            data-drop={dropBefore === column.id || undefined}
            style={{ width: widths[index] }}
            draggable
            onDragStart={(event) => event.dataTransfer.setData("text/x-column", column.id)}
            onDragOver={(event) => {
              event.preventDefault();
              setDropBefore(column.id);
            }}
            onDragLeave={() => setDropBefore(undefined)}
            onDrop={(event) => drop(event, column.id)}
            onClick={column.sortable ? () => props.onSortChange?.(nextSort(sort, column.id)) : undefined}
          >
            <span className="gridHeaderTitle">{column.title}</span>
            {sorted ? <Glyph name={sorted.descending ? "sortDown" : "sortUp"} /> : null}
            <Divider
              width={columnWidth(column, layout)}
              onResize={(width) => props.onLayoutChange(resizeColumn(layout, column.id, width))}
              onFit={() => props.onFit(column)}
            />
          </div>
        );
      })}
    </div>
  );
}

interface DividerProps {
  width: number;
  onResize(width: number): void;
  onFit(): void;
}

function Divider({ width, onResize, onFit }: DividerProps): ReactNode {
  const [drag, setDrag] = useState<{ x: number; width: number } | undefined>();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: ColumnChooser does by keyboard what the divider does by mouse
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is only kept from sorting
    <div
      className="gridDivider"
      onMouseDown={(event) => {
        // Or the browser would begin to drag the column, and take the pointer away.
        event.preventDefault();
      }}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onFit();
      }}
      onPointerDown={(event: PointerEvent) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ x: event.clientX, width });
      }}
      onPointerMove={(event: PointerEvent) => {
        if (drag) onResize(drag.width + event.clientX - drag.x);
      }}
      onPointerUp={() => setDrag(undefined)}
      onPointerCancel={() => setDrag(undefined)}
    />
  );
}
