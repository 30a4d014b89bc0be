import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFromBigInt } from "./address";
import { BufferMemory } from "./byteMemory";
import { flagTable } from "./flags";
import { readField, structure } from "./structure";
import { IRP } from "./structures/irp";
import { LIST_ENTRY } from "./structures/lists";
import { UNICODE_STRING } from "./structures/strings";

const colours = flagTable({ RED: [1, "red"], BLUE: [2, "blue"] });
const SAMPLE = structure("SAMPLE", 0x50, {
  Byte: [0x0, "u8", "byte"],
  SignedByte: [0x1, "i8", "signed byte"],
  Short: [0x2, "u16", "short"],
  SignedShort: [0x4, "i16", "signed short"],
  Letter: [0x6, "wchar", "UTF-16 code unit"],
  Int: [0x8, "u32", "int", colours],
  SignedInt: [0xc, "i32", "signed int"],
  Long: [0x10, "u64", "long"],
  SignedLong: [0x18, "i64", "signed long"],
  Pointer: [0x20, "pointer", "pointer"],
  Name: [0x28, UNICODE_STRING, "nested"],
  Table: [0x38, ["u16", 4], "array"],
  Links: [0x40, [LIST_ENTRY, 1], "array of structures"],
});
const BASE = -0x800_0000_0000;

function sample() {
  const memory = new BufferMemory(SAMPLE.size, BASE);
  return { memory, view: SAMPLE.view(memory, BASE) };
}

describe("structure", () => {
  it("knows offsets, also of nested fields", () => {
    expect(SAMPLE.offset.Int).toBe(8);
    expect(SAMPLE.offset["Name.Buffer"]).toBe(0x30);
    expect(IRP.offset["IoStatus.Information"]).toBe(0x38);
    expect(SAMPLE.fields.map(({ name }) => name).slice(0, 2)).toEqual(["Byte", "SignedByte"]);
    expect(SAMPLE.fields.find(({ name }) => name === "Int")?.names).toBe(colours);
    expect(SAMPLE.fields.find(({ name }) => name === "Table")?.size).toBe(8);
  });

  it("refuses a field outside the structure", () => {
    expect(() => structure("BAD", 4, { A: [1, "u32", "too far"] })).toThrow("BAD.A lies outside 4 bytes");
  });

  it("reads back what was written, at the address of the field and nowhere else", () =>
    fc.assert(
      fc.property(
        fc.record({
          Byte: fc.nat(0xff),
          SignedByte: fc.integer({ min: -128, max: 127 }),
          Short: fc.nat(0xffff),
          SignedShort: fc.integer({ min: -32768, max: 32767 }),
          Letter: fc.nat(0xffff),
          Int: fc.nat(0xffff_ffff),
          SignedInt: fc.integer(),
          Long: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
          SignedLong: fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
          Pointer: fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 }),
        }),
        (values) => {
          const { memory, view } = sample();
          Object.assign(view, values);
          for (const [name, value] of Object.entries(values)) expect(view[name as keyof typeof values]).toBe(value);
          expect(memory.readBytes(BASE + 0x28, SAMPLE.size - 0x28).every((byte) => byte === 0)).toBe(true);
          expect(addressFromBigInt(memory.readU64(BASE + SAMPLE.offset.Pointer))).toBe(values.Pointer);
        },
      ),
    ));

  it("cuts integers to the width of the field", () => {
    const { view } = sample();
    view.Byte = 0x1ff;
    view.Long = -1n;
    expect(view.Byte).toBe(0xff);
    expect(view.Long).toBe(0xffff_ffff_ffff_ffffn);
    expect(view.SignedByte).toBe(0);
  });

  it("gives views of nested structures and of arrays", () => {
    const { memory, view } = sample();
    view.Name.Length = 12;
    expect(memory.readU16(BASE + 0x28)).toBe(12);
    view.Table.set(3, 7);
    expect(view.Table.get(3)).toBe(7);
    expect(memory.readU16(BASE + 0x3e)).toBe(7);
    expect(view.Table.length).toBe(4);
    view.Links.get(0).Blink = BASE;
    expect(memory.readPointer(BASE + 0x48)).toBe(BASE);
    expect(() => view.Table.get(4)).toThrow(RangeError);
    expect(() => view.Table.set(-1, 0)).toThrow(RangeError);
    expect(() => view.Links.set(0, view.Links.get(0))).toThrow(TypeError);
  });

  it("reads a field by its description, for dumps", () => {
    const { memory, view } = sample();
    view.SignedInt = -5;
    const field = SAMPLE.fields.find(({ name }) => name === "SignedInt");
    expect(field && readField(memory, BASE, field)).toBe(-5);
  });
});

describe("BufferMemory", () => {
  it("says which address lies outside", () => {
    const memory = new BufferMemory(8, BASE);
    expect(() => memory.readU32(BASE + 5)).toThrow("0xFFFFF80000000005 + 4 is outside the 8 bytes");
    expect(() => memory.readU8(BASE - 1)).toThrow(RangeError);
    expect(() => memory.readU8(Number.NaN)).toThrow(RangeError);
    expect(() => memory.writeBytes(BASE, new Uint8Array(9))).toThrow(RangeError);
  });

  it("copies bytes out", () => {
    const memory = new BufferMemory(Uint8Array.of(1, 2, 3), 0x1000);
    const copy = memory.readBytes(0x1001, 2);
    memory.writeU8(0x1001, 9);
    expect([...copy]).toEqual([2, 3]);
  });
});
