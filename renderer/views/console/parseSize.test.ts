import { expect, it } from "vitest";
import { parseSize } from "./parseSize";

it("takes whole numbers that a double holds exactly, and nothing else", () => {
  const texts = ["", "-1", "1.5", "2e3", "9007199254740992", "0x10", " 4096 ", "0"];
  expect(texts.map(parseSize)).toEqual([undefined, undefined, undefined, undefined, undefined, 16, 4096, 0]);
});
