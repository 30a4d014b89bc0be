/**
 * A line of the log as every source hands it in and every reader gets it out.
 */

/** Who printed it: kernel DbgPrint, Win32 OutputDebugString, a stream of text, or NtScope itself (losses, markers). */
export const logSources = ["kernel", "win32", "text", "ntscope"] as const;

export type LogSource = (typeof logSources)[number];

/** `print` is what a program said; the others are NtScope's own lines about the log. */
export const logKinds = ["print", "loss", "marker", "report", "bugcheck"] as const;

export type LogKind = (typeof logKinds)[number];

export interface LogRecord {
  /** 1, 2, 3... over the life of the log; never used twice, gaps only where history was dropped. */
  sequence: number;
  /** Unix milliseconds, fractional (microseconds where the source has them). */
  time: number;
  source: LogSource;
  kind: LogKind;
  /** DPFLTR component id and level; -1 where the source has none. */
  component: number;
  level: number;
  processId: number;
  threadId: number;
  /** Empty where the source does not know. */
  process: string;
  /** Number in the machine's IRP trace of the IRP that a driver served when it printed the line; 0 or left out for none. */
  irp?: number;
  /** Without its line end. Raw: control characters are still in it. */
  text: string;
}

/** When, whence and by whom a line was printed. */
export type LogOrigin = Omit<LogRecord, "sequence" | "kind" | "text">;

/** What a source hands in: one call's text, which may hold no, one or many line ends. */
export type LogPrint = Omit<LogRecord, "sequence" | "kind">;

export interface LogSink {
  print(print: LogPrint): void;
  /** A line about the log itself: a loss, a marker, a report. Complete by itself. `lost`: lines that a loss stands for. */
  note(kind: Exclude<LogKind, "print">, text: string, time: number, lost?: number): void;
}
