import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAccess, formatAccess, genericMappingOf, mapGenericAccess, parseAccess } from "./access";
import { objectRights } from "./objectRights";

const GENERIC_BITS = 0xf0000000;

describe("access masks", () => {
  it("decodes by type", () => {
    expect(decodeAccess("Event", 0x100001).map(({ name }) => name)).toEqual(["EVENT_QUERY_STATE", "SYNCHRONIZE"]);
    expect(decodeAccess("File", 0x80000002).map(({ name }) => name)).toEqual(["FILE_WRITE_DATA", "GENERIC_READ"]);
    expect(decodeAccess("Directory", 0x100).map(({ name }) => name)).toEqual(["0x00000100"]);
    expect(decodeAccess("NoSuchType", 3).map(({ name }) => name)).toEqual(["0x00000001", "0x00000002"]);
    expect(decodeAccess("__proto__", 1).map(({ name }) => name)).toEqual(["0x00000001"]);
  });

  it("formats", () => {
    expect(formatAccess("Event", 0x1f0003)).toBe("EVENT_ALL_ACCESS");
    expect(formatAccess("SymbolicLink", 1)).toBe("SYMBOLIC_LINK_QUERY");
    expect(formatAccess("Event", 0)).toBe("0");
  });

  it("loses no bit, for any type and mask; what it formats it parses", () =>
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(objectRights)), fc.nat(0xffff_ffff), (type, mask) => {
        expect(decodeAccess(type, mask).reduce((sum, { bit }) => (sum | bit) >>> 0, 0)).toBe(mask);
        expect(parseAccess(type, formatAccess(type, mask))).toBe(mask);
      }),
    ));

  it("maps generic rights away", () => {
    const mapping = genericMappingOf("File");
    expect(mapping && mapGenericAccess(mapping, 0xc0000000)).toBe(0x12019f);
    expect(mapping && mapGenericAccess(mapping, 0x10000000)).toBe(0x1f01ff);
    expect(mapping && mapGenericAccess(mapping, 0x2000000)).toBe(0x2000000);
    expect(genericMappingOf("NoSuchType")).toBeUndefined();
  });

  it("maps to valid rights only, for every type", () => {
    expect(Object.keys(objectRights).length).toBeGreaterThanOrEqual(20);
    for (const [type, { mapping, validAccess, rights }] of Object.entries(objectRights)) {
      const mapped = mapGenericAccess(mapping, GENERIC_BITS);
      expect(mapped & GENERIC_BITS, type).toBe(0);
      // SYNCHRONIZE is in the execute mapping of some types whose all-access lacks it.
      expect((mapped & ~validAccess & ~0x100000) >>> 0, type).toBe(0);
      expect(rights.flags.length, type).toBeGreaterThan(0);
    }
  });

  it("parses", () => {
    expect(parseAccess("File", "r")).toBe(0x80000000);
    expect(parseAccess("File", "rw")).toBe(0xc0000000);
    expect(parseAccess("File", "0")).toBe(0);
    expect(parseAccess("File", "FILE_READ_DATA | synchronize")).toBe(0x100001);
    expect(parseAccess("File", "file_all_access")).toBe(0x1f01ff);
    for (const text of ["", "|", "rq", "EVENT_QUERY_STATE", "0x1ffffffff", "-1", "constructor"]) {
      expect(parseAccess("File", text)).toBeUndefined();
    }
  });

  it("parses any text without throwing", () =>
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const mask = parseAccess("File", text);
        expect(mask === undefined || (mask >= 0 && mask <= 0xffff_ffff)).toBe(true);
      }),
    ));
});
