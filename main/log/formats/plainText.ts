/** The messages alone, one a line, control characters in visible form. */
import { visibleLine } from "../../machine/visibleText";
import type { LogFormatWriter } from "./logFormat";

export function createPlainTextWriter(): LogFormatWriter {
  return { header: "", line: (record) => `${visibleLine(record.text)}\n` };
}
