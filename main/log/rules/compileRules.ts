/**
 * A view's rules made ready: what shows, what is coloured, what is marked, what is dropped at capture.
 *
 * The text and the process name are matched in part; the columns that hold a number or a word (ids, source, component,
 * level) are matched as a whole, so that process 4 does not find 44. Component and level match by number or by name.
 * NtScope's own lines (losses, markers, reports, bugchecks) are never hidden by an `include` that they do not match,
 * nor discarded: a filter must not silence the news that lines were lost. An explicit `exclude` hides them.
 */
import type { LogColumn, LogRule } from "../logRule";
import type { LogRuleError } from "../logState";
import type { MatchLine } from "./matchLine";
import { compileText, type TextMatcher } from "./textMatcher";

export interface LogNames {
  /** Name of a DPFLTR component id, when it has one. */
  component(id: number): string | undefined;
}

type LineTest = (line: MatchLine) => boolean;

export interface CompiledRules {
  /** Undefined when every line shows. */
  shows: LineTest | undefined;
  /** Palette index, -1 for none. Undefined when nothing is ever coloured. */
  colour: ((line: MatchLine) => number) | undefined;
  marks: LineTest | undefined;
  discards: LineTest | undefined;
  errors: LogRuleError[];
}

/** Names of levels 0 to 3 (DPFLTR_x_LEVEL). */
const levelNames = ["error", "warning", "trace", "info"];

/** Distinct values remembered per rule; a hostile source could bring any number of them. */
const REMEMBERED_VALUES = 4096;

export function compileRules(rules: readonly LogRule[], names: LogNames): CompiledRules {
  const errors: LogRuleError[] = [];
  const tests = rules.map((rule, index) => {
    if (!rule.enabled) return undefined;
    const compiled = compileLineTest(rule, names);
    if (compiled.error !== undefined) errors.push({ rule: index, message: compiled.error });
    return compiled.test && { rule, test: compiled.test };
  });
  const usable = tests.filter((test) => test !== undefined);
  const of = (action: LogRule["action"]) => usable.filter(({ rule }) => rule.action === action);
  return {
    shows: compileVisibility(usable.filter(({ rule }) => rule.action === "include" || rule.action === "exclude")),
    colour: compileColour(of("highlight")),
    marks: anyOf(of("mark").map(({ test }) => test)),
    discards: printsOnly(anyOf(of("discard").map(({ test }) => test))),
    errors,
  };
}

/** A test that passes when any of these does; undefined for none. */
export function anyOf(tests: readonly LineTest[]): LineTest | undefined {
  const [only] = tests;
  if (!only || tests.length === 1) return only;
  return (line) => tests.some((test) => test(line));
}

interface RuleTest {
  rule: LogRule;
  test: LineTest;
}

function compileVisibility(rules: readonly RuleTest[]): LineTest | undefined {
  if (rules.length === 0) return undefined;
  const shownOtherwise = !rules.some(({ rule }) => rule.action === "include");
  return (line) => {
    for (const { rule, test } of rules) {
      if (test(line)) return rule.action === "include";
    }
    return shownOtherwise || line.kind !== "print";
  };
}

function compileColour(rules: readonly RuleTest[]): ((line: MatchLine) => number) | undefined {
  if (rules.length === 0) return undefined;
  return (line) => rules.find(({ test }) => test(line))?.rule.colour ?? -1;
}

function printsOnly(test: LineTest | undefined): LineTest | undefined {
  return test && ((line) => line.kind === "print" && test(line));
}

function compileLineTest(rule: LogRule, names: LogNames): { test?: LineTest; error?: string } {
  if (rule.column === "any") return compileAnyColumn(rule, names);
  const { matcher, error } = compileText(rule, rule.column !== "text" && rule.column !== "process");
  if (!matcher) return {};
  const test = columnTest(rule.column, matcher, names);
  return error === undefined ? { test } : { test, error };
}

function compileAnyColumn(rule: LogRule, names: LogNames): { test?: LineTest; error?: string } {
  const columns: LogColumn[] = ["text", "process", "processId", "threadId", "source", "component", "level"];
  const compiled = columns.map((column) => compileLineTest({ ...rule, column }, names));
  const test = anyOf(compiled.map((each) => each.test).filter((each) => each !== undefined));
  const error = compiled[0]?.error;
  return { ...(test && { test }), ...(error !== undefined && { error }) };
}

function columnTest(column: Exclude<LogColumn, "any">, matcher: TextMatcher, names: LogNames): LineTest {
  const onNumber = (describe: (value: number) => (string | undefined)[]) =>
    remembered((value: number) =>
      describe(value).some((word) => word !== undefined && matcher(word, word.toLowerCase())),
    );
  switch (column) {
    case "text":
      return (line) => matcher(line.text, line.lowerText);
    case "process": {
      const matches = remembered((name: string) => matcher(name, name.toLowerCase()));
      return (line) => matches(line.process);
    }
    case "processId": {
      const matches = onNumber((id) => [String(id >>> 0)]);
      return (line) => matches(line.processId);
    }
    case "threadId": {
      const matches = onNumber((id) => [String(id >>> 0)]);
      return (line) => matches(line.threadId);
    }
    case "source":
      return (line) => matcher(line.source, line.source);
    case "component": {
      const matches = onNumber((id) => (id < 0 ? [] : [String(id), names.component(id)]));
      return (line) => matches(line.component);
    }
    case "level": {
      const matches = onNumber((level) => (level === -1 ? [] : [String(level >>> 0), levelNames[level]]));
      return (line) => matches(line.level);
    }
  }
}

function remembered<T>(test: (value: T) => boolean): (value: T) => boolean {
  const known = new Map<T, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED_VALUES) known.clear();
    const result = test(value);
    known.set(value, result);
    return result;
  };
}
