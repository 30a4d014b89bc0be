import vm from "node:vm";
import { expect, it } from "vitest";
import { compileText } from "../log/rules/textMatcher";
import { limitBacktracking } from "./limitBacktracking";

it.each([true, false])("an expression that would backtrack for years answers (matchCase %j)", (matchCase) => {
  limitBacktracking();
  const { matcher } = compileText({ match: "regex", text: "^(A+)+$", matchCase }, false);
  const line = `${"A".repeat(60)}b`;
  const search = () => matcher?.(line, line.toLowerCase());
  // A time limit that can interrupt a search: without the flag this throws instead of hanging the test.
  expect(vm.runInNewContext("search()", { search }, { timeout: 20_000 })).toBe(false);
});
