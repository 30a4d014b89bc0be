/**
 * One `%` directive of a format string, taken apart.
 * Source: "Format specification syntax: printf and wprintf functions" (Microsoft C runtime) and DbgPrintEx.
 */

export type ArgumentSize = "none" | "h" | "l" | "w" | "ll" | "I" | "z";

export interface FormatDirective {
  readonly leftAlign: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  /** "*" takes an int argument. */
  readonly width: number | "*";
  /** Undefined where the directive says none. */
  readonly precision: number | "*" | undefined;
  readonly size: ArgumentSize;
  /** The conversion letter; "" when the string ends before one. */
  readonly letter: string;
  /** Index of the first character after the directive. */
  readonly end: number;
}

/** Nothing wider than this is worth counting: one call transmits 512 bytes. */
const MAXIMUM_COUNT = 0xffff;

interface Cursor {
  at: number;
}

function parseCount(format: string, cursor: Cursor): number | "*" {
  if (format[cursor.at] === "*") {
    cursor.at += 1;
    return "*";
  }
  let count = 0;
  for (;;) {
    const digit = format.charCodeAt(cursor.at) - 48;
    if (!(digit >= 0 && digit <= 9)) return count;
    count = Math.min(count * 10 + digit, MAXIMUM_COUNT);
    cursor.at += 1;
  }
}

const sizePrefixes: readonly (readonly [string, ArgumentSize])[] = [
  ["I64", "ll"],
  ["I32", "none"],
  ["I", "I"],
  ["ll", "ll"],
  ["l", "l"],
  ["hh", "h"],
  ["h", "h"],
  ["w", "w"],
  ["z", "z"],
  ["t", "z"],
  ["j", "ll"],
];

function parseSize(format: string, cursor: Cursor): ArgumentSize {
  for (const [prefix, size] of sizePrefixes) {
    if (!format.startsWith(prefix, cursor.at)) continue;
    cursor.at += prefix.length;
    return size;
  }
  return "none";
}

/** @param start index of the character after "%" */
export function parseDirective(format: string, start: number): FormatDirective {
  const cursor = { at: start };
  while ("-+ #0".includes(format[cursor.at] ?? "none")) cursor.at += 1;
  const flags = format.slice(start, cursor.at);
  const width = parseCount(format, cursor);
  let precision: number | "*" | undefined;
  if (format[cursor.at] === ".") {
    cursor.at += 1;
    precision = parseCount(format, cursor);
  }
  const size = parseSize(format, cursor);
  const letter = format[cursor.at] ?? "";
  return {
    leftAlign: flags.includes("-"),
    plus: flags.includes("+"),
    space: flags.includes(" "),
    alternate: flags.includes("#"),
    zero: flags.includes("0"),
    width,
    precision,
    size,
    letter,
    end: cursor.at + letter.length,
  };
}
