import fc from "fast-check";
import { expect, it } from "vitest";
import { parseSize } from "./parseSize";

it("takes whole numbers that a double holds exactly, and nothing else", () => {
  const texts = ["", "-1", "1.5", "2e3", "9007199254740992", "0x10", " 4096 ", "0"];
  expect(texts.map(parseSize)).toEqual([undefined, undefined, undefined, undefined, undefined, 16, 4096, 0]);
});

it("takes any text for a size or for none", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^ ?(0x)?[0-9a-fA-F]{0,20} ?$/));
  fc.assert(
    fc.property(text, (typed) => {
      const size = parseSize(typed);
      if (size !== undefined) expect(Number.isSafeInteger(size) && size >= 0).toBe(true);
    }),
  );
});
