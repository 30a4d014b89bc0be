/**
 * The rows of a log view that the page has at hand, in pages. The engine owns the lines; what is not here is asked
 * for, and the newest pages are kept so that scrolling back and forth asks nothing.
 */
import type { LogRows } from "../../../preload/shared";

/** Three screens of rows: small enough to answer within a frame, large enough that a wheel turn stays inside. */
const PAGE_ROWS = 128;
/** 8,192 rows, about 1 MB of ordinary lines. */
const MOST_PAGES = 64;

export interface CachedRow {
  rows: LogRows;
  /** Index into the columns of `rows`. */
  index: number;
}

export class RowCache {
  private readonly pages = new Map<number, LogRows>();
  private readonly asked = new Set<number>();
  private epoch = 0;
  private end = 0;

  /** `fetch` answers undefined when the view is gone or the engine does not answer; the page is asked for again later. */
  constructor(
    private readonly fetch: (from: number, count: number) => Promise<LogRows | undefined>,
    private readonly onDidLoad: () => void,
  ) {}

  /** Behind the last row that ever came: while rows pour in, the window ends here rather than in blank lines. */
  get loadedEnd(): number {
    return this.end;
  }

  row(row: number): CachedRow | undefined {
    const page = Math.floor(row / PAGE_ROWS);
    const rows = this.pages.get(page);
    const index = row - page * PAGE_ROWS;
    if (rows === undefined || index >= rows.count) {
      return undefined;
    }
    return { rows, index };
  }

  /** Makes sure that rows `from` to `to` (exclusive) of `total` come, and keeps their pages over others. */
  want(from: number, to: number, total: number): void {
    const first = Math.floor(Math.max(0, from) / PAGE_ROWS);
    for (let page = first; page * PAGE_ROWS < Math.min(to, total); page += 1) {
      const have = this.pages.get(page);
      const full = Math.min(PAGE_ROWS, total - page * PAGE_ROWS);
      if (have !== undefined) {
        this.pages.delete(page);
        this.pages.set(page, have);
      }
      if ((have === undefined || have.count < full) && !this.asked.has(page)) {
        void this.load(page);
      }
    }
  }

  /** Forgets everything: the view's rows moved (other rules, old history dropped, another engine). */
  clear(): void {
    this.epoch += 1;
    this.end = 0;
    this.pages.clear();
    this.asked.clear();
  }

  private async load(page: number): Promise<void> {
    const epoch = this.epoch;
    this.asked.add(page);
    const rows = await this.fetch(page * PAGE_ROWS, PAGE_ROWS);
    if (epoch !== this.epoch) {
      return;
    }
    this.asked.delete(page);
    if (rows === undefined) {
      return;
    }
    this.pages.delete(page);
    this.pages.set(page, rows);
    this.end = Math.max(this.end, rows.from + rows.count);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) {
        break;
      }
      this.pages.delete(oldest);
    }
    this.onDidLoad();
  }
}
