/** How wide a column has to be for the rows at hand: measured on a canvas, without touching the document. */
import type { GridColumn } from "./columnLayout";

/** A cell's padding on both sides and the divider, px; dataGrid.css. */
const cellPadding = 18;
/** One very long name should not push all other columns off the screen. */
const widestFit = 720;

export function autofitWidth<Row>(column: GridColumn<Row>, rows: readonly Row[], element: HTMLElement | null): number {
  const context = document.createElement("canvas").getContext("2d");
  if (!context || !element) return column.width;
  const style = getComputedStyle(element);
  const family = style.getPropertyValue(column.mono ? "--font-mono" : "--font-ui");
  const size = style.getPropertyValue(column.mono ? "--font-size-mono" : "--font-size");
  context.font = `${size} ${family}`;
  const texts = [`${column.title}   `, ...rows.map((row) => column.text(row))];
  const widest = Math.max(...texts.map((text) => context.measureText(text).width));
  return Math.min(widestFit, Math.ceil(widest) + cellPadding + (column.decoration ?? 0));
}
