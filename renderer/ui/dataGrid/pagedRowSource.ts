/**
 * Rows that stay where they are and come in pages as they are looked at, so that a directory of 100,000 objects
 * costs the page the few hundred rows around the view. Pages not looked at for longest are dropped.
 */
import type { RowSource } from "./rowSource";

/** Rows a page: several screens of 22 px rows, and about 20 KB of names on the wire. */
export const pageRows = 200;
/** Pages kept: 12,800 rows, enough to scroll back and forth without asking again. */
export const mostPages = 64;

export interface PagedRowSource<Row> extends RowSource<Row> {
  /** The rows changed (another directory, order or filter): everything held is dropped. */
  reset(count: number): void;
  /** Some rows changed, or came at the end: those held are drawn until the new ones have come, so that nothing blinks. */
  refresh(count: number): void;
}

interface Page<Row> {
  rows: Row[];
  /** The refresh after which it was asked for. */
  round: number;
}

export interface PagedRows<Row> {
  /** Answers undefined when the rows could not be had; they are asked for again when next looked at. */
  fetch(from: number, count: number): Promise<Row[] | undefined>;
  seek(prefix: string, from: number): Promise<number>;
}

export function createPagedRowSource<Row>({ fetch, seek }: PagedRows<Row>): PagedRowSource<Row> {
  let count = 0;
  /** Raised by reset, so that pages asked for before it are ignored when they arrive. */
  let generation = 0;
  /** Raised by refresh: pages of an earlier round are asked for again when they are looked at. */
  let round = 0;
  /** In order of use: the first key was looked at longest ago. */
  const pages = new Map<number, Page<Row>>();
  const asked = new Map<number, Promise<void>>();
  const listeners = new Set<() => void>();

  function changed() {
    for (const listener of [...listeners]) listener();
  }

  /** @returns whether its rows are those of now */
  function use(page: number): boolean {
    const held = pages.get(page);
    if (held) {
      pages.delete(page);
      pages.set(page, held);
    }
    return held?.round === round;
  }

  async function fetchPage(page: number, of: number): Promise<void> {
    const from = page * pageRows;
    const ofRound = round;
    const rows = await fetch(from, Math.min(pageRows, count - from));
    if (of !== generation) return;
    asked.delete(page);
    if (!rows) return;
    pages.set(page, { rows, round: ofRound });
    for (const oldest of pages.keys()) {
      if (pages.size <= mostPages) break;
      pages.delete(oldest);
    }
    changed();
  }

  function ask(page: number): Promise<void> {
    const under = asked.get(page);
    if (under) return under;
    const promise = fetchPage(page, generation);
    asked.set(page, promise);
    return promise;
  }

  return {
    get count() {
      return count;
    },
    row: (index) => (index < count ? pages.get(Math.floor(index / pageRows))?.rows[index % pageRows] : undefined),
    request(from, to) {
      const last = Math.floor((Math.min(to, count) - 1) / pageRows);
      for (let page = Math.floor(Math.max(0, from) / pageRows); page <= last; page++) {
        if (!use(page)) void ask(page);
      }
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    seek,
    async rows(from, to) {
      const wanted: Row[] = [];
      for (let at = from; at < to; at += pageRows) {
        wanted.push(...((await fetch(at, Math.min(pageRows, to - at))) ?? []));
      }
      return wanted;
    },
    reset(nextCount) {
      generation += 1;
      count = nextCount;
      pages.clear();
      asked.clear();
      changed();
    },
    refresh(nextCount) {
      round += 1;
      count = nextCount;
      changed();
    },
  };
}
