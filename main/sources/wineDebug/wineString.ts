/**
 * Wine's debugstr_a and debugstr_w undone: `"text\n"` and `L"text\2026"`, both with `...` behind them when Wine cut
 * the text. Source: Wine's documentation of debug strings (include/wine/debug.h): \n \r \t \" \\, other bytes as
 * `\xHH`, other UTF-16 units as `\HHHH` (or `\xHHHH`).
 */
import type { AnsiText } from "../ansiText";

const quoted = /^(L?)"((?:[^"\\]|\\.)*)"(\.\.\.)?$/s;
const escapes = /\\(?:x([0-9a-fA-F]{2,4})|([0-9a-fA-F]{4})|(.))/gs;
const letters: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** @returns undefined when the text is not quoted as Wine quotes */
export function unquoteWineString(text: string, ansi: AnsiText): string | undefined {
  const match = quoted.exec(text);
  if (!match) return undefined;
  const [, wide, body = "", cut = ""] = match;
  return (wide ? unquoteWide(body) : unquoteAnsi(body, ansi)) + cut;
}

function unquoteWide(body: string): string {
  return body.replace(escapes, (_all, marked?: string, plain?: string, letter?: string) => {
    const digits = marked ?? plain;
    return digits === undefined ? unescapedLetter(letter) : String.fromCharCode(Number.parseInt(digits, 16));
  });
}

/** Bytes, so that a UTF-8 character that Wine wrote as several escapes becomes one again. */
function unquoteAnsi(body: string, ansi: AnsiText): string {
  if (!body.includes("\\")) return body;
  const pieces: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let end = 0;
  for (const match of body.matchAll(/\\(?:x([0-9a-fA-F]{2})|(.))/gs)) {
    pieces.push(encoder.encode(body.slice(end, match.index)));
    const [all, digits, letter] = match;
    pieces.push(
      digits === undefined ? encoder.encode(unescapedLetter(letter)) : Uint8Array.of(Number.parseInt(digits, 16)),
    );
    end = match.index + all.length;
  }
  pieces.push(encoder.encode(body.slice(end)));
  return ansi.decode(concatenated(pieces));
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function unescapedLetter(letter: string | undefined): string {
  return letters[letter ?? ""] ?? letter ?? "";
}
