/** A line as rules look at it: stored, or about to be. Each value is read only by the rules that ask for it. */
import type { LogKind, LogSource } from "../logRecord";

export interface MatchLine {
  readonly source: LogSource;
  readonly kind: LogKind;
  readonly component: number;
  readonly level: number;
  readonly processId: number;
  readonly threadId: number;
  readonly process: string;
  readonly text: string;
  /** `text` in lower case, for matching without case. */
  readonly lowerText: string;
}
