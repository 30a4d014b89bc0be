/**
 * An IRP's way through its stack as a sequence diagram. Its rows are the options of a list: arrows move from step to step,
 * and each is a sentence to a screen reader. Only the rows in sight exist; a driver may print ten thousand lines meanwhile.
 */
// biome-ignore-all lint/a11y/useFocusableInteractive: the list keeps the focus and names the step by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list has the keys
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import type { IrpVerdict } from "../../../preload/shared";
import { visibleText } from "../../../preload/shared";
import { useGridScroll } from "../../ui/dataGrid/useGridScroll";
import type { Lane, LaneLayout, LaneLine, LaneRow } from "./laneLayout";
import { laneTitle, millisecondsText, stepLabel, stepSentence, stepTone } from "./stepText";
import "./swimLane.css";

interface SwimLaneProps {
  layout: LaneLayout;
  /** Of the IRP, for the accessible name. */
  number: number;
  /** Unix ms of its issue. */
  begin: number;
  isUnderWay: boolean;
  selected: number;
  onSelect(row: number): void;
  onFocus(): void;
  /** Enter on a step, or a double-click. */
  onActivate(row: number): void;
  onContextMenu(at: { x: number; y: number }): void;
}

/** Rows high that the heads of the lanes are: swimLane.css. */
const headRows = 2.5;

const verdictWords: Record<IrpVerdict, string> = {
  completed: "completed",
  skipped: "skipped",
  passed: "passed on",
  passedWithCompletionRoutine: "passed + routine",
  pended: "pended",
  waiting: "waits",
  forgotten: "forgot it",
};

const verdictHelp: Record<IrpVerdict, string> = {
  completed: "It completed the IRP.",
  skipped: "It passed the IRP on in its own stack location (IoSkipCurrentIrpStackLocation).",
  passed: "It passed the IRP on, without a completion routine.",
  passedWithCompletionRoutine: "It passed the IRP on and had its completion routine called on the way up.",
  pended: "It returned STATUS_PENDING and has the IRP still, or had it until it completed it.",
  waiting: "Its dispatch routine has not returned.",
  forgotten: "It returned without completing, passing on or pending the IRP, which nobody will ever end.",
};

const verdictTones: Partial<Record<IrpVerdict, string>> = { forgotten: "error", pended: "held", waiting: "held" };

/** Each lane has two columns, so that its line is a line of the grid: arrows reach from line to line. */
function lineOf(lane: number): number {
  return 2 * lane + 3;
}

