/**
 * One view of the engine's log: follows its row counts, keeps the rows in sight at hand, and draws them. What the pane
 * around it must know (scroll, selection, counts) is in a store; the rows themselves never pass through React, so that
 * a driver that prints 100,000 lines costs the page one screen of text a frame.
 */
import { createStore } from "zustand/vanilla";
import type { ClockMode } from "../../../preload/settings";
import type { LogRule, LogState, LogViewState } from "../../../preload/shared";
import type { EngineLink } from "../../engine/engineLink";
import { LogTerminal, type TerminalSize, type TerminalStyle } from "../../log/terminal";
import type { LogColumn } from "./logColumns";
import {
  followScroll,
  growScroll,
  initialScroll,
  type LogScroll,
  resizeScroll,
  revealRow,
  scrollTo,
} from "./logScroll";
import { type LogSelection, rangeOf, shiftSelection } from "./logSelection";
import { RowCache } from "./rowCache";
import { rowOfIrp } from "./rowOfIrp";
import { cellText, type LogPalette, paintRow, type RowPaint } from "./rowPainter";
import type { WantedLine } from "./showInLog";

export interface LogPaneState {
  scroll: LogScroll;
  selection: LogSelection | undefined;
  /** The whole log's counts; undefined until the engine has told them. */
  log: LogState | undefined;
  filtering: boolean;
  size: TerminalSize;
  /** Characters of the message scrolled out to the left. */
  leftOffset: number;
  /** Rows that came since the user let go of the end. */
  unseen: number;
}

export interface LogLook {
  columns: readonly LogColumn[];
  palette: LogPalette;
  clock: ClockMode;
  focused: boolean;
}

const noSize: TerminalSize = { rows: 1, columns: 80, cellWidth: 0, cellHeight: 0 };

export class LogController {
  readonly store = createStore<LogPaneState>(() => ({
    scroll: initialScroll,
    selection: undefined,
    log: undefined,
    filtering: false,
    size: noSize,
    leftOffset: 0,
    unseen: 0,
  }));
  private readonly cache = new RowCache(
    (from, count) => this.fetchRows(from, count),
    () => this.paintSoon(),
  );
  private readonly subscriptions: { dispose(): void }[];
  private terminal: LogTerminal | undefined;
  private look: LogLook | undefined;
  private view: number | undefined;
  private droppedRows = 0;
  private origin = 0;
  private findMatch: number | undefined;
  private frame = 0;

  constructor(
    private readonly engine: EngineLink,
    private rules: LogRule[],
  ) {
    this.subscriptions = [
      engine.on("log", (log) => this.accept(log)),
      engine.onDidConnect(() => void this.open()),
      engine.onDidDisconnect(() => this.disconnect()),
    ];
  }

  /** The view's number in the engine, for verbs that name it. */
  get viewId(): number | undefined {
    return this.view;
  }

  attach(element: HTMLElement, style: TerminalStyle): void {
    this.terminal = new LogTerminal(element, style, (size) => this.resize(size));
    this.paintSoon();
  }

  detach(): void {
    this.terminal?.dispose();
    this.terminal = undefined;
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
    this.detach();
    if (this.view !== undefined) {
      void this.engine.call("log.closeView", { view: this.view });
    }
  }

  setStyle(style: TerminalStyle, look: LogLook): void {
    this.look = look;
    this.terminal?.setStyle(style);
    this.paintSoon();
  }

  setLook(changes: Omit<LogLook, "palette">): void {
    if (this.look !== undefined) {
      this.look = { ...this.look, ...changes };
      this.paintSoon();
    }
  }

  async setRules(rules: LogRule[]): Promise<void> {
    this.rules = rules;
    if (this.view === undefined) {
      return;
    }
    const answer = await this.engine.call("log.setRules", { view: this.view, rules });
    if (answer.ok) {
      this.reset(answer.value);
    }
  }

