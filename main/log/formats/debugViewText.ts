/**
 * DebugView's own text: line number, elapsed seconds with eight decimals, `[pid] text`, separated by tabs. DebugView and
 * DebugView++ open it. Control characters are written in visible form: the file may end up in a terminal.
 * Source: Sysinternals DebugView's saved logs, reference to their layouts in DebugView++ FileIO.cpp.
 */
import { visibleLine } from "../../machine/visibleText";
import type { LogFormatWriter } from "./logFormat";

export function createDebugViewWriter(): LogFormatWriter {
  let number = 0;
  let start: number | undefined;
  return {
    header: "",
    line(record) {
      number += 1;
      start ??= record.time;
      const seconds = ((record.time - start) / 1000).toFixed(8);
      const process = record.processId > 0 ? `[${record.processId}] ` : "";
      return `${String(number).padStart(8, "0")}\t${seconds}\t${process}${visibleLine(record.text)}\n`;
    },
  };
}
