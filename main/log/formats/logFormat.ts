/** The file formats of a saved log: each a writer that turns one record after the other into text. */
import type { LogRecord } from "../logRecord";
import type { LogFormat } from "../logState";
import { createCsvWriter } from "./csv";
import { createDebugViewWriter } from "./debugViewText";
import { createJsonLinesWriter } from "./jsonLines";
import { createPlainTextWriter } from "./plainText";

export interface LogFormatWriter {
  /** What stands before the first line; may be empty. */
  readonly header: string;
  /** One record with its line end. Records must come in the log's order. */
  line(record: LogRecord): string;
}

const writers: Record<LogFormat, () => LogFormatWriter> = {
  debugview: createDebugViewWriter,
  text: createPlainTextWriter,
  csv: createCsvWriter,
  jsonl: createJsonLinesWriter,
};

export function createLogFormatWriter(format: LogFormat): LogFormatWriter {
  return writers[format]();
}
