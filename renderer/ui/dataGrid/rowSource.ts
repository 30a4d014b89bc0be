/**
 * Where a grid's rows come from. A source may hold all rows, or know only how many there are and fetch the ones that
 * are looked at; the grid cannot tell. Rows that are not there yet are `undefined` and draw as blanks.
 */
export interface RowSource<Row> {
  readonly count: number;
  row(index: number): Row | undefined;
  /** The grid shows, or soon will, rows `from` up to `to` (exclusive). */
  request(from: number, to: number): void;
  onDidChange(listener: () => void): { dispose(): void };
  /** Index of the next row from `from` on, wrapping, whose first column begins with `prefix` (no case); -1 for none. */
  seek(prefix: string, from: number): Promise<number>;
  /** All of these rows, fetched if need be, for copying. */
  rows(from: number, to: number): Promise<Row[]>;
}
