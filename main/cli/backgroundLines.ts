/**
 * Lines of a script that end with `&`: they run beside those that follow, and answer when they end. What never ends, such as
 * a request that a driver keeps, does not keep the script.
 */
import { type ExitCode, runCommand } from "./runCommand";
import type { Output, Session } from "./session";

export class BackgroundLines {
  readonly #running = new Set<Promise<void>>();
  #worst: ExitCode = 0;
  #isOver = false;

  constructor(private readonly session: Session) {}

  /** Begins at once, so that what follows in the script comes after it. */
  start(words: string[]): void {
    const { output } = this.session;
    const whileOpen = (tell: (text: string) => void) => (text: string) => {
      if (!this.#isOver) tell(text);
    };
    const own: Output = {
      ...output,
      data: whileOpen((text) => output.data(text)),
      message: whileOpen((text) => output.message(text)),
    };
    const line = runCommand(this.session.beside(own), words).then((code) => {
      this.#worst = Math.max(this.#worst, code) as ExitCode;
      this.#running.delete(line);
    });
    this.#running.add(line);
  }

  /** Until all have ended. */
  async wait(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Says what has not ended, which goes unheard from here on. @returns the worst code of those that have */
  end(): ExitCode {
    const left = this.#running.size;
    if (left > 0) {
      const lines = left === 1 ? "line has" : "lines have";
      this.session.output.message(`${left} ${lines} not ended; "wait" waits for lines that end with &`);
    }
    this.#isOver = true;
    return this.#worst;
  }
}
