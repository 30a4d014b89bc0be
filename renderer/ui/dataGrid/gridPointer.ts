/** What the pointer does to a grid's selection; Windows' list view rules. */
import type { MouseEvent } from "react";
import { extendTo, type GridSelection, isSelected, selectOnly, toggleRow } from "./gridSelection";

/** @returns undefined when the selection stays: the right button on a selected row keeps all that is selected */
export function selectionAfterPress(
  selection: GridSelection,
  row: number,
  event: Pick<MouseEvent, "button" | "shiftKey" | "ctrlKey" | "metaKey">,
): GridSelection | undefined {
  if (event.button === 2) return isSelected(selection, row) ? undefined : selectOnly(row);
  if (event.button !== 0) return undefined;
  if (event.shiftKey) return extendTo(selection, row);
  return event.ctrlKey || event.metaKey ? toggleRow(selection, row) : selectOnly(row);
}

/** The blank beside and below the rows belongs to none of them; the scroll bars are no blank. */
export function isBlankPress({ clientX, clientY, target, currentTarget }: MouseEvent): boolean {
  const box = currentTarget.getBoundingClientRect();
  const isInside = clientX < box.left + currentTarget.clientWidth && clientY < box.top + currentTarget.clientHeight;
  return isInside && (target === currentTarget || (target as Element).classList.contains("gridContent"));
}

/** A button or a tick within a row, which acts when the pointer is let go. */
export function isLinkPress({ target }: Pick<MouseEvent, "target">): boolean {
  return (target as Element).closest("button,input,a") !== null;
}
