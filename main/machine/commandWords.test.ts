import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinWords, splitWords } from "./commandWords";

describe("joinWords", () => {
  it.each([
    [["file", "C:\\a b\\x.log", "--from-start"], 'file "C:\\a b\\x.log" --from-start'],
    [["run", "", 'say "hi"', "it's", "#"], 'run "" "say ""hi""" "it\'s" #'],
  ])("joins %j", (words, text) => expect(joinWords(words)).toBe(text));

  it("gives back any words", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (words) => {
        expect(splitWords(joinWords(words))).toEqual({ words });
      }),
    );
  });
});
