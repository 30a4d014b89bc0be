/**
 * A view's filter: an ordered list of rules, as data that is saved, sent and edited.
 */

export type LogColumn = "text" | "process" | "processId" | "threadId" | "source" | "component" | "level" | "any";

/** `wildcards` is DebugView's language: `;` between patterns, `*` for anything, substring, without case. */
export type LogMatch = "wildcards" | "regex" | "equals";

/**
 * `include` and `exclude`: the first of them that matches decides; with any `include` rule in the list, a line that none
 * matches is hidden. `highlight` colours, `mark` puts a bookmark. `discard` drops the line at capture, before it costs memory.
 */
export type LogAction = "include" | "exclude" | "highlight" | "mark" | "discard";

export interface LogRule {
  column: LogColumn;
  match: LogMatch;
  text: string;
  matchCase: boolean;
  action: LogAction;
  /** Palette index 0..9 for `highlight`. */
  colour: number;
  enabled: boolean;
}
