// The table that `npm run bench` prints.

/** @typedef {import("../../tests/bench/benchmark").BenchmarkRow} BenchmarkRow */

const HEADER = ["measured", "value", "against", "ratio", "target", ""];

/**
 * @param {readonly BenchmarkRow[]} rows
 * @returns {string[]} lines
 */
export function benchTable(rows) {
  const cells = [HEADER, ...rows.map(rowCells)];
  const widths = HEADER.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [
    lines[0] ?? "",
    widths
      .map((width) => "-".repeat(width))
      .join("  ")
      .trimEnd(),
    ...lines.slice(1),
  ];
}

/**
 * @param {BenchmarkRow} row
 * @returns {boolean} true where there is no target
 */
export function meetsTarget(row) {
  if (row.target === undefined) return true;
  const measured = measuredFor(row);
  return row.target.bound === "at most" ? measured <= row.target.value : measured >= row.target.value;
}

/** @param {BenchmarkRow} row */
function measuredFor(row) {
  const of = row.target?.of ?? "value";
  if (of === "value") return row.value;
  // A ratio without a reference is a mistake in the benchmark; NaN meets no target.
  const reference = row.reference?.value ?? Number.NaN;
  return of === "ratio" ? row.value / reference : row.value - reference;
}

/** @param {BenchmarkRow} row */
function rowCells(row) {
  const { reference, target } = row;
  const of = target?.of ?? "value";
  const bound = target === undefined ? "" : `${target.bound} ${format(target.value)}`;
  const unit = of === "ratio" ? "x" : ` ${row.unit}${of === "difference" ? " more" : ""}`;
  return [
    row.what,
    `${format(row.value)} ${row.unit}`,
    reference === undefined ? "" : `${reference.what}: ${format(reference.value)} ${row.unit}`,
    reference === undefined ? "" : `${format(row.value / reference.value)}x`,
    target === undefined ? "" : `${bound}${unit}`,
    target === undefined ? "" : meetsTarget(row) ? "ok" : "MISS",
  ];
}

/** @param {number} value three significant digits, and thousands apart */
function format(value) {
  return new Intl.NumberFormat(
    "en-US",
    value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  ).format(value);
}
