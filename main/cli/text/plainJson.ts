/**
 * JSON on one line that is safe to show: names come from the namespace and text from drivers, so what a terminal would
 * obey or reorder by (C1 controls, DEL, bidi controls, line separators) is written as \u escapes, which parse back to
 * the same text. JSON.stringify itself escapes C0 controls and lone surrogates.
 */
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export function plainJson(document: unknown): string {
  return JSON.stringify(document).replace(UNSAFE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
