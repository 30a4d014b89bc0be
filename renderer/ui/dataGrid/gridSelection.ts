/**
 * Which rows of a grid are selected. Ranges rather than a set of rows, so that Ctrl+A over a million rows is one
 * pair of numbers. Ranges are sorted, apart from each other, and end exclusively.
 */
export type RowRange = readonly [from: number, to: number];

export interface GridSelection {
  ranges: readonly RowRange[];
  /** The row with the focus rectangle; -1 before there was one. */
  focus: number;
  /** Where a Shift selection began. */
  anchor: number;
  /** Restored after a refresh, or by a press on a link: the list must not scroll away from what is being read. */
  isRestored?: true;
}

export const nothingSelected: GridSelection = { ranges: [], focus: -1, anchor: -1 };

export function selectOnly(row: number): GridSelection {
  return { ranges: row < 0 ? [] : [[row, row + 1]], focus: row, anchor: row };
}

export function selectAllRows(selection: GridSelection, count: number): GridSelection {
  return { ...selection, ranges: count === 0 ? [] : [[0, count]] };
}

/** Shift: everything between the anchor and `row`, and nothing else. */
export function extendTo(selection: GridSelection, row: number): GridSelection {
  const anchor = selection.anchor < 0 ? row : selection.anchor;
  return { ranges: [[Math.min(anchor, row), Math.max(anchor, row) + 1]], focus: row, anchor };
}

/** Ctrl+arrow: the focus moves, the selection stays. */
export function moveFocus(selection: GridSelection, row: number): GridSelection {
  return { ...selection, focus: row, anchor: row };
}

export function isSelected(selection: GridSelection, row: number): boolean {
  return selection.ranges.some(([from, to]) => row >= from && row < to);
}

export function selectedCount(selection: GridSelection): number {
  return selection.ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Ctrl+click or Ctrl+Space: in or out. */
export function toggleRow(selection: GridSelection, row: number): GridSelection {
  const ranges = isSelected(selection, row)
    ? selection.ranges.flatMap(([from, to]): RowRange[] =>
        row < from || row >= to
          ? [[from, to]]
          : (
              [
                [from, row],
                [row + 1, to],
              ] as RowRange[]
            ).filter(([start, end]) => start < end),
      )
    : joinRanges([...selection.ranges, [row, row + 1]]);
  return { ranges, focus: row, anchor: row };
}

export function joinRanges(ranges: readonly RowRange[]): RowRange[] {
  const joined: RowRange[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}

/** Rows that went away take their selection with them. */
export function clampSelection(selection: GridSelection, count: number): GridSelection {
  if (selection.focus < count && (selection.ranges.at(-1)?.[1] ?? 0) <= count) return selection;
  const ranges = selection.ranges
    .map(([from, to]): RowRange => [from, Math.min(to, count)])
    .filter(([from, to]) => from < to);
  return {
    ranges,
    focus: Math.min(selection.focus, count - 1),
    anchor: Math.min(selection.anchor, count - 1),
  };
}
