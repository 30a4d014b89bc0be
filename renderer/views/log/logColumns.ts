/** The columns of the log, in cells of its terminal. `text` takes what is left and stands last. */

export type LogColumnId = "mark" | "sequence" | "time" | "source" | "process" | "processId" | "threadId" | "component" | "text";

export interface LogColumn {
  id: LogColumnId;
  title: string;
  /** Cells, with one blank behind the value. */
  width: number;
  shown: boolean;
}

export const defaultColumns: readonly LogColumn[] = [
  { id: "mark", title: "", width: 2, shown: true },
  { id: "sequence", title: "#", width: 9, shown: true },
  { id: "time", title: "Time", width: 14, shown: true },
  { id: "source", title: "Source", width: 8, shown: true },
  { id: "process", title: "Process", width: 17, shown: true },
  { id: "processId", title: "PID", width: 7, shown: true },
  { id: "threadId", title: "TID", width: 7, shown: false },
  { id: "component", title: "Component", width: 12, shown: false },
  { id: "text", title: "Message", width: 0, shown: true },
];

const NARROWEST = 4;
const WIDEST = 80;

export function resizeColumn(columns: readonly LogColumn[], id: LogColumnId, width: number): LogColumn[] {
  const cells = Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)));
  return columns.map((column) => (column.id === id ? { ...column, width: cells } : column));
}

export function toggleColumn(columns: readonly LogColumn[], id: LogColumnId): LogColumn[] {
  return columns.map((column) => (column.id === id && id !== "text" ? { ...column, shown: !column.shown } : column));
}
