/**
 * The formatter behind DbgPrint: the kernel's printf.
 * Source: DbgPrintEx and "Format specification syntax" (Microsoft). Letters: d i u x X o p c C s S Z, sizes
 * h l ll w I I32 I64 (z t j as the C standard says), flags - + space # 0, width, precision, * for both, %%.
 * There is no floating point: %f, %e, %g and %a print their letter and take no argument. %n takes its pointer and
 * writes nothing. Any other letter prints itself, as the Microsoft C runtime does.
 */
import { BoundedText } from "./boundedText";
import type { FormatDirective } from "./formatDirective";
import { formatPieces } from "./formatPieces";
import type { TextKind, VaList } from "./vaList";

/** One call transmits at most this many bytes; the rest is lost. */
export const DEBUG_PRINT_LIMIT = 512;

export interface FormattedMessage {
  readonly text: string;
  /** In bytes of UTF-8. */
  readonly bytes: number;
  readonly truncated: boolean;
  /** A letter for UTF-16 text was used, which only code at PASSIVE_LEVEL may. */
  readonly usesUnicode: boolean;
}

/** A directive whose "*" have been filled in from the arguments. */
interface Resolved {
  readonly directive: FormatDirective;
  readonly leftAlign: boolean;
  readonly width: number;
  readonly precision: number | undefined;
  /** More characters than this can't fit, so that none need be made. */
  readonly most: number;
}

function resolveStars(directive: FormatDirective, list: VaList, most: number): Resolved {
  const width = directive.width === "*" ? Number(list.nextInteger(32, true)) : directive.width;
  const precision = directive.precision === "*" ? Number(list.nextInteger(32, true)) : directive.precision;
  return {
    directive,
    leftAlign: directive.leftAlign || width < 0,
    width: Math.abs(width),
    precision: precision === undefined || precision < 0 ? undefined : precision,
    most,
  };
}

function pad(out: BoundedText, resolved: Resolved, prefix: string, body: string, zeros: boolean): void {
  const missing = resolved.width - prefix.length - body.length;
  if (!resolved.leftAlign && !zeros) out.fill(" ", missing);
  out.append(prefix);
  if (!resolved.leftAlign && zeros) out.fill("0", missing);
  out.append(body);
  if (resolved.leftAlign) out.fill(" ", missing);
}

function integerBits({ size }: FormatDirective): 16 | 32 | 64 {
  if (size === "ll" || size === "I" || size === "z") return 64;
  return size === "h" ? 16 : 32;
}

const radix: Readonly<Record<string, number>> = { d: 10, i: 10, u: 10, o: 8, x: 16, X: 16 };

function signOf(directive: FormatDirective, negative: boolean): string {
  if (negative) return "-";
  if (directive.plus) return "+";
  return directive.space ? " " : "";
}

function printInteger(out: BoundedText, resolved: Resolved, list: VaList): void {
  const { directive, precision } = resolved;
  const { letter } = directive;
  const signed = letter === "d" || letter === "i";
  const value = list.nextInteger(integerBits(directive), signed);
  const negative = value < 0;
  let digits = (negative ? -value : value).toString(radix[letter] ?? 10);
  if (letter === "X") digits = digits.toUpperCase();
  if (precision === 0 && digits === "0") digits = "";
  if (precision !== undefined) digits = digits.padStart(Math.min(precision, resolved.most), "0");
  let prefix = signed ? signOf(directive, negative) : "";
  if (directive.alternate && letter === "o" && !digits.startsWith("0")) digits = `0${digits}`;
  if (directive.alternate && radix[letter] === 16 && value !== 0) prefix = `0${letter}`;
  pad(out, resolved, prefix, digits, directive.zero && precision === undefined);
}

function printPointer(out: BoundedText, resolved: Resolved, list: VaList): void {
  const digits = list.nextInteger(64, false).toString(16).toUpperCase().padStart(16, "0");
  pad(out, resolved, resolved.directive.alternate ? "0X" : "", digits, false);
}

/** In a narrow printf %s is narrow and %S is wide; h, and l or w, say which whatever the case. */
function isWide({ size, letter }: FormatDirective): boolean {
  if (size === "h") return false;
  return size === "l" || size === "w" || letter === "S" || letter === "C";
}

function textKind(directive: FormatDirective): TextKind {
  if (directive.letter === "Z") return isWide(directive) ? "unicodeString" : "ansiString";
  return isWide(directive) ? "wide" : "ansi";
}

function printText(out: BoundedText, resolved: Resolved, list: VaList): void {
  const limit = Math.min(resolved.precision ?? resolved.most, resolved.most);
  const text = list.nextText(textKind(resolved.directive), limit) ?? "(null)".slice(0, limit);
  pad(out, resolved, "", text, resolved.directive.zero);
}

function printCharacter(out: BoundedText, resolved: Resolved, list: VaList): void {
  const unit = Number(list.nextInteger(32, false));
  const code = isWide(resolved.directive) ? unit & 0xffff : unit & 0xff;
  pad(out, resolved, "", String.fromCharCode(code), resolved.directive.zero);
}

function printDirective(out: BoundedText, directive: FormatDirective, list: VaList, most: number): boolean {
  const { letter } = directive;
  if (letter === "%" || letter === "") {
    out.append(letter);
    return false;
  }
  if (letter in radix) printInteger(out, resolveStars(directive, list, most), list);
  else if (letter === "p") printPointer(out, resolveStars(directive, list, most), list);
  else if (letter === "s" || letter === "S" || letter === "Z")
    printText(out, resolveStars(directive, list, most), list);
  else if (letter === "c" || letter === "C") printCharacter(out, resolveStars(directive, list, most), list);
  else if (letter === "n") list.nextInteger(64, false);
  else out.append(letter);
  return "sScCZ".includes(letter) && isWide(directive);
}

/** In a wide printf %s and %c are wide and %S and %C narrow: the other way round. */
function forWideFormat(directive: FormatDirective): FormatDirective {
  const { letter, size } = directive;
  if (size !== "none" || !/^[sc]$/i.test(letter)) return directive;
  return { ...directive, letter: letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase() };
}

/**
 * Formats as DbgPrint does. Throws only what `list` throws.
 * @param limit in bytes of UTF-8
 * @param isWide whether the format is one of wprintf
 */
export function formatMessage(
  format: string,
  list: VaList,
  limit: number = DEBUG_PRINT_LIMIT,
  isWide = false,
): FormattedMessage {
  const out = new BoundedText(limit);
  let usesUnicode = false;
  for (const piece of formatPieces(format)) {
    if (out.isFull) break;
    if (typeof piece === "string") out.append(piece);
    else usesUnicode = printDirective(out, isWide ? forWideFormat(piece) : piece, list, limit + 1) || usesUnicode;
  }
  return { text: out.text, bytes: out.bytes, truncated: out.isFull, usesUnicode };
}
