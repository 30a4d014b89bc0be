import koffi from "koffi";
import { describe, expect, it } from "vitest";
import { OBJECT_ATTRIBUTES, UNICODE_STRING } from "../abi/structures/strings";
import { addressOf } from "./library";
import { objectAttributes, stringWithin, unicodeString } from "./nativeStrings";

describe("counted strings", () => {
  it.each(["", "\\Device\\Example", "with\0NUL", "\udfff lone", "x".repeat(32_767)])("hold %j as it is", (text) => {
    const { bytes, keeps } = unicodeString(text);
    expect(bytes.length).toBe(UNICODE_STRING.size);
    expect(bytes.readUInt16LE(0)).toBe(text.length * 2);
    const [units] = keeps as [Buffer];
    // Read through the pointer itself, as NT would.
    const pointer = bytes.readBigUInt64LE(UNICODE_STRING.offset.Buffer);
    expect(pointer).toBe(text === "" ? 0n : addressOf(units));
    if (text !== "") expect(Buffer.from(koffi.decode(pointer, "uint8", units.length)).equals(units)).toBe(true);
  });

  it("refuse what 16 bits cannot count", () => {
    expect(() => unicodeString("x".repeat(32_768))).toThrow(RangeError);
  });
});

describe("OBJECT_ATTRIBUTES", () => {
  it("points to its name", () => {
    const { bytes, keeps } = objectAttributes("\\Device", 0x40);
    const [name] = keeps as [{ bytes: Buffer }];
    expect(bytes.length).toBe(OBJECT_ATTRIBUTES.size);
    expect(bytes.readUInt32LE(0)).toBe(OBJECT_ATTRIBUTES.size);
    expect(bytes.readUInt32LE(OBJECT_ATTRIBUTES.offset.Attributes)).toBe(0x40);
    expect(bytes.readBigUInt64LE(OBJECT_ATTRIBUTES.offset.ObjectName)).toBe(addressOf(name.bytes));
  });
});

describe("stringWithin", () => {
  it("answers undefined for what is not in the buffer", () => {
    const buffer = Buffer.alloc(32);
    expect(stringWithin(buffer, 0n, 0)).toBe("");
    buffer.writeUInt16LE(4, 0);
    expect(stringWithin(buffer, 0n, 0)).toBeUndefined();
    buffer.writeBigUInt64LE(0x1000n + 30n, 8);
    expect(stringWithin(buffer, 0x1000n, 0)).toBeUndefined();
    buffer.writeBigUInt64LE(0x1000n + 28n, 8);
    expect(stringWithin(buffer, 0x1000n, 0)).toBe("\0\0");
    expect(stringWithin(buffer, 0x1000n, 24)).toBeUndefined();
    expect(stringWithin(buffer, 0x1000n, -1)).toBeUndefined();
  });
});
