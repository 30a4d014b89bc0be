import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleLine, visibleText } from "./visibleText";

describe("visibleLine", () => {
  it("keeps blanks, sets tabs, marks what a terminal would obey", () => {
    expect(visibleLine("  a\tb \t c  ")).toBe("  a     b        c  ");
    expect(visibleLine("\t\tx")).toBe(`${" ".repeat(16)}x`);
    expect(visibleLine("\x1b[31mred\x07\u202e\u009b")).toBe("␛[31mred␇\\u{202E}\\u{009B}");
  });

  it("never lets a control or format character through, from any text", () => {
    const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const raw = String.fromCharCode(...units);
        expect(visibleLine(raw)).not.toMatch(obeyed);
        expect(visibleText(raw)).not.toMatch(obeyed);
      }),
    );
  });
});
