/**
 * The log's own scroll bar: the terminal has no scrollback, and a browser's bar ends at some 33 million pixels, which
 * is 1.5 million rows. Drag the thumb, click the track for a page.
 */
import { type PointerEvent, type ReactNode, useRef } from "react";
import type { LogScroll } from "./logScroll";

/** CSS px. A thumb smaller than this cannot be caught. */
const LEAST_THUMB = 24;

interface LogScrollBarProps {
  scroll: LogScroll;
  /** CSS px of the track. */
  height: number;
  onScroll(top: number): void;
}

export function LogScrollBar({ scroll, height, onScroll }: LogScrollBarProps): ReactNode {
  const drag = useRef<{ y: number; top: number }>(undefined);
  const last = Math.max(0, scroll.total - scroll.height);
  if (last === 0) return <div className="logScrollBar" />;
  const thumb = Math.max(LEAST_THUMB, (height * scroll.height) / scroll.total);
  const way = height - thumb;
  const offset = (way * scroll.top) / last;

  function press(event: PointerEvent<HTMLDivElement>) {
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    if (y < offset || y > offset + thumb) {
      onScroll(scroll.top + (y < offset ? -scroll.height : scroll.height));
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { y: event.clientY, top: scroll.top };
  }

  return (
    <div
      className="logScrollBar"
      role="scrollbar"
      aria-controls="log-lines"
      aria-label="Log position"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={scroll.top}
      tabIndex={-1}
      onPointerDown={press}
      onPointerMove={(event) => {
        if (drag.current && way > 0) onScroll(drag.current.top + ((event.clientY - drag.current.y) * last) / way);
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
    >
      <div className="logThumb" style={{ height: thumb, transform: `translateY(${offset}px)` }} />
    </div>
  );
}
