/**
 * All views of a log. New lines and changed rules are worked off in time slices, every view that is behind in turn,
 * so that neither a flood nor a filter over ten million lines keeps other requests waiting.
 */
import type { Disposable } from "../../machine/machine";
import type { LogRule } from "../logRule";
import type { LogViewState } from "../logState";
import { anyOf, type LogNames } from "../rules/compileRules";
import type { MatchLine } from "../rules/matchLine";
import { type Scheduler, SLICE_MS } from "../scheduler";
import type { LogStore } from "../store/logStore";
import { LogView } from "./logView";

export class LogViews implements Disposable {
  private readonly views = new Map<number, LogView>();
  private nextView = 1;
  private slice: Disposable | undefined;
  /** Whether a line is to be dropped at capture: the `discard` rules of every open view. */
  discards: ((line: MatchLine) => boolean) | undefined;

  constructor(
    private readonly store: LogStore,
    private readonly scheduler: Scheduler,
    private readonly names: LogNames,
    private readonly onProgress: () => void,
  ) {}

  /** The first slice is done at once, so that a small log is filtered when the answer comes. */
  open(rules: readonly LogRule[]): LogViewState {
    const view = new LogView(this.nextView, this.store, rules, this.names);
    this.nextView += 1;
    this.views.set(view.id, view);
    return this.rulesSet(view);
  }

  /** A filter that is still being applied is given up for the new one. */
  setRules(view: LogView, rules: readonly LogRule[]): LogViewState {
    view.setRules(rules);
    return this.rulesSet(view);
  }

  close(id: number): void {
    this.views.delete(id);
    this.collectDiscards();
  }

  get(id: number): LogView | undefined {
    return this.views.get(id);
  }

  states(): LogViewState[] {
    return [...this.views.values()].map((view) => view.state());
  }

  /** Lines were added: sees to it that they are looked at soon. */
  poke(): void {
    if (this.slice) return;
    // Asked for every line, so without the arrays that tidier code would make.
    for (const view of this.views.values()) {
      if (!view.behind) continue;
      this.slice = this.scheduler.soon(() => this.work());
      return;
    }
  }

  /** Brings a view up to date as far as one slice reaches. */
  catchUp(view: LogView): void {
    const end = this.scheduler.now() + SLICE_MS;
    while (!view.scan() && this.scheduler.now() < end);
    this.poke();
  }

  dispose(): void {
    this.slice?.dispose();
    this.slice = undefined;
    this.views.clear();
    this.discards = undefined;
  }

  private rulesSet(view: LogView): LogViewState {
    this.collectDiscards();
    this.catchUp(view);
    return view.state();
  }

  private collectDiscards(): void {
    const tests = [...this.views.values()].map((view) => view.compiled.discards);
    this.discards = anyOf(tests.filter((test) => test !== undefined));
  }

  private work(): void {
    this.slice = undefined;
    const end = this.scheduler.now() + SLICE_MS;
    let behind = [...this.views.values()].filter((view) => view.behind);
    while (behind.length > 0) {
      behind = behind.filter((view) => !view.scan());
      if (this.scheduler.now() >= end) break;
    }
    this.onProgress();
    this.poke();
  }
}
