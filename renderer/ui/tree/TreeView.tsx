/**
 * A tree of rows of one height, of which only those on the screen exist. Like the grid it keeps the focus itself and
 * names the current row by aria-activedescendant.
 */
// biome-ignore-all lint/a11y/useFocusableInteractive: the tree keeps the focus and names the row by aria-activedescendant
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { type TypeAhead, typeAhead } from "../dataGrid/gridKeys";
import { useGridScroll } from "../dataGrid/useGridScroll";
import { Glyph } from "../Glyph";
import type { TreeRow } from "./flattenTree";
import { seekRow, treeAction } from "./treeKeys";
import "./tree.css";

export interface TreeViewProps {
  label: string;
  rows: readonly TreeRow[];
  selected: string;
  onSelect(id: string): void;
  onExpand(ids: string[]): void;
  onCollapse(id: string): void;
  text(id: string): string;
  icon(id: string): ReactNode;
  /** Why the children could not be had, in words. */
  problem?(id: string): string | undefined;
  onContextMenu?(at: { x: number; y: number }): void;
  /** Enter on the selected row. */
  onActivate?(id: string): void;
}

/** px a level is moved in. */
const indent = 14;

export function TreeView(props: TreeViewProps): ReactNode {
  const { rows, selected } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef<TypeAhead>({ text: "", time: 0 });
  const at = rows.findIndex((row) => row.id === selected);
  // The tree has no header row, so the height that the grid keeps for one is a row of margin at the end here.
  const { window: shown, rowHeight, pageRows, reveal } = useGridScroll(scroller, rows.length, "");

  useEffect(() => {
    if (at >= 0) reveal(at);
  }, [at, reveal]);

  function openMenu() {
    const box = scroller.current?.querySelector(`[data-row="${at}"]`)?.getBoundingClientRect();
    if (box) props.onContextMenu?.({ x: box.left + 40, y: box.bottom });
  }

  function handleKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      return openMenu();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      return props.onActivate?.(selected);
    }
    const action = treeAction(rows, at, event.key, pageRows);
    if (action) {
      event.preventDefault();
      if (action.kind === "focus") {
        const row = rows[action.row];
        if (row) props.onSelect(row.id);
      } else if (action.kind === "expand") props.onExpand(action.ids);
      else props.onCollapse(action.id);
    } else if (event.key.length === 1) {
      typed.current = typeAhead(typed.current, event.key.toLowerCase(), Date.now());
      const from = typed.current.text.length === 1 ? at + 1 : at;
      const text = (row: number) => props.text(rows[row]?.id ?? "");
      const found = rows[seekRow(text, rows.length, typed.current.text, Math.max(0, from))];
      if (found) props.onSelect(found.id);
    }
  }

  function rowAt(target: EventTarget): TreeRow | undefined {
    const element = (target as Element).closest<HTMLElement>("[data-row]");
    return element ? rows[Number(element.dataset.row)] : undefined;
  }

  function toggle(row: TreeRow) {
    if (row.isExpanded) props.onCollapse(row.id);
    else if (row.isExpanded === false) props.onExpand([row.id]);
  }

  function handlePointer(event: MouseEvent) {
    const row = rowAt(event.target);
    if (!row) return;
    if ((event.target as Element).closest(".treeTwist")) toggle(row);
    else props.onSelect(row.id);
  }

  return (
    <div
      ref={scroller}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      onKeyDown={handleKey}
      onMouseDown={handlePointer}
      onDoubleClick={(event) => {
        const row = rowAt(event.target);
        if (row && !(event.target as Element).closest(".treeTwist")) toggle(row);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onContextMenu?.({ x: event.clientX, y: event.clientY });
      }}
    >
      <div className="treeContent" role="presentation" style={{ height: shown.contentHeight }}>
        {rows.slice(shown.first, shown.end).map((row, step) => (
          <div
            key={row.id}
            id={`${id}-${shown.first + step}`}
            className="treeRow"
            role="treeitem"
            data-row={shown.first + step}
            data-path={row.id}
            aria-level={row.level}
            aria-posinset={row.posInSet}
            aria-setsize={row.setSize}
            aria-expanded={row.isExpanded}
            aria-selected={row.id === selected}
            title={props.problem?.(row.id)}
            style={{
              transform: `translateY(${shown.offset + step * rowHeight}px)`,
              paddingInlineStart: (row.level - 1) * indent + 4,
            }}
          >
            <span className="treeTwist">
              {row.isExpanded === undefined ? null : <Glyph name={row.isExpanded ? "chevronDown" : "chevronRight"} />}
            </span>
            {props.icon(row.id)}
            <span className="treeText">{props.text(row.id)}</span>
            {props.problem?.(row.id) ? <Glyph name="warning" /> : null}
          </div>
        ))}
      </div>
    </div>
  );
}
