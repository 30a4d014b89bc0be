/** What the keyboard does to a grid's selection; Windows' list view rules. */
import {
  extendTo,
  type GridSelection,
  isSelected,
  moveFocus,
  selectAllRows,
  selectOnly,
  toggleRow,
} from "./gridSelection";

export interface GridKey {
  key: string;
  control: boolean;
  shift: boolean;
}

export interface GridExtent {
  count: number;
  /** Rows that fit on the screen. */
  page: number;
}

function target(key: string, focus: number, { count, page }: GridExtent): number | undefined {
  switch (key) {
    case "ArrowDown":
      return focus + 1;
    case "ArrowUp":
      return focus < 0 ? 0 : focus - 1;
    case "PageDown":
      return focus + Math.max(1, page - 1);
    case "PageUp":
      return focus - Math.max(1, page - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** @returns undefined when the key is not the grid's */
export function selectionAfterKey(
  selection: GridSelection,
  { key, control, shift }: GridKey,
  extent: GridExtent,
): GridSelection | undefined {
  const { count } = extent;
  if (count === 0) return undefined;
  if (key === "a" && control && !shift) return selectAllRows(selection, count);
  if (key === " " && selection.focus >= 0) {
    if (control) return toggleRow(selection, selection.focus);
    return isSelected(selection, selection.focus) ? undefined : selectOnly(selection.focus);
  }
  const wanted = target(key, selection.focus, extent);
  if (wanted === undefined) return undefined;
  const row = Math.max(0, Math.min(count - 1, wanted));
  if (shift) return extendTo(selection, row);
  return control ? moveFocus(selection, row) : selectOnly(row);
}

/** Type-ahead: letters typed within a second of each other are one word; the same letter again steps to the next. */
export interface TypeAhead {
  text: string;
  /** When the last letter was typed, ms. */
  time: number;
}

const typeAheadPause = 1_000;

export function typeAhead(before: TypeAhead, letter: string, time: number): TypeAhead {
  const continues = time - before.time < typeAheadPause;
  if (!continues) return { text: letter, time };
  if (before.text === letter) return { text: letter, time };
  return { text: before.text + letter, time };
}
