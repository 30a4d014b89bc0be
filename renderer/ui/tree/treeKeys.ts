/** What the keyboard does in a tree; Windows' tree view rules. */
import type { TreeRow } from "./flattenTree";

export type TreeAction =
  | { kind: "focus"; row: number }
  | { kind: "expand"; ids: string[] }
  | { kind: "collapse"; id: string };

function focus(row: number, rows: readonly TreeRow[]): TreeAction {
  return { kind: "focus", row: Math.max(0, Math.min(rows.length - 1, row)) };
}

/** @returns undefined when the key is not the tree's */
export function treeAction(rows: readonly TreeRow[], at: number, key: string, page: number): TreeAction | undefined {
  const row = rows[at];
  if (!row) return undefined;
  switch (key) {
    case "ArrowDown":
      return focus(at + 1, rows);
    case "ArrowUp":
      return focus(at - 1, rows);
    case "PageDown":
      return focus(at + Math.max(1, page - 1), rows);
    case "PageUp":
      return focus(at - Math.max(1, page - 1), rows);
    case "Home":
      return focus(0, rows);
    case "End":
      return focus(rows.length - 1, rows);
    case "ArrowRight":
    case "+":
      if (row.isExpanded === false) return { kind: "expand", ids: [row.id] };
      return row.isExpanded && key === "ArrowRight" ? focus(at + 1, rows) : undefined;
    case "ArrowLeft":
    case "-":
      if (row.isExpanded) return { kind: "collapse", id: row.id };
      return key === "ArrowLeft" && row.parent >= 0 ? focus(row.parent, rows) : undefined;
    case "*": {
      const siblings = rows.filter((other) => other.parent === row.parent && other.isExpanded === false);
      return { kind: "expand", ids: siblings.map((other) => other.id) };
    }
    default:
      return undefined;
  }
}

/** The next row from `from` on, wrapping, whose text begins with `prefix`; -1 for none. */
export function seekRow(texts: (row: number) => string, count: number, prefix: string, from: number): number {
  for (let step = 0; step < count; step++) {
    const row = (from + step) % count;
    if (texts(row).toLowerCase().startsWith(prefix)) return row;
  }
  return -1;
}
