/** What every source has in common: a name, and its health, told to who listens. */
import type { LogSink } from "../log/logRecord";
import type { Disposable } from "../machine/machine";
import type { Source, SourceHealth } from "./source";
import { SourceStatus } from "./sourceStatus";

export abstract class ReportingSource implements Source {
  protected readonly status: SourceStatus;

  /** @param before its health until it is started */
  protected constructor(
    readonly name: string,
    before: string,
  ) {
    this.status = new SourceStatus(before);
  }

  abstract start(sink: LogSink): void;
  abstract dispose(): void;

  health(): SourceHealth {
    return this.status.health();
  }

  onDidChangeHealth(listener: (health: SourceHealth) => void): Disposable {
    return this.status.onDidChange(listener);
  }
}
