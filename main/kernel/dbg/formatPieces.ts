/**
 * A format string taken apart into its plain text and its directives. A driver prints the same few formats over and
 * over, so they are remembered.
 */
import { type FormatDirective, parseDirective } from "./formatDirective";

export type FormatPiece = string | FormatDirective;

/** More formats than the loaded drivers print in turn; formats made up anew for each print push each other out. */
const REMEMBERED = 512;
/** Longer ones are seldom printed to their end, let alone twice. */
const LONGEST_REMEMBERED = 1024;

const remembered = new Map<string, readonly FormatPiece[]>();

export function formatPieces(format: string): Iterable<FormatPiece> {
  if (format.length > LONGEST_REMEMBERED) return parseFormat(format);
  const known = remembered.get(format);
  if (known !== undefined) return known;
  const pieces = [...parseFormat(format)];
  if (remembered.size === REMEMBERED) remembered.clear();
  remembered.set(format, pieces);
  return pieces;
}

function* parseFormat(format: string): Generator<FormatPiece> {
  for (let at = 0; at < format.length; ) {
    const percent = format.indexOf("%", at);
    if (percent !== at) yield format.slice(at, percent < 0 ? format.length : percent);
    if (percent < 0) break;
    const directive = parseDirective(format, percent + 1);
    yield directive;
    at = directive.end;
  }
}
