import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entriesIn, type NativeEntry } from "./nativeDirectory";

const base = 0x7fff_0000n;

/** As NT fills it: entries, one of zeros, then the strings, each with a NUL. */
function directoryBuffer(entries: readonly NativeEntry[]): Buffer {
  const array = Buffer.alloc((entries.length + 1) * 0x20);
  const strings: Buffer[] = [];
  let at = array.length;
  const put = (offset: number, text: string) => {
    const units = Buffer.from(`${text}\0`, "utf16le");
    array.writeUInt16LE(units.length - 2, offset);
    array.writeUInt16LE(units.length, offset + 2);
    array.writeBigUInt64LE(base + BigInt(at), offset + 8);
    strings.push(units);
    at += units.length;
  };
  entries.forEach(({ name, type }, index) => {
    put(index * 0x20, name);
    put(index * 0x20 + 0x10, type);
  });
  return Buffer.concat([array, ...strings, Buffer.alloc(64)]);
}

describe("entriesIn", () => {
  it("reads names and types up to the entry that is all zero", () => {
    const entries = [
      { name: "Null", type: "Device" },
      { name: "with\0NUL and \\ ", type: "Event" },
      { name: "\ud800", type: "Key" },
    ];
    expect(entriesIn(directoryBuffer(entries), base)).toEqual(entries);
    expect(entriesIn(directoryBuffer([]), base)).toEqual([]);
  });

  it("takes any names", () => {
    const name = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
    fc.assert(
      fc.property(fc.array(fc.record({ name, type: name }), { maxLength: 20 }), (entries) => {
        expect(entriesIn(directoryBuffer(entries), base)).toEqual(entries);
      }),
    );
  });

  it("reads nothing outside the buffer, whatever it holds", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.bigInt({ min: 0n, max: 2n ** 47n }), (bytes, address) => {
        const entries = entriesIn(Buffer.from(bytes), address);
        expect(entries.length).toBeLessThanOrEqual(bytes.length / 0x20);
      }),
    );
  });

  it("stops at a string that lies elsewhere", () => {
    const buffer = directoryBuffer([
      { name: "a", type: "b" },
      { name: "c", type: "d" },
    ]);
    buffer.writeBigUInt64LE(base - 2n, 0x20 + 8);
    expect(entriesIn(buffer, base)).toEqual([{ name: "a", type: "b" }]);
    buffer.writeBigUInt64LE(base + BigInt(buffer.length), 8);
    expect(entriesIn(buffer, base)).toEqual([]);
  });
});
