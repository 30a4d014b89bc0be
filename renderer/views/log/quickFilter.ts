/** The filter as the log's toolbar holds it: three one-line patterns in DebugView's language, and the rules of the dialog. */
import type { LogAction, LogColumn, LogRule } from "../../../preload/shared";

export interface QuickFilter {
  include: string;
  exclude: string;
  highlight: string;
}

export const noQuickFilter: QuickFilter = { include: "", exclude: "", highlight: "" };

export function wildcardRule(action: LogAction, column: LogColumn, text: string, colour = 0): LogRule {
  return { column, match: "wildcards", text, matchCase: false, action, colour, enabled: true };
}

/** Excludes stand first: the first include or exclude that matches decides, and naming both means "these, but not those". */
export function rulesOf(quick: QuickFilter, rules: readonly LogRule[]): LogRule[] {
  const quickRules = (["exclude", "include", "highlight"] as const)
    .filter((action) => quick[action].trim() !== "")
    .map((action) => wildcardRule(action, "any", quick[action]));
  return [...quickRules, ...rules];
}

/** Adds a pattern to those already there; `;` stands between alternatives. */
export function withPattern(patterns: string, text: string): string {
  return patterns.trim() === "" ? text : `${patterns};${text}`;
}
