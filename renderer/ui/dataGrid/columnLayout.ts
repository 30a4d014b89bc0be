/** Which columns a grid shows, in what order and how wide: the part that is kept in the settings, as pure functions. */
import type { ReactNode } from "react";
import type { ColumnLayout } from "../../../preload/settings";

export interface GridColumn<Row> {
  id: string;
  title: string;
  /** CSS pixels. */
  width: number;
  /** What is drawn; left out, `text`. */
  render?(row: Row): ReactNode;
  /** Plain text: copied, measured for autofit, shown when clipped. */
  text(row: Row): string;
  sortable?: boolean;
  /** What a column of numbers sorts by; left out, the text. */
  number?(row: Row): number;
  align?: "end";
  mono?: boolean;
  /** Pixels of decoration beside the text (an icon), for autofit. */
  decoration?: number;
  /** Not shown until chosen. */
  hiddenAtFirst?: boolean;
}

export const emptyLayout: ColumnLayout = { order: [], hidden: [], widths: {} };

export const narrowestColumn = 40;
const widestColumn = 2_000;

/** All columns in the kept order; ones the layout does not know (new in this version) follow at their own place. */
export function orderColumns<Column extends { id: string }>(
  columns: readonly Column[],
  layout: ColumnLayout,
): Column[] {
  const known = layout.order.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  return [...known, ...columns.filter((column) => !layout.order.includes(column.id))];
}

export function isColumnHidden(column: { id: string; hiddenAtFirst?: boolean }, layout: ColumnLayout): boolean {
  if (layout.hidden.includes(column.id)) return true;
  return column.hiddenAtFirst === true && !layout.order.includes(column.id);
}

/** The columns drawn. The first is never hidden: a row without it could not be told from another. */
export function visibleColumns<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout): GridColumn<Row>[] {
  const first = columns[0]?.id;
  return orderColumns(columns, layout).filter((column) => column.id === first || !isColumnHidden(column, layout));
}

export function columnWidth(column: { id: string; width: number }, layout: ColumnLayout): number {
  return layout.widths[column.id] ?? column.width;
}

/** What the last column may shrink to before the grid scrolls sideways, px. */
const narrowestLast = 120;

/** Widths as they are drawn: the last column takes what is left, and gives way first unless someone set its width. */
export function drawnWidths<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout): number[] {
  return columns.map((column, index) => {
    const isFlexible = index === columns.length - 1 && layout.widths[column.id] === undefined;
    return isFlexible ? Math.min(narrowestLast, column.width) : columnWidth(column, layout);
  });
}

export function resizeColumn(layout: ColumnLayout, id: string, width: number): ColumnLayout {
  const clamped = Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width)));
  return { ...layout, widths: { ...layout.widths, [id]: clamped } };
}

export function showColumn(
  columns: readonly { id: string; hiddenAtFirst?: boolean }[],
  layout: ColumnLayout,
  id: string,
  shown: boolean,
): ColumnLayout {
  const order = orderColumns(columns, layout).map((column) => column.id);
  const wasHidden = columns.filter((column) => isColumnHidden(column, layout)).map((column) => column.id);
  const hidden = wasHidden.filter((other) => other !== id);
  return { ...layout, order, hidden: shown ? hidden : [...hidden, id] };
}

/** Moves a column to stand before another, or to the end. */
export function moveColumn(
  columns: readonly { id: string; hiddenAtFirst?: boolean }[],
  layout: ColumnLayout,
  id: string,
  before: string | undefined,
): ColumnLayout {
  if (id === before) return layout;
  const hidden = columns.filter((column) => isColumnHidden(column, layout)).map((column) => column.id);
  const order = orderColumns(columns, layout).map((column) => column.id);
  const rest = order.filter((other) => other !== id);
  const at = before === undefined ? rest.length : rest.indexOf(before);
  if (at < 0 || !order.includes(id)) return layout;
  return { ...layout, hidden, order: [...rest.slice(0, at), id, ...rest.slice(at)] };
}
