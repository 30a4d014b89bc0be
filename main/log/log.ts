/**
 * One machine's log: takes what sources print, makes lines of it, keeps them, and shows them through views.
 */
import type { Disposable } from "../machine/machine";
import { LineAssembler } from "./lineAssembler";
import type { LogKind, LogOrigin, LogPrint, LogSink } from "./logRecord";
import type { LogState } from "./logState";
import type { LogNames } from "./rules/compileRules";
import type { MatchLine } from "./rules/matchLine";
import type { Scheduler } from "./scheduler";
import { LogStore, type LogStoreOptions } from "./store/logStore";
import { Bookmarks } from "./views/bookmarks";
import { LogViews } from "./views/logViews";

export interface LogOptions extends LogStoreOptions {
  scheduler: Scheduler;
  names?: LogNames;
}

export class Log implements LogSink, Disposable {
  readonly store: LogStore;
  readonly views: LogViews;
  readonly bookmarks: Bookmarks;
  private readonly assembler: LineAssembler;
  private readonly listeners = new Set<() => void>();
  private capturing = true;
  private discarded = 0;
  private lost = 0;

  constructor(private readonly options: LogOptions) {
    this.store = new LogStore(options);
    this.bookmarks = new Bookmarks(this.store);
    const names = options.names ?? { component: () => undefined };
    this.views = new LogViews(this.store, options.scheduler, names, () => this.changed());
    this.assembler = new LineAssembler((origin, text) => this.take(origin, text));
  }

  /** Told at every change, so a listener must be quick; it asks `state` when it needs it. */
  onDidChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  print(print: LogPrint): void {
    if (!this.capturing) return;
    this.assembler.print(print);
    this.changed();
  }

  /** Notes are kept also while capture is off: a bugcheck or a loss is news about the log itself. */
  note(kind: Exclude<LogKind, "print">, text: string, time: number, lost = 0): void {
    this.lost += lost;
    const base = { time, source: "ntscope", kind, component: -1, level: -1, processId: 0, threadId: 0 } as const;
    const parts = new LineAssembler((origin, line) => this.store.append(origin, kind, line));
    parts.print({ ...base, process: "", text: text === "" ? "\n" : text });
    parts.flush();
    this.changed();
  }

  comment(text: string): void {
    this.note("marker", text, this.options.scheduler.wallClock());
  }

  /** Takes printed text that waits for its line end as lines. */
  flush(): void {
    this.assembler.flush();
    this.changed();
  }

  setCapturing(on: boolean): void {
    if (!on) this.assembler.flush();
    this.capturing = on;
    this.changed();
  }

  clear(): void {
    this.assembler.clear();
    this.store.clear();
    this.bookmarks.clear();
    this.changed();
  }

  setHistoryLines(lines: number): void {
    this.store.setHistoryLines(lines);
    this.changed();
  }

  /** `droppedByMask` is the machine's to say. */
  state(droppedByMask: number): LogState {
    const { store } = this;
    return {
      capturing: this.capturing,
      lines: store.lines,
      total: store.total,
      droppedByHistory: store.droppedByHistory,
      droppedByMask,
      lost: this.lost,
      discarded: this.discarded,
      unfinished: this.assembler.waiting,
      bytes: store.bytes,
      views: this.views.states(),
    };
  }

  dispose(): void {
    this.views.dispose();
    this.listeners.clear();
  }

  private take(origin: LogOrigin, text: string): void {
    if (this.views.discards?.(new PrintedLine(origin, text))) this.discarded += 1;
    else this.store.append(origin, "print", text);
  }

  private changed(): void {
    this.views.poke();
    for (const listener of this.listeners) listener();
  }
}

/** A line on its way into the store, as rules look at it. */
class PrintedLine implements MatchLine {
  readonly kind = "print";

  constructor(
    private readonly origin: LogOrigin,
    readonly text: string,
  ) {}

  get source() {
    return this.origin.source;
  }
  get component() {
    return this.origin.component;
  }
  get level() {
    return this.origin.level;
  }
  get processId() {
    return this.origin.processId;
  }
  get threadId() {
    return this.origin.threadId;
  }
  get process() {
    return this.origin.process;
  }
  get lowerText() {
    return this.text.toLowerCase();
  }
}
