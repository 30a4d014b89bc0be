/**
 * What the log tells its readers: counts, views, and rows as columns. Values only; they cross process borders.
 */

/** Rows of a log view as columns and one text blob: what crosses to the window costs 0.4 µs a line instead of 3. */
export interface LogRows {
  view: number;
  /** Index of the first row in the view, and how many follow. */
  from: number;
  count: number;
  sequence: Float64Array;
  /** Unix ms. */
  time: Float64Array;
  /** Index into `logSources` / `logKinds` (main/log/logRecord.ts). */
  source: Uint8Array;
  kind: Uint8Array;
  component: Int32Array;
  level: Int32Array;
  processId: Int32Array;
  threadId: Int32Array;
  /** Index into `processes`. */
  process: Uint32Array;
  processes: string[];
  /** Number of the IRP (main/machine/irpTrace.ts) that its driver worked on when it printed the line; 0 for none. */
  irp?: Float64Array;
  /** count + 1 offsets in bytes into `text` (UTF-8). */
  textOffset: Uint32Array;
  text: Uint8Array;
  /** Palette index of the highlight rule that matched, -1 for none. */
  colour: Int8Array;
  /** 1 where the row carries a bookmark. */
  marked: Uint8Array;
}

export interface LogViewState {
  view: number;
  /** Rows that pass the view's rules so far. */
  rows: number;
  /** Rows dropped from the view's front with old history or by clearing: row indexes shift down by as many. */
  droppedRows: number;
  /** True while the rules are still being applied to older lines. */
  filtering: boolean;
  /** Share of the lines that the rules were applied to, 0 to 1. */
  progress: number;
  /** Rules that could not be used as they stand; each is taken literally meanwhile. */
  ruleErrors: LogRuleError[];
}

export interface LogRuleError {
  /** Index into the rules given. */
  rule: number;
  message: string;
}

export interface LogState {
  capturing: boolean;
  /** Lines in the store, and lines ever taken in. */
  lines: number;
  total: number;
  /** Lines dropped at the front because of the history limit. */
  droppedByHistory: number;
  /** Messages that the machine's debug filter masks held back. */
  droppedByMask: number;
  /** Lines that sources reported lost. */
  lost: number;
  /** Lines that a `discard` rule dropped at capture. */
  discarded: number;
  /** Lines printed in part, which still wait for their line end. */
  unfinished: number;
  /** Bytes that the store holds. */
  bytes: number;
  views: LogViewState[];
}

/** `debugview` is DebugView's own tab-separated text; `text` the message alone. */
export type LogFormat = "debugview" | "text" | "csv" | "jsonl";
