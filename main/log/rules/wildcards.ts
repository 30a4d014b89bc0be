/**
 * DebugView's filter language: patterns separated by `;`, `*` for any text, matched anywhere in the line. Blanks count.
 * Matching is linear in the text whatever the pattern: pieces between the stars are looked for in order, each at its
 * first place, which is right because nothing between them can fail later that a later place would mend.
 */

export interface WildcardPattern {
  /** Text between stars. */
  pieces: string[];
}

/** No pattern for an empty text or one of `;` alone. */
export function parseWildcards(text: string): WildcardPattern[] {
  return text
    .split(";")
    .filter((pattern) => pattern !== "")
    .map((pattern) => ({ pieces: pattern.split("*") }));
}

/** True when the pieces occur in this order anywhere in `text`. */
export function matchesAnywhere(pattern: WildcardPattern, text: string): boolean {
  let at = 0;
  for (const piece of pattern.pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

/** True when the pattern covers the whole of `text`: for columns that hold a number or a word. */
export function matchesWhole(pattern: WildcardPattern, text: string): boolean {
  const { pieces } = pattern;
  const head = pieces[0] ?? "";
  if (pieces.length <= 1) return text === head;
  const tail = pieces.at(-1) ?? "";
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  const end = text.length - tail.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= end;
}
