/** A sink for tests: keeps what it is given, and lets a test wait for it without a clock. */
import type { LogKind, LogPrint, LogSink } from "../log/logRecord";

export interface TestNote {
  readonly kind: LogKind;
  readonly text: string;
  readonly lost: number;
}

export class TestSink implements LogSink {
  readonly prints: LogPrint[] = [];
  readonly notes: TestNote[] = [];
  private readonly waiting = new Set<() => void>();

  get texts(): string[] {
    return this.prints.map((print) => print.text);
  }

  print(print: LogPrint): void {
    this.prints.push(print);
    this.changed();
  }

  note(kind: LogKind, text: string, _time: number, lost = 0): void {
    this.notes.push({ kind, text, lost });
    this.changed();
  }

  /** Resolves once the condition holds; it is looked at whenever something arrives. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
    });
  }

  private changed(): void {
    for (const look of [...this.waiting]) look();
  }
}
