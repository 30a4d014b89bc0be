/**
 * One log row as painted text for the terminal: SGR colours of ours around characters that are all visible. This is
 * where a driver's text meets a terminal, so every string from outside goes through the visible form first.
 */

import type { ClockMode } from "../../../preload/settings";
import type { LogRows } from "../../../preload/shared";
import { logKinds, logSources, visibleLine } from "../../../preload/shared";
import type { LogColumn, LogColumnId } from "./logColumns";

/** 24-bit colours as `r;g;b`, the form SGR takes. */
export interface LogPalette {
  text: string;
  muted: string;
  error: string;
  warning: string;
  selected: string;
  selectedIdle: string;
  match: string;
  /** Backgrounds of the highlight rules, by palette index. */
  highlights: readonly string[];
}

export interface RowPaint {
  columns: readonly LogColumn[];
  palette: LogPalette;
  clock: ClockMode;
  /** Unix ms of the log's first line, for elapsed time. */
  origin: number;
  /** Unix ms of the row before, for the time between them; undefined for the first row or one that is not at hand. */
  previousTime: number | undefined;
  /** Cells that the row may fill. */
  width: number;
  /** Characters of the message scrolled out to the left. */
  leftOffset: number;
  selected: boolean;
  focused: boolean;
  isFindMatch: boolean;
}

type RowTime = Pick<RowPaint, "clock" | "origin" | "previousTime">;

const decoder = new TextDecoder();

export function paintRow(rows: LogRows, index: number, paint: RowPaint): string {
  const { palette } = paint;
  const background = rowBackground(rows, index, paint);
  const base = `\x1b[0m${background === undefined ? "" : `\x1b[48;2;${background}m`}`;
  let output = `${base}\x1b[K`;
  for (const column of paint.columns) {
    if (!column.shown) {
      continue;
    }
    const colour = column.id === "text" ? textColour(rows, index, palette) : palette.muted;
    output += `\x1b[38;2;${colour}m${cell(rows, index, column, paint)}`;
  }
  return output;
}

function rowBackground(rows: LogRows, index: number, paint: RowPaint): string | undefined {
  if (paint.isFindMatch) {
    return paint.palette.match;
  }
  if (paint.selected) {
    return paint.focused ? paint.palette.selected : paint.palette.selectedIdle;
  }
  const colour = rows.colour[index] ?? -1;
  return colour < 0 ? undefined : paint.palette.highlights[colour];
}

function textColour(rows: LogRows, index: number, palette: LogPalette): string {
  const kind = logKinds[rows.kind[index] ?? 0];
  if (kind === "bugcheck") {
    return palette.error;
  }
  if (kind === "loss" || kind === "report") {
    return palette.warning;
  }
  return kind === "marker" ? palette.muted : palette.text;
}

function cell(rows: LogRows, index: number, column: LogColumn, paint: RowPaint): string {
  if (column.id === "text") {
    return rowText(rows, index).slice(paint.leftOffset, paint.leftOffset + paint.width);
  }
  const text = cellText(rows, index, column.id, paint);
  const room = column.width - 1;
  const cut = text.length > room ? `${text.slice(0, room - 1)}…` : text;
  return `${column.isNumber ? cut.padStart(room) : cut.padEnd(room)} `;
}

/** The message in its visible form. */
export function rowText(rows: LogRows, index: number): string {
  return visibleLine(decoder.decode(rows.text.subarray(rows.textOffset[index], rows.textOffset[index + 1])));
}

/** One column's text, visible form, not padded. */
export function cellText(rows: LogRows, index: number, id: LogColumnId, paint: RowTime): string {
  switch (id) {
    case "mark":
      return rows.marked[index] ? "◆" : logKinds[rows.kind[index] ?? 0] === "print" ? "" : "!";
    case "sequence":
      return String(rows.sequence[index] ?? "");
    case "time":
      return timeText(rows, index, paint);
    case "source":
      return logSources[rows.source[index] ?? 0] ?? "";
    case "process":
      return visibleLine(rows.processes[rows.process[index] ?? 0] ?? "");
    case "processId":
      return idText(rows.processId[index]);
    case "threadId":
      return idText(rows.threadId[index]);
    case "component":
      return componentText(rows.component[index] ?? -1, rows.level[index] ?? -1);
    case "text":
      return rowText(rows, index);
  }
}

function idText(id: number | undefined): string {
  return id === undefined || id < 0 ? "" : String(id);
}

function componentText(component: number, level: number): string {
  return component < 0 ? "" : `${component}:${level}`;
}

function timeText(rows: LogRows, index: number, paint: RowTime): string {
  const time = rows.time[index] ?? 0;
  switch (paint.clock) {
    case "clock":
      return clock(time);
    case "clockMs":
      return `${clock(time)}.${String(Math.floor(time) % 1000).padStart(3, "0")}`;
    case "elapsed":
      return ((time - paint.origin) / 1000).toFixed(6);
    case "delta":
      return paint.previousTime === undefined ? "" : `+${((time - paint.previousTime) / 1000).toFixed(6)}`;
  }
}

function clock(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
