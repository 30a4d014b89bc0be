/** A tree as the flat rows that are drawn, with what a screen reader needs to know of each row's place. */
export interface TreeNodes {
  /** Children's ids in order; undefined while they are not loaded. */
  children(id: string): readonly string[] | undefined;
  isExpanded(id: string): boolean;
}

export interface TreeRow {
  id: string;
  /** 1 for the root. */
  level: number;
  posInSet: number;
  setSize: number;
  /** undefined for a node known to have no children. */
  isExpanded: boolean | undefined;
  /** Index of the parent's row; -1 for the root. */
  parent: number;
}

export function flattenTree(root: string, nodes: TreeNodes): TreeRow[] {
  const rows: TreeRow[] = [];
  // A stack instead of recursion: the namespace's depth is the machine's to choose.
  const waiting: Omit<TreeRow, "isExpanded">[] = [{ id: root, level: 1, posInSet: 1, setSize: 1, parent: -1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const children = nodes.children(next.id);
    const isExpanded = children?.length === 0 ? undefined : nodes.isExpanded(next.id);
    const parent = rows.push({ ...next, isExpanded }) - 1;
    if (!isExpanded || !children) continue;
    for (let at = children.length - 1; at >= 0; at--) {
      const id = children[at];
      if (id === undefined) continue;
      waiting.push({ id, level: next.level + 1, posInSet: at + 1, setSize: children.length, parent });
    }
  }
  return rows;
}
