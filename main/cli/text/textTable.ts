/** Lays rows out in columns for a terminal: two blanks between columns, no blanks at a line's end. */

export function textTable(headers: string[], rows: string[][]): string {
  const widths = headers.map((header, column) =>
    rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), header.length),
  );
  const line = (cells: string[]): string =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(headers), line(headers.map((header) => "-".repeat(header.length))), ...rows.map(line)].join("\n");
}
