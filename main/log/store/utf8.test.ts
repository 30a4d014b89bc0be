import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countUnits, readUtf8, writeUtf8 } from "./utf8";

describe("writeUtf8", () => {
  it("writes what TextEncoder writes, lone surrogates included", () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        fc.constant("😀"),
      ),
    });
    fc.assert(
      fc.property(text, fc.nat(3), (value, at) => {
        const target = new Uint8Array(at + value.length * 3);
        const end = writeUtf8(value, target, at);
        const expected = new TextEncoder().encode(value);
        expect(target.slice(at, end)).toEqual(expected);
        expect(countUnits(target, at, end)).toBe(value.length);
        expect(readUtf8(target.subarray(at, end))).toBe(new TextDecoder("utf-8", { ignoreBOM: true }).decode(expected));
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it("works on shared memory and keeps a byte order mark", () => {
    const target = new Uint8Array(new SharedArrayBuffer(16));
    const end = writeUtf8("\ufeffab", target, 0);
    expect(readUtf8(target.subarray(0, end))).toBe("\ufeffab");
  });
});
