/**
 * Lines of the engine's log in order, through a view of its own: those that are there, then new ones as they come.
 */
import type { EngineAnswer } from "../engine/protocol";
import { type LogRecord, logKinds, logSources } from "../log/logRecord";
import type { LogRule } from "../log/logRule";
import type { Disposable } from "../machine/machine";
import type { Session } from "./session";

type LogRows = EngineAnswer<"log.rows">;

/** Rows a request takes: enough that asking costs nothing beside printing them. */
const BATCH = 2000;

export class LogTail {
  private changed: (() => void) | undefined;
  private readonly subscription: Disposable;

  private constructor(
    private readonly session: Session,
    private readonly view: number,
    private next: number,
  ) {
    this.subscription = session.engine.on("log", () => this.changed?.());
  }

  /** Starts behind the line with this sequence number. */
  static async open(session: Session, rules: LogRule[], after: number): Promise<LogTail> {
    const { view } = await session.ask("log.openView", { rules });
    const first = after === 0 ? 0 : await session.ask("log.rowOf", { view, sequence: after + 1 });
    return new LogTail(session, view, first);
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
    for (;;) {
      const rows = await this.session.ask("log.rows", { view: this.view, from: this.next, count: BATCH });
      for (let index = 0; index < rows.count; index += 1) {
        yield recordAt(rows, index);
      }
      this.next = rows.from + rows.count;
      if (rows.count === 0) {
        return;
      }
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

function recordAt(rows: LogRows, index: number): LogRecord {
  const text = rows.text.subarray(rows.textOffset[index], rows.textOffset[index + 1]);
  return {
    sequence: rows.sequence[index] ?? 0,
    time: rows.time[index] ?? 0,
    source: logSources[rows.source[index] ?? 0] ?? "ntscope",
    kind: logKinds[rows.kind[index] ?? 0] ?? "print",
    component: rows.component[index] ?? -1,
    level: rows.level[index] ?? -1,
    processId: rows.processId[index] ?? 0,
    threadId: rows.threadId[index] ?? 0,
    process: rows.processes[rows.process[index] ?? 0] ?? "",
    text: new TextDecoder().decode(text),
  };
}
