/**
 * Lines of the engine's log in order, each once, through a view of its own: those that are there, then new ones as they
 * come. It goes by sequence numbers: rows shift when history drops the oldest.
 */
import type { LogRecord } from "../log/logRecord";
import type { LogRule } from "../log/logRule";
import type { LogRows } from "../log/logState";
import { recordOfRow, rowDecoder } from "../log/recordOfRow";
import type { Disposable } from "../machine/machine";
import type { Session } from "./session";

/** Rows a request takes: enough that asking costs nothing beside printing them. */
const BATCH = 2000;
/** Times in a row that rows may shift just when they are asked for; after that, what comes is taken, with its gap. */
const MOST_RACES = 20;

export class LogTail {
  private changed: (() => void) | undefined;
  private readonly subscription: Disposable;

  private constructor(
    private readonly session: Session,
    private readonly view: number,
    private readonly isFiltered: boolean,
    /** Sequence number of the last line yielded. */
    private last: number,
  ) {
    this.subscription = session.engine.on("log", () => this.changed?.());
  }

  /** Starts behind the line with this sequence number. */
  static async open(session: Session, rules: LogRule[], after: number): Promise<LogTail> {
    const { view } = await session.ask("log.openView", { rules });
    return new LogTail(session, view, rules.length > 0, after);
  }

  /** Yields what is there, and what comes within `wait` milliseconds. */
  async *records(wait: number): AsyncGenerator<LogRecord> {
    const end = deadline(wait);
    try {
      for (;;) {
        const news = new Promise<void>((resolve) => {
          this.changed = resolve;
        });
        yield* this.present();
        if (await this.filtering()) {
          await news;
          continue;
        }
        if (wait === 0 || (await Promise.race([news, end.reached])) === "end") {
          yield* this.present();
          return;
        }
      }
    } finally {
      end.dispose();
    }
  }

  async dispose(): Promise<void> {
    this.subscription.dispose();
    await this.session.ask("log.closeView", { view: this.view });
  }

  private async *present(): AsyncGenerator<LogRecord> {
    const decoder = rowDecoder();
    for (;;) {
      const rows = await this.rowsBehindLast();
      for (let index = 0; index < rows.count; index += 1) {
        const record = recordOfRow(rows, index, decoder);
        if (record.sequence <= this.last) continue;
        this.tellGap(record.sequence - this.last - 1);
        this.last = record.sequence;
        yield record;
      }
      if (rows.count < BATCH) return;
    }
  }

  /** Behind a filter nobody knows whether it would have let them through; at the start of a log nobody waited for them. */
  private tellGap(lines: number): void {
    if (lines === 0 || this.last === 0 || this.isFiltered) return;
    this.session.output.message(`log: ${lines} lines were dropped from the log before they could be shown`);
  }

  /** With one row before the wanted ones, where there is one: as long as it is the right one, none was skipped. */
  private async rowsBehindLast(): Promise<LogRows> {
    const { session, view } = this;
    for (let races = 0; ; races += 1) {
      const first = await session.ask("log.rowOf", { view, sequence: this.last + 1 });
      const from = Math.max(0, first - 1);
      const rows = await session.ask("log.rows", { view, from, count: BATCH });
      const isShifted = from > 0 && (rows.sequence[0] ?? Number.POSITIVE_INFINITY) > this.last;
      if (!isShifted || races === MOST_RACES) return rows;
    }
  }

  private async filtering(): Promise<boolean> {
    const state = await this.session.ask("log.state", {});
    return state.views.some((view) => view.view === this.view && view.filtering);
  }
}

function deadline(wait: number): { reached: Promise<"end">; dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<"end">((resolve) => {
    if (Number.isFinite(wait)) {
      timer = setTimeout(() => resolve("end"), wait);
    } else {
      // Following without a limit: nothing else may keep the process alive, so a distant timer does.
      timer = setInterval(() => undefined, 0x7fffffff);
    }
  });
  return { reached, dispose: () => clearTimeout(timer) };
}
