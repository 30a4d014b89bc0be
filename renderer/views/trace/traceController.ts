/**
 * The machine's IRP trace as the page sees it: how many IRPs pass the filter, the rows in sight, which is selected and its
 * way through the stack. It outlives its pane, so that the trace stands as it was left when the pane comes back.
 */
import { createStore } from "zustand/vanilla";
import type { IrpDetail, IrpFilter, IrpRow, IrpTraceState, StatusError } from "../../../preload/shared";
import type { EngineLink } from "../../engine/engineLink";
import { createPacedRefresh } from "../../engine/pacedRefresh";
import { type GridSelection, nothingSelected, selectOnly } from "../../ui/dataGrid/gridSelection";
import { createPagedRowSource } from "../../ui/dataGrid/pagedRowSource";

export interface TracePaneState {
  trace: IrpTraceState | undefined;
  filter: IrpFilter;
  /** Rows that pass the filter. */
  total: number;
  selection: GridSelection;
  /** Number of the selected IRP. */
  number: number | undefined;
  detail: IrpDetail | undefined;
  /** Why the selected IRP's way is not known: it was dropped, or the trace cleared. */
  detailError: StatusError | undefined;
  error: StatusError | undefined;
  /** The list stays at its end while IRPs come. */
  follow: boolean;
  /** Rows that came since the user let go of the end. */
  unseen: number;
}

/** Ms between two looks at the trace: the engine tells of changes ten times a second at most. */
const refreshPause = 100;

/** Of a machine whose trace is not known yet. */
const unknownTrace = {
  trace: undefined,
  total: 0,
  selection: nothingSelected,
  number: undefined,
  detail: undefined,
  detailError: undefined,
  error: undefined,
  unseen: 0,
};

export class TraceController {
  readonly store = createStore<TracePaneState>(() => ({ ...unknownTrace, filter: {}, follow: true }));
  readonly source = createPagedRowSource<IrpRow>({
    fetch: (from, count) => this.fetchRows(from, count),
    seek: async () => -1,
  });
  private readonly refresh = createPacedRefresh(() => this.load(), refreshPause);
  /** Raised with each filter: an answer for an earlier one is no answer. */
  private filtered = 0;
  /** The filter that the rows were counted with. */
  private counted = -1;
  /** As of the rows at hand. */
  private dropped = 0;

  constructor(private readonly engine: EngineLink) {}

  /** Follows the trace while a pane shows it. */
  connect(): { dispose(): void } {
    const subscriptions = [
      this.engine.onDidConnect(() => {
        this.forget();
        this.refresh.poke();
      }),
      this.engine.onDidDisconnect(() => this.forget()),
      this.engine.on("trace", (trace) => {
        this.store.setState({ trace });
        this.refresh.poke();
      }),
      // Drivers' names come and go with it, and another boot has another trace.
      this.engine.on("machine", (event) => {
        if (event.kind === "stateChanged") this.refresh.poke();
      }),
    ];
    return {
      dispose() {
        for (const subscription of subscriptions) subscription.dispose();
      },
    };
  }

  setFilter(filter: IrpFilter): void {
    this.filtered += 1;
    this.store.setState({ filter, selection: nothingSelected, unseen: 0 });
    this.source.reset(0);
    void this.refresh.now().then(() => this.keepSelection());
  }

  follow(on: boolean): void {
    this.store.setState(on ? { follow: on, unseen: 0 } : { follow: on });
  }

  select(selection: GridSelection): void {
    const row = selection.ranges.length === 0 ? undefined : this.source.row(selection.focus);
    const { number, total, follow } = this.store.getState();
    this.store.setState({ selection, follow: follow && (selection.focus < 0 || selection.focus === total - 1) });
    if (row && row.number !== number) void this.show(row.number);
  }

  closeDetail(): void {
    this.store.setState({ number: undefined, detail: undefined, detailError: undefined });
  }

