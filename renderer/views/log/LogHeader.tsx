/** Titles over the log's columns, as wide as the terminal's cells. Drag a divider to resize, right-click to choose columns. */
import { type CSSProperties, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { Flyout } from "../../ui/Flyout";
import { type LogColumn, type LogColumnId, resizeColumn, toggleColumn } from "./logColumns";

interface LogHeaderProps {
  columns: readonly LogColumn[];
  /** CSS px of one cell. */
  cellWidth: number;
  onChange(columns: LogColumn[]): void;
}

export function LogHeader({ columns, cellWidth, onChange }: LogHeaderProps): ReactNode {
  const [chooser, setChooser] = useState<{ x: number; y: number }>();
  return (
    <div
      className="logHeader"
      role="toolbar"
      aria-label="Log columns"
      style={{ "--log-cell": `${cellWidth}px` } as CSSProperties}
      onContextMenu={(event) => {
        event.preventDefault();
        setChooser({ x: event.clientX, y: event.clientY });
      }}
    >
      {columns
        .filter((column) => column.shown)
        .map((column) => (
          <div
            key={column.id}
            className={column.isNumber ? "logHeaderCell logHeaderNumber" : "logHeaderCell"}
            style={column.id === "text" ? { flex: 1 } : { width: column.width * cellWidth }}
          >
            <span className="logHeaderTitle">{column.title}</span>
            {column.id === "text" ? null : (
              <Divider
                column={column}
                cellWidth={cellWidth}
                onResize={(width) => onChange(resizeColumn(columns, column.id, width))}
              />
            )}
          </div>
        ))}
      {chooser ? (
        <Flyout at={chooser} label="Columns" onClose={() => setChooser(undefined)}>
          <ColumnChoices columns={columns} onToggle={(id) => onChange(toggleColumn(columns, id))} />
        </Flyout>
      ) : null}
    </div>
  );
}

export function ColumnChoices({
  columns,
  onToggle,
}: {
  columns: readonly LogColumn[];
  onToggle(id: LogColumnId): void;
}): ReactNode {
  return columns
    .filter((column) => column.id !== "text")
    .map((column) => (
      <label key={column.id} className="logColumnChoice">
        <input type="checkbox" checked={column.shown} onChange={() => onToggle(column.id)} />
        {column.id === "mark" ? "Bookmark" : column.id === "sequence" ? "Number" : column.title}
      </label>
    ));
}

interface DividerProps {
  column: LogColumn;
  cellWidth: number;
  onResize(width: number): void;
}

function Divider({ column, cellWidth, onResize }: DividerProps): ReactNode {
  const start = useRef<{ x: number; width: number }>(undefined);
  const move = (event: PointerEvent) => {
    if (start.current && cellWidth > 0) onResize(start.current.width + (event.clientX - start.current.x) / cellWidth);
  };
  return (
    <span
      className="logDivider"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: column.width };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = undefined;
      }}
    />
  );
}
