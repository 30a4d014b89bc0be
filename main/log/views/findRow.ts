/**
 * Searches over a view's rows: the next match, the next bookmark. They run in slices and go once around, from the row
 * after (or before) the one given back to it.
 */
import { runInSlices, type Scheduler } from "../scheduler";
import { LineReader } from "../store/lineReader";
import type { LogStore } from "../store/logStore";
import type { LogView } from "./logView";

/** Rows looked at between two looks at the clock. */
const STEP_ROWS = 512;

export interface RowSearch {
  store: LogStore;
  view: LogView;
  scheduler: Scheduler;
  /** Shown row to begin after; -1 before the first row (or, backwards, after the last). */
  from: number;
  backwards: boolean;
  test(line: LineReader, sequence: number): boolean;
  signal?: AbortSignal | undefined;
}

/** The shown row, -1 for none, undefined when the search was cancelled or the view's rules changed meanwhile. */
export async function findRow(search: RowSearch): Promise<number | undefined> {
  const { view, backwards } = search;
  const { version } = view;
  const first = view.droppedRows;
  const rows = view.endRow - first;
  if (rows === 0) return -1;
  // A cursor of its own: the view's is moved by the filter between slices.
  const reader = new LineReader(search.store);
  const start = startOf(search, rows);
  let done = 0;
  let found = -1;
  const finished = await runInSlices(
    search.scheduler,
    () => {
      if (view.version !== version) return true;
      for (const stop = Math.min(done + STEP_ROWS, rows); done < stop; done += 1) {
        const row = first + ((backwards ? start - done + rows : start + done) % rows);
        const sequence = view.sequenceOf(row);
        if (sequence === undefined || !reader.moveTo(sequence)) continue;
        if (!search.test(reader, sequence)) continue;
        found = row;
        return true;
      }
      return done === rows;
    },
    search.signal,
  );
  if (!finished || view.version !== version) return undefined;
  const shown = found - view.droppedRows;
  return found < 0 || shown < 0 ? -1 : shown;
}

/** Offset of the first row to look at, 0 to rows - 1. */
function startOf({ from, backwards }: RowSearch, rows: number): number {
  if (from < 0 || from >= rows) return backwards ? rows - 1 : 0;
  return backwards ? (from - 1 + rows) % rows : (from + 1) % rows;
}
