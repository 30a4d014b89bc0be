/**
 * Where the log's window of rows stands: pure state and the moves on it. Following ends when the user scrolls up or
 * selects, and begins again at the end; nothing else changes it.
 */

export interface LogScroll {
  /** Index of the first visible row. */
  top: number;
  /** Rows that fit. */
  height: number;
  /** Rows of the view. */
  total: number;
  follow: boolean;
}

export const initialScroll: LogScroll = { top: 0, height: 1, total: 0, follow: true };

function lastTop(scroll: LogScroll): number {
  return Math.max(0, scroll.total - scroll.height);
}

function settle(scroll: LogScroll): LogScroll {
  const last = lastTop(scroll);
  const top = scroll.follow ? last : Math.min(Math.max(0, scroll.top), last);
  return top === scroll.top ? scroll : { ...scroll, top };
}

export function resizeScroll(scroll: LogScroll, height: number): LogScroll {
  return settle({ ...scroll, height: Math.max(1, height) });
}

/** `dropped`: rows that left the view's front, so that the same lines stay in sight. */
export function growScroll(scroll: LogScroll, total: number, dropped: number): LogScroll {
  return settle({ ...scroll, total, top: scroll.top - dropped });
}

/** A wheel turn, a page key or the scroll bar. Going up lets go of the end; reaching the end takes hold of it. */
export function scrollTo(scroll: LogScroll, top: number): LogScroll {
  const last = lastTop(scroll);
  const wanted = Math.min(Math.max(0, Math.round(top)), last);
  return { ...scroll, top: wanted, follow: wanted === last && (wanted > scroll.top || scroll.follow || top >= last) };
}

export function followScroll(scroll: LogScroll, follow: boolean): LogScroll {
  return settle({ ...scroll, follow });
}

/** The least move that shows `row`; the window lets go of the end unless the row is the last. */
export function revealRow(scroll: LogScroll, row: number): LogScroll {
  const inSight = row >= scroll.top && row < scroll.top + scroll.height;
  if (inSight) {
    return { ...scroll, follow: scroll.follow && row === scroll.total - 1 };
  }
  // A jump (find, bookmark) puts the row a third down, where its surroundings are seen; a step puts it at the edge.
  const step = row === scroll.top - 1 || row === scroll.top + scroll.height;
  const third = row - Math.floor(scroll.height / 3);
  const top = step ? (row < scroll.top ? row : row - scroll.height + 1) : third;
  return settle({ ...scroll, top, follow: false });
}
