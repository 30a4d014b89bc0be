/** The lines: the terminal, its scroll bar, and what the pointer and the keys do in them. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { CommandId } from "../../../preload/commands";
import { popupMenu } from "../../commands/menuState";
import { runCommand } from "../../commands/registry";
import { EmptyState } from "../../ui/EmptyState";
import { NewRowsChip } from "../../ui/NewRowsChip";
import { LogScrollBar } from "./LogScrollBar";
import type { LogController, LogPaneState } from "./logController";
import { selectRow } from "./logSelection";

const contextMenu: (CommandId | "-")[] = [
  "edit.copy",
  "-",
  "log.includeText",
  "log.excludeText",
  "log.highlightText",
  "-",
  "log.includeProcess",
  "log.excludeProcess",
  "log.resetFilter",
  "-",
  "log.showIrp",
  "-",
  "log.mark",
  "log.clear",
];

/** Rows a notch of the wheel moves, as on Windows. */
const WHEEL_ROWS = 3;
const SIDEWAYS_STEP = 8;

interface LogLinesProps {
  controller: LogController;
  host: RefObject<HTMLDivElement | null>;
  linesRef: RefObject<HTMLDivElement | null>;
  onFocus(focused: boolean): void;
}

export function LogLines({ controller, host, linesRef, onFocus }: LogLinesProps): ReactNode {
  const state = useStore(controller.store);
  const pressed = useRef<number>(undefined);
  useWheel(linesRef, controller);

  const rowAt = (event: { clientY: number }): number => {
    const top = host.current?.getBoundingClientRect().top ?? 0;
    const { scroll, size } = controller.store.getState();
    const row = scroll.top + Math.floor((event.clientY - top) / (size.cellHeight || 1));
    return Math.max(0, Math.min(row, scroll.total - 1));
  };
  const press = (event: PointerEvent) => {
    if (event.button > 0 && controller.pointedText() !== "") return;
    if (state.scroll.total === 0) return;
    pressed.current = event.button === 0 ? rowAt(event) : undefined;
    controller.select(selectRow(state.selection, rowAt(event), event.shiftKey));
  };
  const drag = (event: PointerEvent) => {
    if (pressed.current === undefined || event.buttons !== 1 || rowAt(event) === pressed.current) return;
    // Across rows the pointer selects lines; within one row it marks text, which is the terminal's own doing.
    controller.clearPointedText();
    controller.select({ anchor: pressed.current, focus: rowAt(event) });
  };

  return (
    <div className="logBody">
      <div
        id="log-lines"
        ref={linesRef}
        className="logLines"
        role="application"
        aria-label="Log lines"
        aria-roledescription="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the lines are selected and scrolled with the keyboard.
        tabIndex={0}
        data-pane-focus=""
        onFocus={() => onFocus(true)}
        onBlur={() => onFocus(false)}
        onPointerDown={press}
        onPointerMove={drag}
        onPointerUp={() => {
          pressed.current = undefined;
        }}
        onKeyDown={(event) => moveByKey(event, controller)}
        onContextMenu={(event) => {
          event.preventDefault();
          void popupMenu(contextMenu, { x: event.clientX, y: event.clientY });
        }}
      >
        <div ref={host} className="logTerminal" />
      </div>
      <LogScrollBar
        scroll={state.scroll}
        height={linesRef.current?.clientHeight ?? 0}
        onScroll={(top) => controller.scrollTo(top)}
      />
      <LogOverlay state={state} onEnd={() => controller.follow(true)} />
    </div>
  );
}

/** React's wheel listeners are passive, and this one must keep the page from zooming or scrolling. */
function useWheel(element: RefObject<HTMLElement | null>, controller: LogController): void {
  useEffect(() => {
    const lines = element.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      if (event.shiftKey || event.deltaX !== 0) {
        controller.scrollSideways(Math.sign(event.deltaX || event.deltaY) * SIDEWAYS_STEP);
        return;
      }
      // Pixel mode is 100 a notch; line mode counts rows itself.
      const rows = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : (event.deltaY / 100) * WHEEL_ROWS;
      const { top } = controller.store.getState().scroll;
      controller.scrollTo(top + (Math.round(rows) || Math.sign(rows)));
    };
    lines?.addEventListener("wheel", turn, { passive: false });
    return () => lines?.removeEventListener("wheel", turn);
  }, [element, controller]);
}

function moveByKey(event: KeyboardEvent, controller: LogController): void {
  const { scroll, selection } = controller.store.getState();
  if (event.key === "F10" && event.shiftKey) {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    void popupMenu(contextMenu, { x: Math.round(box.left + 8), y: Math.round(box.top + 8) });
    return;
  }
  if (event.altKey || scroll.total === 0) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    controller.scrollSideways(event.key === "ArrowLeft" ? -SIDEWAYS_STEP : SIDEWAYS_STEP);
    return;
  }
  const last = scroll.total - 1;
  const from = selection?.focus ?? (scroll.follow ? last + 1 : scroll.top - 1);
  const page = Math.max(1, scroll.height - 1);
  const moves: Record<string, number> = {
    ArrowUp: from - 1,
    ArrowDown: from + 1,
    PageUp: from - page,
    PageDown: from + page,
    Home: 0,
    End: last,
  };
  const to = moves[event.key];
  if (to === undefined) return;
  event.preventDefault();
  controller.select(selectRow(selection, Math.min(last, Math.max(0, to)), event.shiftKey));
  if (event.key === "End" && !event.shiftKey) controller.follow(true);
}

function LogOverlay({ state, onEnd }: { state: LogPaneState; onEnd(): void }): ReactNode {
  const { log, scroll, unseen, filtering } = state;
  if (scroll.total === 0) {
    return (
      <div className="logOverlay">
        {log && log.lines > 0 ? (
          <NothingMatches filtering={filtering} lines={log.lines} />
        ) : (
          <NoLines dropped={log?.droppedByMask ?? 0} />
        )}
      </div>
    );
  }
  return unseen > 0 ? <NewRowsChip count={unseen} onPress={onEnd} /> : null;
}

function NothingMatches({ filtering, lines }: { filtering: boolean; lines: number }): ReactNode {
  return filtering ? (
    <EmptyState title="Filtering…" />
  ) : (
    <EmptyState
      title={`None of ${lines.toLocaleString()} lines passes the filter`}
      actions={<CommandLink command="log.resetFilter" text="Show all lines" />}
    />
  );
}

function NoLines({ dropped }: { dropped: number }): ReactNode {
  if (dropped > 0) {
    return (
      <EmptyState
        title="Debug output is held back"
        actions={<CommandLink command="view.debugFilter" text="Debug print filter" />}
      >
        {dropped.toLocaleString()} messages were dropped by the machine's debug print filter, where no tool can see
        them.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No debug output yet" actions={<CommandLink command="help.guide" text="Getting started" />}>
      Lines appear here when a driver prints.
    </EmptyState>
  );
}

function CommandLink({ command, text }: { command: CommandId; text: string }): ReactNode {
  return (
    <button type="button" className="linkButton" onClick={() => void runCommand(command)}>
      {text}
    </button>
  );
}
