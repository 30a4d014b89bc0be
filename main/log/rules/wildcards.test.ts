import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesAnywhere, matchesWhole, parseWildcards } from "./wildcards";

const anywhere = (filter: string, text: string) => parseWildcards(filter).some((each) => matchesAnywhere(each, text));
const whole = (filter: string, text: string) => parseWildcards(filter).some((each) => matchesWhole(each, text));

/** The same language as a regular expression: the reference. */
function expression(filter: string, anchored: boolean): RegExp {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const patterns = filter.split(";").filter((pattern) => pattern !== "");
  const bodies = patterns.map((pattern) => pattern.split("*").map(escaped).join("[^]*"));
  if (bodies.length === 0) return /(?!)/;
  return new RegExp(anchored ? `^(?:${bodies.join("|")})$` : bodies.join("|"));
}

describe("DebugView's wildcards", () => {
  it.each([
    ["disk", "a disk error", true],
    ["disk", "a dis error", false],
    ["disk;error", "an error", true],
    ["open*failed", "open of x failed", true],
    ["open*failed", "failed open", false],
    ["*", "", true],
    ["*", "anything", true],
    ["a?c", "abc", false],
    [" x", "x", false],
    ["", "anything", false],
    [";;", "anything", false],
  ])("%j on %j: %j", (filter, text, expected) => {
    expect(anywhere(filter, text)).toBe(expected);
  });

  it.each([
    ["4", "4", true],
    ["4", "44", false],
    ["4*", "44", true],
    ["*4", "41", false],
    ["1;2;3", "2", true],
    ["ab*ba", "aba", false],
    ["ab*ba", "abba", true],
  ])("as a whole, %j on %j: %j", (filter, text, expected) => {
    expect(whole(filter, text)).toBe(expected);
  });

  it("agrees with a regular expression of the same meaning", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "*", ";", ".", "("), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "(", "\n"), maxLength: 10 });
    fc.assert(
      fc.property(word, text, (filter, line) => {
        expect(anywhere(filter, line)).toBe(expression(filter, false).test(line));
        expect(whole(filter, line)).toBe(expression(filter, true).test(line));
      }),
      { numRuns: 5000, seed: 6 },
    );
  });
});
