/** The columns of the log, in cells of its terminal. `text` takes what is left and stands last. */
import type { ColumnLayout } from "../../../preload/settings";

export type LogColumnId =
  | "mark"
  | "sequence"
  | "time"
  | "source"
  | "process"
  | "processId"
  | "threadId"
  | "component"
  | "text";

export interface LogColumn {
  id: LogColumnId;
  title: string;
  /** Cells, with one blank behind the value. */
  width: number;
  shown: boolean;
  /** Numbers stand at the right of their column. */
  isNumber?: true;
}

const columns: readonly LogColumn[] = [
  { id: "mark", title: "", width: 2, shown: true },
  { id: "sequence", title: "#", width: 9, shown: true, isNumber: true },
  { id: "time", title: "Time", width: 14, shown: true },
  { id: "source", title: "Source", width: 8, shown: true },
  { id: "process", title: "Process", width: 15, shown: true },
  { id: "processId", title: "PID", width: 7, shown: true, isNumber: true },
  { id: "threadId", title: "TID", width: 7, shown: false, isNumber: true },
  { id: "component", title: "Component", width: 12, shown: false },
  { id: "text", title: "Message", width: 0, shown: true },
];

/** Cells. Below four no value can be told from another; above eighty a column takes the message's place. */
const NARROWEST = 4;
const WIDEST = 80;

/** The key of the log's layout in the settings. */
export const logGrid = "log";

/** The columns as the user left them; without a layout, those hidden at first stay hidden. */
export function arrangedColumns(layout: ColumnLayout | undefined): LogColumn[] {
  return columns.map((column) => ({
    ...column,
    width: layout?.widths[column.id] ?? column.width,
    shown: layout === undefined ? column.shown : !layout.hidden.includes(column.id),
  }));
}

export function layoutOf(arranged: readonly LogColumn[]): ColumnLayout {
  return {
    order: arranged.map((column) => column.id),
    hidden: arranged.filter((column) => !column.shown).map((column) => column.id),
    widths: Object.fromEntries(
      arranged.filter((column) => column.id !== "text").map((column) => [column.id, column.width]),
    ),
  };
}

export function resizeColumn(arranged: readonly LogColumn[], id: LogColumnId, width: number): LogColumn[] {
  const cells = Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)));
  return arranged.map((column) => (column.id === id ? { ...column, width: cells } : column));
}

export function toggleColumn(arranged: readonly LogColumn[], id: LogColumnId): LogColumn[] {
  return arranged.map((column) => (column.id === id && id !== "text" ? { ...column, shown: !column.shown } : column));
}