  select(selection: LogSelection | undefined): void {
    const { scroll } = this.store.getState();
    // Selecting lets go of the end, unless it is the last row that is selected.
    const kept = selection === undefined ? scroll : revealRow(scroll, selection.focus);
    this.store.setState({ selection, scroll: kept });
    this.paintSoon();
  }

  scrollTo(top: number): void {
    this.moveTo(scrollTo(this.store.getState().scroll, top));
  }

  follow(on: boolean): void {
    this.moveTo(followScroll(this.store.getState().scroll, on));
  }

  scrollSideways(characters: number): void {
    const { leftOffset } = this.store.getState();
    // NT prints at most 512 bytes a call, but a line can be assembled of many: 8,192 is where the log cuts lines.
    this.store.setState({ leftOffset: Math.min(8192, Math.max(0, leftOffset + characters)) });
    this.paintSoon();
  }

  /** Jumps to a row and selects it: a find, a bookmark. */
  goTo(row: number, isFindMatch = false): void {
    this.findMatch = isFindMatch ? row : undefined;
    this.select({ anchor: row, focus: row });
  }

  /** Finds from the selection on. @returns whether there is such a line */
  async find(text: string, options: { regex: boolean; matchCase: boolean; backwards: boolean }): Promise<boolean> {
    return await this.jump("log.find", { text, ...options });
  }

  async findMark(backwards: boolean): Promise<boolean> {
    return await this.jump("log.findMark", { backwards });
  }

  /** One cell of a row that is at hand, as the user sees it. */
  cell(row: number, id: LogColumn["id"]): string | undefined {
    const cached = this.cache.row(row);
    return cached && cellText(cached.rows, cached.index, id, { clock: "clockMs", origin: 0, previousTime: undefined });
  }

  /** Number of the IRP that a row at hand belongs to; 0 for none. */
  irp(row: number): number {
    const cached = this.cache.row(row);
    return cached?.rows.irp?.[cached.index] ?? 0;
  }

  /** Jumps to a line that was printed for an IRP. @returns whether the view has one */
  async showIrp(wanted: WantedLine): Promise<boolean> {
    if (this.view === undefined) {
      return false;
    }
    const row = await rowOfIrp(this.engine, this.view, wanted);
    if (row >= 0) {
      this.goTo(row);
    }
    return row >= 0;
  }

  isMarked(row: number): boolean {
    const cached = this.cache.row(row);
    return cached !== undefined && cached.rows.marked[cached.index] === 1;
  }

  /** A row's own data changed (a bookmark): read it again. */
  reload(): void {
    this.cache.clear();
    this.paintSoon();
  }

  pointedText(): string {
    return this.terminal?.selectedText() ?? "";
  }

  clearPointedText(): void {
    this.terminal?.clearSelection();
  }

  private async jump(
    verb: "log.find" | "log.findMark",
    query: { text?: string; regex?: boolean; matchCase?: boolean; backwards: boolean },
  ): Promise<boolean> {
    if (this.view === undefined) {
      return false;
    }
    const from = this.store.getState().selection?.focus ?? -1;
    const { text = "", regex = false, matchCase = false, backwards } = query;
    const answer =
      verb === "log.find"
        ? await this.engine.call(verb, { view: this.view, text, regex, matchCase, backwards, from })
        : await this.engine.call(verb, { view: this.view, backwards, from });
    if (!answer.ok || answer.value < 0) {
      return false;
    }
    this.goTo(answer.value, verb === "log.find");
    return true;
  }

  private async open(): Promise<void> {
    this.view = undefined;
    const opened = await this.engine.call("log.openView", { rules: this.rules });
    if (!opened.ok) {
      return;
    }
    // Before anything else is awaited: an event that comes meanwhile knows more than this answer.
    this.view = opened.value.view;
    this.reset(opened.value);
    const state = await this.engine.call("log.state", {});
    if (state.ok) {
      this.accept(state.value);
    }
  }

