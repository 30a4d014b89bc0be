/**
 * How one rule or search compares a text. A regular expression that does not compile is an error value, and the text
 * is then taken literally: a saved filter must never keep the log from opening.
 */
import type { LogMatch } from "../logRule";
import { matchesAnywhere, matchesWhole, parseWildcards } from "./wildcards";

/** `lower` is `text` in lower case; which of the two is looked at depends on `matchCase`. */
export type TextMatcher = (text: string, lower: string) => boolean;

export interface TextMatch {
  match: LogMatch;
  text: string;
  matchCase: boolean;
}

export interface CompiledText {
  /** Undefined for a pattern without content, which matches nothing and hides nothing. */
  matcher?: TextMatcher;
  error?: string;
}

/** `whole`: wildcards must cover the whole text (columns with a number or a word) instead of occurring in it. */
export function compileText(rule: TextMatch, whole: boolean): CompiledText {
  switch (rule.match) {
    case "wildcards":
      return compileWildcards(rule, whole);
    case "equals": {
      const wanted = rule.matchCase ? rule.text : rule.text.toLowerCase();
      return { matcher: rule.matchCase ? (text) => text === wanted : (_, lower) => lower === wanted };
    }
    case "regex":
      return compileRegex(rule);
  }
}

/** Text that occurs as it stands: no character is special. */
export function literalMatcher(text: string, matchCase: boolean): TextMatcher {
  const wanted = matchCase ? text : text.toLowerCase();
  return matchCase ? (line) => line.includes(wanted) : (_, lower) => lower.includes(wanted);
}

function compileWildcards({ text, matchCase }: TextMatch, whole: boolean): CompiledText {
  const patterns = parseWildcards(matchCase ? text : text.toLowerCase());
  if (patterns.length === 0) return {};
  const test = whole ? matchesWhole : matchesAnywhere;
  const [only] = patterns;
  if (only && patterns.length === 1) {
    return { matcher: matchCase ? (line) => test(only, line) : (_, lower) => test(only, lower) };
  }
  return {
    matcher: (line, lower) => {
      const tested = matchCase ? line : lower;
      return patterns.some((pattern) => test(pattern, tested));
    },
  };
}

function compileRegex({ text, matchCase }: TextMatch): CompiledText {
  if (text === "") return {};
  try {
    const expression = new RegExp(text, matchCase ? "" : "i");
    const lowered = matchCase ? undefined : lowerExpression(text);
    return { matcher: lowered ? (_, lower) => lowered.test(lower) : (line) => expression.test(line) };
  } catch (error) {
    return { matcher: literalMatcher(text, matchCase), error: error instanceof Error ? error.message : String(error) };
  }
}

/** Escapes with a letter's code, and ranges from upper to lower case, which lower case would change. */
const CASE_BY_CODE = /\\[xu]|[A-Z]-[a-z]/;
const ESCAPE_OR_TEXT = /\\[\s\S]|[^\\]+/g;

/**
 * The expression for a text in lower case, instead of the `i` flag: V8's linear engine, which steps in where an
 * expression backtracks without end, does not know that flag. Undefined where the two would differ.
 */
function lowerExpression(text: string): RegExp | undefined {
  if (CASE_BY_CODE.test(text)) return undefined;
  // A letter after a backslash is no letter: \S is not \s.
  const lowered = text.replace(ESCAPE_OR_TEXT, (part) => (part.startsWith("\\") ? part : part.toLowerCase()));
  return new RegExp(lowered);
}
