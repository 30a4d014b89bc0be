/**
 * Which rows of the log are selected: one range, kept as sequence-free row indexes, with the end that moves (`focus`) and
 * the one that stays (`anchor`). A view can have ten million rows, so a range is all it ever stores.
 */

export interface LogSelection {
  anchor: number;
  focus: number;
}

export interface RowRange {
  from: number;
  /** Exclusive. */
  to: number;
}

export function rangeOf(selection: LogSelection | undefined): RowRange {
  if (selection === undefined) {
    return { from: 0, to: 0 };
  }
  return { from: Math.min(selection.anchor, selection.focus), to: Math.max(selection.anchor, selection.focus) + 1 };
}

/** A click or an arrow key: to one row, or with Shift from the anchor to it. */
export function selectRow(selection: LogSelection | undefined, row: number, extend: boolean): LogSelection {
  return { anchor: extend && selection !== undefined ? selection.anchor : row, focus: row };
}

export function selectAll(total: number): LogSelection | undefined {
  return total === 0 ? undefined : { anchor: 0, focus: total - 1 };
}

/** Rows left the view's front: the selection moves with its lines, and goes when all of them are gone. */
export function shiftSelection(selection: LogSelection | undefined, dropped: number): LogSelection | undefined {
  if (selection === undefined || dropped === 0) {
    return selection;
  }
  const anchor = selection.anchor - dropped;
  const focus = selection.focus - dropped;
  return anchor < 0 && focus < 0 ? undefined : { anchor: Math.max(0, anchor), focus: Math.max(0, focus) };
}
