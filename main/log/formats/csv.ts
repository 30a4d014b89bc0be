/**
 * Comma-separated values after RFC 4180, for spreadsheets. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front: what a driver prints must not run there. (Who needs the exact text takes JSON lines.)
 * Source: RFC 4180; OWASP, "CSV Injection".
 */
import { visibleLine } from "../../machine/visibleText";
import { isoTime } from "./isoTime";
import type { LogFormatWriter } from "./logFormat";

/** With the full-width forms, which some spreadsheets take for the same. */
const FORMULA_START = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

export function createCsvWriter(): LogFormatWriter {
  return {
    header: "sequence,time,source,kind,component,level,processId,threadId,process,text\r\n",
    line(record) {
      const numbers = [record.component, record.level].map((value) => (value === -1 ? "" : String(value >>> 0)));
      const words = [record.source, record.kind, ...numbers, record.processId >>> 0, record.threadId >>> 0];
      const texts = [csvText(record.process), csvText(record.text)];
      return `${[record.sequence, isoTime(record.time), ...words, ...texts].join(",")}\r\n`;
    },
  };
}

function csvText(raw: string): string {
  const visible = visibleLine(raw);
  const harmless = FORMULA_START.test(visible) ? `'${visible}` : visible;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
