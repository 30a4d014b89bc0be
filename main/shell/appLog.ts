/**
 * NtScope's own log: what went wrong in the program, for a bug report. It never holds what drivers print or what
 * objects are called; those belong to the user and are hostile besides. One line an entry, two files of bounded size.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";

export type LogLevel = "info" | "warn" | "error";

export interface AppLog {
  write(level: LogLevel, area: string, message: string): void;
}

/** Years of ordinary use, and still small enough to attach to a report. */
const defaultMaxBytes = 1_000_000;
/** Longer than any stack worth reading. */
const maxMessageLength = 4_000;

export interface AppLogOptions {
  folder: string;
  now(): Date;
  maxBytes?: number;
  /** Called once with why, when the log itself can't be written. */
  onFailure(error: unknown): void;
}

/** Writes at once: entries are few, and the last one before a crash is the one that counts. */
export function createAppLog(options: AppLogOptions): AppLog {
  const { folder, now, onFailure, maxBytes = defaultMaxBytes } = options;
  const file = path.join(folder, "ntscope.log");
  let size: number | undefined;
  let hasFailed = false;

  function rotateFor(bytes: number): void {
    if (size === undefined) {
      mkdirSync(folder, { recursive: true });
      size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    }
    if (size === 0 || size + bytes <= maxBytes) return;
    renameSync(file, path.join(folder, "ntscope.1.log"));
    size = 0;
  }

  return {
    write(level, area, message) {
      if (hasFailed) return;
      const line = `${now().toISOString()} ${level} ${area}: ${oneLine(message)}\n`;
      try {
        const bytes = Buffer.byteLength(line);
        rotateFor(bytes);
        appendFileSync(file, line);
        size = (size ?? 0) + bytes;
      } catch (error) {
        // A full or read-only disk must not take the window down; it is said once and the log stays quiet.
        hasFailed = true;
        onFailure(error);
      }
    },
  };
}

/** What a caught value says of itself, with its stack where it has one. */
export function describeError(error: unknown): string {
  if (error instanceof Error) return error.stack ?? `${error.name}: ${error.message}`;
  return typeof error === "string" ? error : `thrown: ${typeof error}`;
}

function oneLine(message: string): string {
  const text = message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}...` : message;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an entry is one line of plain text
  return text.replace(/\s*\n\s*/g, " | ").replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ");
}
