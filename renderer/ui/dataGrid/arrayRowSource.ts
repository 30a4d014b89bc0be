/** Rows that are all here: services, handles, major functions. Sorting and filtering are the owner's. */
import type { RowSource } from "./rowSource";

export interface ArrayRowSource<Row> extends RowSource<Row> {
  setRows(rows: readonly Row[]): void;
}

export function createArrayRowSource<Row>(
  firstColumn: (row: Row) => string,
  initial: readonly Row[] = [],
): ArrayRowSource<Row> {
  let rows = initial;
  const listeners = new Set<() => void>();
  return {
    get count() {
      return rows.length;
    },
    row: (index) => rows[index],
    request() {
      // All rows are here already.
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    async seek(prefix, from) {
      const wanted = prefix.toLowerCase();
      for (let step = 0; step < rows.length; step++) {
        const index = (from + step) % rows.length;
        const row = rows[index];
        if (row !== undefined && firstColumn(row).toLowerCase().startsWith(wanted)) return index;
      }
      return -1;
    },
    rows: async (from, to) => rows.slice(from, to),
    setRows(next) {
      rows = next;
      for (const listener of [...listeners]) listener();
    },
  };
}
