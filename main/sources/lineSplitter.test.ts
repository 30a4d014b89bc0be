import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, MAX_LINE_BYTES } from "./lineSplitter";
import { bytesOf, cutAt, joined } from "./testChunks";

/** Places to cut a stream at. */
const cuts = fc.array(fc.nat(), { maxLength: 12 });

function linesOf(chunks: readonly Uint8Array[], limit = MAX_LINE_BYTES): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line, isCut) => {
    lines.push(`${new TextDecoder("latin1").decode(line)}${isCut ? "…" : ""}`);
  }, limit);
  for (const chunk of chunks) splitter.push(chunk);
  splitter.flush();
  return lines;
}

describe("LineSplitter", () => {
  it("takes both line ends, empty lines, and the last line without one", () => {
    expect(linesOf([bytesOf("a\r\n\nb\rc\nlast")])).toEqual(["a", "", "b\rc", "last"]);
  });

  it("cuts a line that is too long and goes on", () => {
    expect(linesOf([bytesOf("0123456789abc\nx\n")], 8)).toEqual(["01234567…", "89abc", "x"]);
    expect(linesOf([bytesOf("01234567\r\n01234567\n")], 8)).toEqual(["01234567…", "01234567"]);
  });

  it("cuts between characters", () => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(new TextDecoder().decode(line)), 8);
    splitter.push(bytesOf("aaaaaa€b😀\nłłłłł\n"));
    expect(lines).toEqual(["aaaaaa", "€b😀", "łłłł", "ł"]);
  });

  it("gives the same lines however the bytes are cut, none longer than the limit, none lost", () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x0a, 0x0d, 0xe2, 0x82, 0xac));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 100 }), cuts, (values, places) => {
        const bytes = Uint8Array.from(values);
        const lines = linesOf([bytes], 8);
        expect(linesOf(cutAt(bytes, places), 8)).toEqual(lines);
        expect(lines.every((line) => line.length <= 9)).toBe(true);
        const kept = lines.join("").replaceAll(/[…\r]/g, "");
        expect(kept).toBe(new TextDecoder("latin1").decode(bytes).replaceAll(/[\r\n]/g, ""));
      }),
    );
  });

  it("holds one line of an endless one", () => {
    const megabyte = new Uint8Array(1 << 20).fill(0x78);
    expect(linesOf([megabyte, joined([0x0a])])).toHaveLength((1 << 20) / MAX_LINE_BYTES);
  });
});
