/**
 * Raw names as text that can be shown: every code unit that would be invisible, would reorder its neighbours, or would
 * drive a terminal becomes a mark. One way only; nothing ever parses this back.
 * Source: Unicode 15 (general categories Cc, Cf, Cs, Zs, Zl, Zp), UAX #9 for the bidirectional controls.
 */

/** Controls, format characters, separators, surrogates, private use, fillers that draw nothing, odd spaces. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]|\u034F|\u115F|\u1160|\u3164|\uFFA0|\uFFFE|\uFFFF|(?! )\p{Zs}/gu;
const EDGE_SPACES = /^ +| +$/g;

const DELETE = 0x7f;
/** U+2400 SYMBOL FOR NULL: the pictures of the C0 controls follow in order; U+2420 is the space's, U+2421 DELETE's. */
const CONTROL_PICTURES = 0x2400;
const SPACE_PICTURE = "\u2420";
const DELETE_PICTURE = "\u2421";

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === DELETE) return DELETE_PICTURE;
  return `\\u{${code.toString(16).toUpperCase().padStart(4, "0")}}`;
}

/**
 * U+2400 for NUL, U+241B for escape, `\u{202E}` for a bidirectional control, `\u{D800}` for a lone surrogate, U+2420 for a space
 * at either end (elsewhere a space is a space).
 */
export function visibleText(raw: string): string {
  return raw.replace(HIDDEN, mark).replace(EDGE_SPACES, (spaces) => SPACE_PICTURE.repeat(spaces.length));
}

/** DebugView's and most terminals' tab stops. */
const TAB_WIDTH = 8;

/**
 * A log line: as {@link visibleText}, but indentation and trailing blanks stay blanks, and a tab goes to the next
 * multiple of eight. Numbers in driver output are lined up with both.
 */
export function visibleLine(raw: string): string {
  return (raw.includes("\t") ? expandTabs(raw) : raw).replace(HIDDEN, mark);
}

function expandTabs(raw: string): string {
  const [first = "", ...rest] = raw.split("\t");
  return rest.reduce((line, part) => line.padEnd(Math.ceil((line.length + 1) / TAB_WIDTH) * TAB_WIDTH) + part, first);
}

/** True when {@link visibleText} would change it: such names are flagged in lists. */
export function hasHiddenCharacters(raw: string): boolean {
  return visibleText(raw) !== raw;
}
