import { describe, expect, it } from "vitest";
import type { FieldValue, StructureDump } from "../../../preload/shared";
import { changedFields, offsetText, rowText, structureRows, targetOf } from "./structureRows";

const address = (hex: string, more: { structure?: string; symbol?: string } = {}): FieldValue => ({
  kind: "address",
  address: hex,
  ...more,
});

function dump(count: number, routines = ["0xFFFFF80000001000", "0xFFFFF80000001000"]): StructureDump {
  const rows = routines.map((hex, index): FieldValue[] => [
    { kind: "number", value: index },
    address(hex, { symbol: "example!Dispatch" }),
  ]);
  return {
    type: "DRIVER_OBJECT",
    size: 336,
    address: "0xFFFFE00000000000",
    fields: [
      {
        offset: 4,
        name: "ReferenceCount",
        type: "i32",
        meaning: "handles",
        value: { value: { kind: "number", value: count } },
      },
      {
        offset: 0x70,
        name: "MajorFunction",
        type: "pointer[2]",
        meaning: "dispatch routines",
        value: { value: { kind: "table", columns: ["Index", "Value"], rows } },
      },
    ],
  };
}

describe("a structure's rows", () => {
  it("fold an array into one, and unfold it into its elements at their offsets", () => {
    expect(structureRows(dump(1), new Set()).map((row) => [row.key, rowText(row)])).toEqual([
      ["ReferenceCount", "1"],
      ["MajorFunction", "2 elements"],
    ]);
    const unfolded = structureRows(dump(1), new Set(["MajorFunction"])).slice(2);
    expect(unfolded.map((row) => [row.key, row.offset, rowText(row)])).toEqual([
      ["MajorFunction[0]", 0x70, "0xFFFFF80000001000 example!Dispatch"],
      ["MajorFunction[1]", 0x78, "0xFFFFF80000001000 example!Dispatch"],
    ]);
  });

  it("have WinDbg's offsets", () => {
    expect([offsetText(0), offsetText(0xc8), offsetText(0x1234)]).toEqual(["+0x000", "+0x0c8", "+0x1234"]);
  });
});

describe("what changed", () => {
  it("is named, an array with the element in it", () => {
    expect(changedFields(dump(1), dump(1))).toEqual(new Set());
    expect(changedFields(dump(1), dump(2))).toEqual(new Set(["ReferenceCount"]));
    expect(changedFields(dump(1), dump(1, ["0xFFFFF80000001000", "0xFFFFF80000002000"]))).toEqual(
      new Set(["MajorFunction", "MajorFunction[1]"]),
    );
  });

  it("is nothing at another place", () => {
    expect(changedFields({ ...dump(1), address: "0xFFFFE00000009999" }, dump(2))).toEqual(new Set());
    expect(changedFields(undefined, dump(2))).toEqual(new Set());
  });
});

describe("a pointer", () => {
  const target = (value: FieldValue) =>
    targetOf({ key: "x", name: "x", type: "pointer", meaning: "", isElement: false, value: { value } });

  it("leads to its structure, known or not", () => {
    expect(target(address("0xFFFFE00000001230", { structure: "IRP" }))).toEqual({
      address: "0xFFFFE00000001230",
      structure: "IRP",
    });
    expect(target(address("0xFFFFE00000001230"))?.structure).toBeUndefined();
    expect(target(address("0xFFFFE00000001230", { symbol: "\\Device\\X!" }))).toBeDefined();
  });

  it("leads nowhere from NULL, from code, and from what is no address", () => {
    expect(target(address("0x0000000000000000"))).toBeUndefined();
    expect(target(address("0xFFFFF80000001000", { symbol: "example!Dispatch" }))).toBeUndefined();
    expect(target(address("not canonical"))).toBeUndefined();
    expect(target({ kind: "number", value: 5 })).toBeUndefined();
  });
});
