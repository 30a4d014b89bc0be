import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileText, literalMatcher } from "./textMatcher";

const matches = (text: string, line: string, matchCase = false) =>
  compileText({ match: "regex", text, matchCase }, false).matcher?.(line, line.toLowerCase());

describe("regular expressions without case", () => {
  it.each([
    ["^Hello\\s+WORLD$", "hello   World"],
    ["\\S\\D\\W", "aB!"],
    ["(?<Word>ab)\\k<Word>", "xABab"],
    ["[A-F]+[0-9]", "zzdead7"],
    ["\\x41\\u0042", "ab"],
    ["[A-z]", "_"],
    ["ÄÖ", "äö"],
  ])("%s finds %j", (expression, line) => {
    expect(matches(expression, line)).toBe(true);
    expect(new RegExp(expression, "i").test(line)).toBe(true);
  });

  it("agrees with the `i` flag", () => {
    const piece = fc.constantFrom(
      "a",
      "B",
      "\\w",
      "\\W",
      "\\S",
      "[A-C]",
      "[^b]",
      ".",
      "(A|b)",
      "c*",
      "\\b",
      "^",
      "$",
      "?",
      "\\.",
      "\\\\",
    );
    const line = fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "c", ".", "\\", " "), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), line, (pieces, text) => {
        const expression = pieces.join("");
        let reference: RegExp;
        try {
          reference = new RegExp(expression, "i");
        } catch {
          // Not an expression: taken literally, which the case below checks.
          return;
        }
        fc.pre(expression !== "");
        expect(matches(expression, text)).toBe(reference.test(text));
      }),
      { numRuns: 3000, seed: 16 },
    );
  });

  it("takes what does not compile literally, and says so", () => {
    const compiled = compileText({ match: "regex", text: "A(b", matchCase: false }, false);
    expect(compiled.error).toContain("A(b");
    expect(compiled.matcher?.("see a(B", "see a(b")).toBe(true);
    expect(compileText({ match: "regex", text: "A(b", matchCase: true }, false).matcher?.("a(b", "a(b")).toBe(false);
  });
});

it("a literal search takes no character for special", () => {
  const wild = literalMatcher("A*b;[", false);
  expect([wild("", "xa*b;[x"), wild("", "aab;[")]).toEqual([true, false]);
});