export function SwimLane(props: SwimLaneProps): ReactNode {
  const { layout, selected, isUnderWay, onSelect } = props;
  const { lanes, rows } = layout;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const count = rows.length + (isUnderWay ? 1 : 0);
  const { window, rowHeight, pageRows, reveal } = useGridScroll(scroller, count, String(props.number), {
    headerRows: headRows,
  });
  useEffect(() => {
    if (selected >= 0) reveal(selected);
  }, [selected, reveal]);

  const keyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && selected >= 0) props.onActivate(selected);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const box = event.currentTarget.querySelector("[aria-selected=true]")?.getBoundingClientRect();
      if (box) props.onContextMenu({ x: box.left + 80, y: box.bottom });
    } else {
      const next = stepAfterKey(event.key, selected, rows, pageRows);
      if (next === undefined) return;
      onSelect(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const drawn = rows.slice(window.first, Math.min(window.end, rows.length));
  const style = { "--lane-count": lanes.length } as CSSProperties;
  return (
    <div
      ref={scroller}
      className="swimLane"
      role="listbox"
      aria-label={`Way of IRP ${props.number} through ${lanes.length - 1} drivers, ${rows.length} steps`}
      aria-activedescendant={selected >= 0 ? `${id}-${selected}` : undefined}
      tabIndex={0}
      style={style}
      onKeyDown={keyDown}
      onFocus={() => {
        props.onFocus();
        if (selected < 0 && rows.length > 0) onSelect(0);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onContextMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <div className="laneHead laneGrid" role="presentation">
        <span className="laneTime muted">ms</span>
        {lanes.map((lane, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
          <LaneHead key={index} lane={lane} index={index} title={laneTitle(lanes, index)} />
        ))}
      </div>
      <div className="laneRows" role="presentation" style={{ height: window.contentHeight }}>
        {drawn.map((row, at) => {
          const index = window.first + at;
          return (
            <div
              key={row.step.order}
              id={`${id}-${index}`}
              className="laneRow laneGrid"
              role="option"
              aria-selected={index === selected}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ top: window.offset + at * rowHeight }}
              onPointerDown={() => onSelect(index)}
              onDoubleClick={() => props.onActivate(index)}
            >
              <span className="visuallyHidden">
                {millisecondsText(row.step.time - props.begin)}: {stepSentence(row, lanes)}
              </span>
              <span className="laneTime" aria-hidden="true">
                {(row.step.time - props.begin).toFixed(3)}
              </span>
              <Lines lines={row.lines} />
              <Mark row={row} />
            </div>
          );
        })}
        {isUnderWay && window.end > rows.length ? (
          <div className="laneRow laneGrid" role="presentation" style={{ top: rows.length * rowHeight }}>
            <span className="laneTime" />
            <Lines lines={layout.endLines} />
            <span className="laneNotes irpUnderWay">still under way</span>
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** Up and down by steps; left and right by the steps of the same lane. */
function stepAfterKey(key: string, from: number, rows: readonly LaneRow[], page: number): number | undefined {
  const last = rows.length - 1;
  const lane = rows[from]?.lane;
  const within = (step: 1 | -1): number => {
    for (let at = from + step; at >= 0 && at <= last; at += step) if (rows[at]?.lane === lane) return at;
    return from;
  };
  const moves: Record<string, () => number> = {
    ArrowDown: () => from + 1,
    ArrowUp: () => from - 1,
    PageDown: () => from + Math.max(1, page - 1),
    PageUp: () => from - Math.max(1, page - 1),
    Home: () => 0,
    End: () => last,
    ArrowRight: () => within(1),
    ArrowLeft: () => within(-1),
  };
  const wanted = Object.hasOwn(moves, key) ? moves[key]?.() : undefined;
  return wanted === undefined ? undefined : Math.max(0, Math.min(last, wanted));
}

function LaneHead({ lane, index, title }: { lane: Lane; index: number; title: string }): ReactNode {
  const tip = index === 0 ? "Who makes the IRP and ends it" : `${lane.driver}\n${lane.device}\n${lane.routine}`;
  return (
    <span className="laneTitle" style={{ gridColumn: `${lineOf(index) - 1} / span 2` }} title={visibleTip(tip)}>
      <strong className="laneName">{title}</strong>
      <span className="laneDevice muted">{index === 0 ? "" : visibleText(lane.device)}</span>
      <span className="verdicts">
        {lane.verdicts.map((verdict, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a verdict is its place
            key={at}
            className="verdict"
            data-tone={verdictTones[verdict]}
            title={verdictHelp[verdict]}
          >
            {verdictWords[verdict]}
          </span>
        ))}
      </span>
    </span>
  );
}

function visibleTip(tip: string): string {
  return tip.split("\n").map(visibleText).join("\n");
}

function Lines({ lines }: { lines: readonly LaneLine[] }): ReactNode {
  return lines.map((line, lane) => (
    <i
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its lane's
      key={lane}
      className="laneLine"
      data-line={line}
      style={{ gridColumn: lineOf(lane) }}
    />
  ));
}

function Mark({ row }: { row: LaneRow }): ReactNode {
  const { mark, step, lane } = row;
  const label = stepLabel(step);
  const tone = stepTone(step);
  if (mark.kind === "arrow") {
    const [left, right] = [Math.min(mark.from, mark.to), Math.max(mark.from, mark.to)];
    return (
      <span
        className="laneArrow"
        aria-hidden="true"
        data-to={mark.to > mark.from ? "right" : "left"}
        data-return={mark.isReturn}
        data-tone={tone}
        style={{ gridColumn: `${lineOf(left)} / ${lineOf(right)}` }}
      >
        <span className="laneLabel">{label}</span>
      </span>
    );
  }
  if (mark.kind === "print") {
    return (
      <span className="lanePrint mono" aria-hidden="true" style={{ gridColumn: `${lineOf(lane)} / -1` }}>
        <span className="laneText">{label}</span>
      </span>
    );
  }
  const kind = step.kind === "pend" || step.kind === "wait" ? "held" : tone;
  return (
    <span className="laneChip" aria-hidden="true" style={{ gridColumn: `${lineOf(lane)} / -1` }}>
      <span className="laneText" data-tone={kind} data-end={step.kind === "complete" || step.kind === "end"}>
        {label}
      </span>
    </span>
  );
}
