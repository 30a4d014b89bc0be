/** Follows a grid's scroll position and size, and says which rows are to be drawn. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { drawnScrollTop, type RowWindow, rowWindow, scrollScale, scrollTopFor } from "./rowWindow";

export interface GridScroll {
  window: RowWindow;
  rowHeight: number;
  /** Whole rows that fit. */
  pageRows: number;
  /** Scrolls as little as shows the row. */
  reveal(row: number): void;
}

export interface GridScrollOptions {
  /** Rows high that what stands above the rows is; left out, one. */
  headerRows?: number;
  /** A list that grows at its end: while `on`, the end is in sight; the user's own scrolling lets go of it, or takes hold. */
  end?: { on: boolean; onChange(on: boolean): void } | undefined;
}

/** Until the first measurement; --row-height in styles/tokens.css. */
const assumedRowHeight = 22;

/** Within half a row of it: zoomed pages scroll by parts of a pixel. */
function isAtEnd(element: HTMLElement, rowHeight: number): boolean {
  return element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight / 2;
}

/** `moved`: px that someone scrolled; 0 where the grid did it itself. */
function followByHand(end: NonNullable<GridScrollOptions["end"]>, moved: number, atEnd: boolean): void {
  if (end.on && moved < 0 && !atEnd) end.onChange(false);
  else if (!end.on && moved > 0 && atEnd) end.onChange(true);
}

function measuredRowHeight(element: HTMLElement): number {
  const value = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row-height"));
  return Number.isFinite(value) && value > 0 ? value : assumedRowHeight;
}

export function useGridScroll(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  resetKey: string,
  options: GridScrollOptions = {},
): GridScroll {
  const { headerRows = 1, end } = options;
  const newestEnd = useRef(end);
  newestEnd.current = end;
  const [drawnTop, setDrawnTop] = useState(0);
  const [size, setSize] = useState({ height: 600, rowHeight: assumedRowHeight });
  const kept = useRef({ count, scrollTop: 0, ...size });
  kept.current.count = count;
  /** The row that was brought into view last; a pane that gets lower keeps it there unless it was scrolled away. */
  const revealed = useRef(-1);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      // A pane behind another tab has no size; its place is kept for when it comes back.
      if (element.clientHeight === 0) return;
      const rowHeight = measuredRowHeight(element);
      const next = { height: Math.max(0, element.clientHeight - headerRows * rowHeight), rowHeight };
      const row = revealed.current;
      const wasInView = row >= 0 && scrollTopFor(row, kept.current) === kept.current.scrollTop;
      Object.assign(kept.current, next);
      if (wasInView) kept.current.scrollTop = scrollTopFor(row, kept.current);
      setSize(next);
      if (newestEnd.current?.on) kept.current.scrollTop = scrollTopFor(kept.current.count - 1, kept.current);
      if (element.scrollTop !== kept.current.scrollTop) element.scrollTop = kept.current.scrollTop;
    };
    const scrolled = () => {
      if (element.clientHeight === 0) return;
      const moved = element.scrollTop - kept.current.scrollTop;
      kept.current.scrollTop = element.scrollTop;
      if (newestEnd.current) followByHand(newestEnd.current, moved, isAtEnd(element, kept.current.rowHeight));
      setDrawnTop(drawnScrollTop(kept.current));
    };
    const wheel = (event: WheelEvent) => {
      const scale = scrollScale(kept.current);
      if (scale === 1 || event.ctrlKey || event.deltaY === 0) return;
      // Where the bar is scaled, a wheel step must still mean a few rows and not a few thousand.
      event.preventDefault();
      element.scrollTop += event.deltaY * scale;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    element.addEventListener("scroll", scrolled, { passive: true });
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", scrolled);
      element.removeEventListener("wheel", wheel);
    };
  }, [scroller, headerRows]);

  const moveTo = useCallback((element: HTMLElement, scrollTop: number) => {
    // Even an assignment that changes nothing makes the browser lay out the page at once.
    if (scrollTop === kept.current.scrollTop) return;
    element.scrollTop = scrollTop;
    // The end of the content may have stopped it; a hidden pane cannot tell, and gets its place when it is shown.
    kept.current.scrollTop = element.clientHeight === 0 ? scrollTop : element.scrollTop;
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: resetKey is the reason to run, not an input
  useEffect(() => {
    revealed.current = -1;
    if (scroller.current) moveTo(scroller.current, 0);
    setDrawnTop(0);
  }, [resetKey, scroller, moveTo]);

  const reveal = useCallback(
    (row: number) => {
      revealed.current = row;
      if (scroller.current) moveTo(scroller.current, scrollTopFor(row, kept.current));
    },
    [scroller, moveTo],
  );

  const followsEnd = end?.on ?? false;
  // Before it is painted, so that rows never show below the edge first.
  useLayoutEffect(() => {
    if (followsEnd && count > 0 && scroller.current) {
      moveTo(scroller.current, scrollTopFor(count - 1, kept.current));
      setDrawnTop(drawnScrollTop(kept.current));
    }
  }, [followsEnd, count, scroller, moveTo]);

  return {
    window: rowWindow({ count, scrollTop: drawnTop, ...size }),
    rowHeight: size.rowHeight,
    pageRows: Math.floor(size.height / size.rowHeight),
    reveal,
  };
}
