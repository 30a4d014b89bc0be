import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileNamePattern, matchesWildcards } from "./namePattern";

describe("wildcards", () => {
  it.each([
    ["*", "", true],
    ["", "", true],
    ["", "a", false],
    ["?", "", false],
    ["a*c", "abbbc", true],
    ["A*C", "abbbc", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["*b*b*", "abcb", true],
    ["*b*b*", "abc", false],
    ["harddisk*", "HarddiskVolume1", true],
  ])("%s against %s: %s", (pattern, text, expected) => {
    expect(matchesWildcards(pattern, text)).toBe(expected);
  });

  it("agree with the regular expression of the same meaning", () => {
    const letters = fc.array(fc.constantFrom("a", "b", "*", "?")).map((units) => units.join(""));
    const text = fc.array(fc.constantFrom("a", "b", "c")).map((units) => units.join(""));
    fc.assert(
      fc.property(letters, text, (pattern, name) => {
        const meant = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "is");
        expect(matchesWildcards(pattern, name)).toBe(meant.test(name));
      }),
    );
  });

  it("end soon whatever the pattern", () => {
    expect(matchesWildcards("*a".repeat(500), "a".repeat(400))).toBe(false);
  });

  it("mean containment when there are none", () => {
    expect(compileNamePattern("null")("\\Device\\Null")).toBe(true);
    expect(compileNamePattern("a.b")("axb")).toBe(false);
  });
});
