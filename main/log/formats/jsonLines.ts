/**
 * One JSON object a line, with the exact text. Characters that a terminal obeys or that reorder text are written as
 * escapes, which changes nothing for a JSON reader.
 */
import { isoTime } from "./isoTime";
import type { LogFormatWriter } from "./logFormat";

/** What JSON.stringify leaves as it is: DEL, C1 controls, format characters, line and paragraph separators. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

export function createJsonLinesWriter(): LogFormatWriter {
  return {
    header: "",
    line: (record) => {
      const json = JSON.stringify({ ...record, time: isoTime(record.time) });
      return `${json.replace(UNSAFE, escaped)}\n`;
    },
  };
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
