import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitLine } from "./splitLine";

function bare(text: string): string {
  return text.replaceAll(/[ \t\r"']/g, "");
}

describe("splitLine", () => {
  it.each([
    ["", []],
    ["   \t ", []],
    ["# a comment", []],
    ["ls \\Device\\#x # no comment here", ["ls", "\\Device\\#x", "#", "no", "comment", "here"]],
    ["open \\\\.\\Example", ["open", "\\\\.\\Example"]],
    ['write h1 "Hello, world!"', ["write", "h1", "Hello, world!"]],
    ['write h1 "say ""hi"""', ["write", "h1", 'say "hi"']],
    ['open "C:\\a b\\"', ["open", "C:\\a b\\"]],
    ["write h1 'it \"is\"' don't", ["write", "h1", 'it "is"', "don't"]],
    ['sc create x binPath="C:\\a b.sys"', ["sc", "create", "x", "binPath=C:\\a b.sys"]],
    ['write h1 ""', ["write", "h1", ""]],
  ])("splits %j", (line, words) => {
    expect(splitLine(line)).toEqual({ words });
  });

  it("refuses a quote that is not closed", () => {
    expect(splitLine('write h1 "oops')).toEqual({ error: "a double quote is not closed" });
    expect(splitLine("write h1 'oops")).toEqual({ error: "a single quote is not closed" });
  });

  it("gives back any word that was quoted", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (words) => {
        const line = `x ${words.map((word) => `"${word.replaceAll('"', '""')}"`).join(" ")}`;
        expect(splitLine(line)).toEqual({ words: ["x", ...words] });
      }),
    );
  });

  it("takes any line, and loses nothing but blanks and quotes", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom('"', "'", " ", "\t", "\\", "#", "x")).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(line, (text) => {
        const split = splitLine(text);
        if ("error" in split) expect(text).toMatch(/["']/);
        else if (!/^[ \t\r]*#/.test(text)) expect(bare(split.words.join(""))).toBe(bare(text));
      }),
    );
  });
});
