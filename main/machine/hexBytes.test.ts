import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dumpLines, parseHex, toHex } from "./hexBytes";

describe("hexBytes", () => {
  it("dumps sixteen bytes a line", () => {
    const data = new TextEncoder().encode("Hello, world!\0\x1b\x7fxyz");
    expect(dumpLines(data)).toEqual([
      { offset: "00000000", hex: "48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 21 00 1b 7f", text: "Hello, world!..." },
      { offset: "00000010", hex: "78 79 7a", text: "xyz" },
    ]);
  });

  it("reads its own hex back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const dumped = dumpLines(data).map((line) => line.hex);
        expect(parseHex(dumped.join(" "))).toEqual(data);
        expect(parseHex(toHex(data))).toEqual(data);
      }),
    );
  });

  it("refuses what is no hex", () => {
    expect(["4", "xy", "0x48,0x65"].map(parseHex)).toEqual([undefined, undefined, Uint8Array.of(0x48, 0x65)]);
  });
});
