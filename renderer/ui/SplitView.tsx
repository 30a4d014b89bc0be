/**
 * Two parts side by side or one above the other, with a divider that the pointer drags and the arrow keys move. Which of
 * the two it is follows the room: what is much wider than high is divided in its width.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import "./splitView.css";

interface SplitViewProps {
  /** Accessible name of the divider. */
  label: string;
  first: ReactNode;
  /** Left out, the first has all the room; it stays the same element, with its focus and its place. */
  second: ReactNode | undefined;
  /** What the second part has, in hundredths, side by side and one above the other. */
  shares: SplitShares;
  onShares(shares: SplitShares): void;
}

export interface SplitShares {
  beside: number;
  below: number;
}

/** Hundredths: with less, neither part is of use. */
const leastShare = 15;
const keyStep = 4;
/** Side by side, each half of such a room is still as wide as it is high. */
const wideRatio = 1.6;

export function SplitView({ label, first, second, shares, onShares }: SplitViewProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [isWide, setIsWide] = useState(false);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => {
      // Behind another tab it has no size.
      if (box.clientHeight > 0) setIsWide(box.clientWidth > wideRatio * box.clientHeight);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    measure();
    return () => observer.disconnect();
  }, []);
  const key = isWide ? "beside" : "below";
  const share = shares[key];
  const change = (wanted: number) =>
    onShares({ ...shares, [key]: Math.round(Math.min(100 - leastShare, Math.max(leastShare, wanted))) });

  const drag = (event: PointerEvent) => {
    const box = element.current?.getBoundingClientRect();
    if (!box || event.buttons !== 1) return;
    change(
      isWide ? (100 * (box.right - event.clientX)) / box.width : (100 * (box.bottom - event.clientY)) / box.height,
    );
  };
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = isWide
      ? { ArrowLeft: keyStep, ArrowRight: -keyStep }
      : { ArrowUp: keyStep, ArrowDown: -keyStep };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    change(share + step);
  };
  return (
    <div ref={element} className="splitView" data-wide={isWide}>
      <div className="splitPart" style={{ flexGrow: 100 - share }}>
        {first}
      </div>
      {second === undefined ? null : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: <hr> cannot be moved */}
          <div
            className="splitDivider"
            role="separator"
            aria-label={label}
            aria-orientation={isWide ? "vertical" : "horizontal"}
            aria-valuenow={share}
            aria-valuemin={leastShare}
            aria-valuemax={100 - leastShare}
            tabIndex={0}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onKeyDown={move}
          />
          <div className="splitPart" style={{ flexGrow: share }}>
            {second}
          </div>
        </>
      )}
    </div>
  );
}