  private disconnect(): void {
    this.view = undefined;
    this.cache.clear();
    this.store.setState({
      log: undefined,
      selection: undefined,
      scroll: growScroll(this.store.getState().scroll, 0, 0),
    });
    this.paintSoon();
  }

  /** Other rows stand in the view now: nothing at hand is true any more. */
  private reset(view: LogViewState): void {
    this.cache.clear();
    this.findMatch = undefined;
    this.droppedRows = view.droppedRows;
    const { scroll } = this.store.getState();
    this.store.setState({
      scroll: growScroll(scroll, view.rows, 0),
      selection: undefined,
      filtering: view.filtering,
      unseen: 0,
    });
    this.paintSoon();
  }

  private accept(log: LogState): void {
    const view = log.views.find((candidate) => candidate.view === this.view);
    if (view === undefined) {
      this.store.setState({ log });
      return;
    }
    const dropped = view.droppedRows - this.droppedRows;
    this.droppedRows = view.droppedRows;
    const { scroll, selection, unseen } = this.store.getState();
    const shrank = view.rows < scroll.total - dropped;
    if (dropped !== 0 || shrank) {
      this.cache.clear();
      this.findMatch = undefined;
    }
    const grown = growScroll(scroll, view.rows, dropped);
    this.store.setState({
      log,
      scroll: grown,
      selection: shrank ? undefined : shiftSelection(selection, dropped),
      filtering: view.filtering,
      unseen: grown.follow ? 0 : Math.max(0, unseen + view.rows + dropped - scroll.total),
    });
    this.paintSoon();
  }

  private resize(size: TerminalSize): void {
    this.store.setState({ size, scroll: resizeScroll(this.store.getState().scroll, size.rows) });
    this.paintSoon();
  }

  private moveTo(scroll: LogScroll): void {
    this.store.setState(scroll.follow ? { scroll, unseen: 0 } : { scroll });
    this.paintSoon();
  }

  private async fetchRows(from: number, count: number) {
    if (this.view === undefined) {
      return undefined;
    }
    const answer = await this.engine.call("log.rows", { view: this.view, from, count });
    return answer.ok ? answer.value : undefined;
  }

  private paintSoon(): void {
    if (this.frame === 0) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.paint();
      });
    }
  }

  private paint(): void {
    if (this.terminal === undefined || this.look === undefined) {
      return;
    }
    const { scroll, selection, size, leftOffset } = this.store.getState();
    this.wantRows(scroll);
    // While rows pour in, the newest are still on their way: the window ends at the last one that is here.
    const end = scroll.follow ? Math.min(scroll.total, this.cache.loadedEnd || scroll.total) : scroll.total;
    const top = scroll.follow ? Math.max(0, end - scroll.height) : scroll.top;
    const selected = rangeOf(selection);
    const common = { ...this.look, origin: this.originTime(), width: size.columns, leftOffset };
    const lines: string[] = [];
    for (let row = top; row < Math.min(end, top + scroll.height); row += 1) {
      const cached = this.cache.row(row);
      const before = this.cache.row(row - 1);
      const paint: RowPaint = {
        ...common,
        previousTime: before?.rows.time[before.index],
        selected: row >= selected.from && row < selected.to,
        isFindMatch: row === this.findMatch,
      };
      lines.push(cached === undefined ? "" : paintRow(cached.rows, cached.index, paint));
    }
    this.terminal.draw(lines);
  }

  private wantRows(scroll: LogScroll): void {
    if (this.look?.clock === "elapsed") {
      this.cache.want(0, 1, scroll.total);
    }
    // One row more at the front: the time between lines needs the line before the first.
    this.cache.want(scroll.top - 1, scroll.top + scroll.height, scroll.total);
  }

  /** Elapsed time counts from the view's first row. */
  private originTime(): number {
    const first = this.cache.row(0);
    this.origin = first?.rows.time[first.index] ?? this.origin;
    return this.origin;
  }
}