  /** Selects an IRP that another pane names, and shows its way. A filter that hides it is given up. */
  async jumpTo(number: number): Promise<void> {
    const shown = this.show(number);
    await this.refresh.now();
    let row = await this.rowOf(number);
    if (row < 0 && Object.keys(this.store.getState().filter).length > 0) {
      this.filtered += 1;
      this.store.setState({ filter: {} });
      this.source.reset(0);
      await this.refresh.now();
      row = await this.rowOf(number);
    }
    this.store.setState({ selection: selectOnly(row), follow: false });
    await shown;
  }

  async record(on: boolean): Promise<void> {
    await this.ask(await this.engine.call("trace.record", { on }));
  }

  async clear(): Promise<void> {
    await this.ask(await this.engine.call("trace.clear", {}));
    this.closeDetail();
    this.store.setState({ selection: nothingSelected, follow: true, unseen: 0 });
  }

  private async ask(answer: { ok: true } | { ok: false; error: StatusError }): Promise<void> {
    if (!answer.ok) this.store.setState({ error: answer.error });
    await this.refresh.now();
  }

  private async show(number: number): Promise<void> {
    this.store.setState({ number, detailError: undefined });
    const answer = await this.engine.call("trace.irp", { number });
    if (this.store.getState().number !== number) return;
    if (answer.ok) this.store.setState({ detail: answer.value });
    else this.store.setState({ detail: undefined, detailError: answer.error });
  }

  private async load(): Promise<void> {
    const { filtered } = this;
    const { filter, number, detail } = this.store.getState();
    const [trace, rows] = await Promise.all([
      this.engine.call("trace.state", {}),
      this.engine.call("trace.rows", { filter, from: 0, count: 0 }),
    ]);
    if (!trace.ok || !rows.ok) {
      if (!trace.ok) this.store.setState({ error: trace.error });
      else if (!rows.ok) this.store.setState({ error: rows.error });
      return;
    }
    const before = this.store.getState();
    this.store.setState({ trace: trace.value, error: undefined });
    if (filtered !== this.filtered) return;
    const { total } = rows.value;
    // Other rows are not new ones: those of another filter are looked at for the first time.
    const came = this.counted === filtered ? total - before.total : -1;
    this.counted = filtered;
    this.store.setState({ total, unseen: before.follow || came < 0 ? 0 : before.unseen + came });
    this.source.refresh(total);
    const { dropped } = trace.value;
    if (dropped !== this.dropped) await this.keepSelection();
    this.dropped = dropped;
    // Its driver may have gone on with it meanwhile.
    if (number !== undefined && detail?.row.status === undefined) await this.show(number);
  }

  /**
   * Rows that the trace's limit dropped move the others up, and another filter leaves others out: the IRP whose way is shown
   * stays selected.
   */
  private async keepSelection(): Promise<void> {
    const { filtered } = this;
    const { selection, number } = this.store.getState();
    if (number === undefined) return;
    const row = await this.rowOf(number);
    if (this.store.getState().selection !== selection || this.filtered !== filtered) return;
    this.store.setState({ selection: row < 0 ? nothingSelected : { ...selectOnly(row), isRestored: true } });
  }

  /** Row of an IRP among those that pass the filter, -1 when it is not there. Rows stand in the order of their numbers. */
  private async rowOf(number: number): Promise<number> {
    let from = 0;
    let to = this.store.getState().total;
    while (from < to) {
      const middle = (from + to) >>> 1;
      // Asked for: those at hand may have moved since.
      const [row] = (await this.fetchRows(middle, 1)) ?? [];
      if (!row) return -1;
      if (row.number === number) return middle;
      if (row.number < number) from = middle + 1;
      else to = middle;
    }
    return -1;
  }

  private async fetchRows(from: number, count: number): Promise<IrpRow[] | undefined> {
    const { filter } = this.store.getState();
    const answer = await this.engine.call("trace.rows", { filter, from, count });
    return answer.ok ? answer.value.rows : undefined;
  }

  private forget(): void {
    this.filtered += 1;
    this.source.reset(0);
    this.store.setState(unknownTrace);
  }
}
