/**
 * A filter over the log: which lines show, in which colour, with which bookmark. Without a filter a view is the store
 * itself and costs nothing; with one it keeps the sequence numbers that pass, and goes on with each new line.
 *
 * Rows count from the view's beginning (`row`) and, as readers see them, from the oldest line still kept:
 * shown row = row - droppedRows.
 */

import type { LogRule } from "../logRule";
import type { LogViewState } from "../logState";
import { type CompiledRules, compileRules, type LogNames } from "../rules/compileRules";
import { LineReader } from "../store/lineReader";
import type { LogStore } from "../store/logStore";
import { SequenceList } from "./sequenceList";

/** Lines looked at between two looks at the clock: well under a millisecond of most rules. */
const SCAN_LINES = 512;

export class LogView {
  readonly reader: LineReader;
  compiled: CompiledRules;
  /** Undefined for a view of all lines. */
  private matched: SequenceList | undefined;
  /** First line of the view's life: row 0 of a view of all lines. */
  private origin: number;
  /** Next line that the rules have to look at. */
  private scanned: number;
  /** Lines before this one were there when the rules were set. */
  private backlogEnd: number;
  /** Changes with the rules, so that long work over an older filter can tell. */
  private rulesVersion = 0;

  constructor(
    readonly id: number,
    private readonly store: LogStore,
    rules: readonly LogRule[],
    private readonly names: LogNames,
  ) {
    this.reader = new LineReader(store);
    this.compiled = compileRules(rules, names);
    this.origin = store.first;
    this.scanned = store.first;
    this.backlogEnd = store.end;
    this.matched = this.compiled.shows && new SequenceList();
  }

  get version(): number {
    return this.rulesVersion;
  }

  setRules(rules: readonly LogRule[]): void {
    this.rulesVersion += 1;
    this.compiled = compileRules(rules, this.names);
    this.origin = this.store.first;
    this.scanned = this.store.first;
    this.backlogEnd = this.store.end;
    this.matched = this.compiled.shows && new SequenceList();
  }

  /** Row of the oldest line kept. */
  get droppedRows(): number {
    if (!this.matched) return this.store.first - this.origin;
    const row = this.matched.rowAtOrAfter(this.store.first);
    this.matched.forgetBefore(row);
    return row;
  }

  /** Row after the last that is known to pass. */
  get endRow(): number {
    return this.matched ? this.matched.end : this.store.end - this.origin;
  }

  get behind(): boolean {
    return this.matched !== undefined && this.scanned < this.store.end;
  }

  sequenceOf(row: number): number | undefined {
    if (this.matched) return this.matched.at(row);
    const sequence = row + this.origin;
    return sequence < this.store.end ? sequence : undefined;
  }

  rowAtOrAfter(sequence: number): number {
    if (this.matched) return this.matched.rowAtOrAfter(sequence);
    return Math.min(Math.max(sequence, this.store.first), this.store.end) - this.origin;
  }

  /** Applies the rules to some more lines; true when none is left. */
  scan(): boolean {
    const { matched, compiled, reader, store } = this;
    if (!matched || !compiled.shows) return true;
    const from = Math.max(this.scanned, store.first);
    const to = Math.min(from + SCAN_LINES, store.end);
    for (let sequence = from; sequence < to; sequence += 1) {
      if (reader.moveTo(sequence) && compiled.shows(reader)) matched.push(sequence);
    }
    this.scanned = to;
    return to === store.end;
  }

  state(): LogViewState {
    const { droppedRows, store } = this;
    const filtering = this.matched !== undefined && this.scanned < Math.max(this.backlogEnd, store.first);
    const backlog = this.backlogEnd - store.first;
    const done = this.scanned - store.first;
    return {
      view: this.id,
      rows: this.endRow - droppedRows,
      droppedRows,
      filtering,
      progress: filtering && backlog > 0 ? Math.min(1, Math.max(0, done / backlog)) : 1,
      ruleErrors: this.compiled.errors,
    };
  }
}
