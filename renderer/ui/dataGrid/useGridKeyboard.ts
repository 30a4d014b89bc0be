/** The grid's keys: selection, Enter, the context menu, type-ahead. */
import { type KeyboardEvent, type RefObject, useRef } from "react";
import type { DataGridProps } from "./DataGrid";
import { selectionAfterKey, type TypeAhead, typeAhead } from "./gridKeys";
import { selectOnly } from "./gridSelection";

/** Where a menu opened by key appears: under the start of the focused row, past its icon. */
const menuIndent = 32;

function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
}

export function useGridKeyboard<Row>(
  props: DataGridProps<Row>,
  scroller: RefObject<HTMLDivElement | null>,
  pageRows: number,
): (event: KeyboardEvent) => void {
  const { source, selection, onSelectionChange } = props;
  const typed = useRef<TypeAhead>({ text: "", time: 0 });

  async function seekTyped(letter: string) {
    typed.current = typeAhead(typed.current, letter, Date.now());
    const isNew = typed.current.text.length === 1;
    const row = await source.seek(typed.current.text, Math.max(0, selection.focus) + (isNew ? 1 : 0));
    if (row >= 0) onSelectionChange(selectOnly(row));
  }

  function openMenu() {
    const focused = scroller.current?.querySelector(`[data-row="${selection.focus}"]`);
    const box = (focused ?? scroller.current)?.getBoundingClientRect();
    if (box) props.onContextMenu?.({ x: box.left + menuIndent, y: box.bottom });
  }

  return (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (props.onKey?.(event)) event.preventDefault();
    else if (event.altKey) return;
    else if (isMenuKey(event)) {
      event.preventDefault();
      openMenu();
    } else if (event.key === "Enter" && !control && !event.shiftKey && selection.focus >= 0) {
      event.preventDefault();
      // What comes next is typed into another list: a directory was entered.
      typed.current = { text: "", time: 0 };
      props.onActivate?.(selection.focus, "enter");
    } else {
      const key = { key: event.key, control, shift: event.shiftKey };
      const next = selectionAfterKey(selection, key, { count: source.count, page: pageRows });
      if (next) {
        event.preventDefault();
        event.stopPropagation();
        onSelectionChange(next);
      } else if (event.key.length === 1 && event.key !== " " && !control) void seekTyped(event.key.toLowerCase());
    }
  };
}
