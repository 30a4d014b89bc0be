/**
 * Which rows are on the screen for a scroll position, for rows of one height. A browser lays out at most about 33.5
 * million pixels, 1.5 million rows of 22 px; beyond that the scroll bar is scaled: it stands for a share of the
 * rows, and the rows are placed beside wherever it is.
 */

/** Below Chromium's own limit of 33,554,428 px, with room for the header and zoom's rounding. */
export const tallestContent = 30_000_000;

export interface RowWindow {
  /** Height of the scrolled content in px. */
  contentHeight: number;
  /** First row drawn, and the row after the last. */
  first: number;
  end: number;
  /** Distance of row `first` from the content's top in px. */
  offset: number;
}

export interface Viewport {
  count: number;
  rowHeight: number;
  scrollTop: number;
  /** Height of the part that shows rows, without the header. */
  height: number;
}

/** Rows drawn above and below what is seen, so that a fast wheel does not show blanks. */
const overscan = 6;
/** Rows that may scroll by before others are drawn: less than the overscan, or blanks would show. */
const rowsAStep = 4;

/** Content pixels that scroll by for one pixel of rows; 1 unless the content is scaled. */
export function scrollScale({ count, rowHeight, height }: Omit<Viewport, "scrollTop">): number {
  const full = count * rowHeight;
  return full <= tallestContent ? 1 : (tallestContent - height) / (full - height);
}

/**
 * The scroll position as far as the rows drawn depend on it, so that most steps of the wheel move the rows that are
 * there and draw none. A scaled bar places the rows anew at every step.
 */
export function drawnScrollTop(viewport: Viewport): number {
  if (scrollScale(viewport) !== 1) return viewport.scrollTop;
  const step = rowsAStep * viewport.rowHeight;
  return Math.floor(viewport.scrollTop / step) * step;
}

export function rowWindow(viewport: Viewport): RowWindow {
  const { count, rowHeight, scrollTop, height } = viewport;
  const contentHeight = Math.min(count * rowHeight, tallestContent);
  const rowTop = scrollTop / scrollScale(viewport);
  const first = Math.max(0, Math.min(count, Math.floor(rowTop / rowHeight) - overscan));
  const end = Math.min(count, Math.ceil((rowTop + height) / rowHeight) + overscan);
  return { contentHeight, first, end, offset: scrollTop + first * rowHeight - rowTop };
}

/** The scroll position that brings `row` fully into view with the least movement. */
export function scrollTopFor(row: number, viewport: Viewport): number {
  const { rowHeight, scrollTop, height } = viewport;
  const scale = scrollScale(viewport);
  const rowTop = scrollTop / scale;
  const top = row * rowHeight;
  if (top < rowTop) return top * scale;
  if (top + rowHeight > rowTop + height) return (top + rowHeight - height) * scale;
  return scrollTop;
}
