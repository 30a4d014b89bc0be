/** Rows as tab-separated text with a header line, for the clipboard. */
import type { GridColumn } from "./columnLayout";
import type { RowRange } from "./gridSelection";
import type { RowSource } from "./rowSource";

/** A tab or line end inside a value would break the table for whoever pastes it. */
function cellText(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}

/** One selected cell row of one column is copied bare; anything more comes with its header. */
export async function rowsAsTsv<Row>(
  source: RowSource<Row>,
  ranges: readonly RowRange[],
  columns: readonly GridColumn<Row>[],
  limit: number,
): Promise<string> {
  const lines: string[] = [];
  for (const [from, to] of ranges) {
    const end = Math.min(to, from + limit - lines.length);
    for (const row of await source.rows(from, end)) {
      lines.push(columns.map((column) => cellText(column.text(row))).join("\t"));
    }
  }
  if (lines.length <= 1) return lines.join("");
  return [columns.map((column) => column.title).join("\t"), ...lines].join("\n");
}
