/** Strings as wdm.h, ntifs.h and ntstrsafe.h say, and any bytes at all. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  STATUS_BUFFER_OVERFLOW,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_NAME_TOO_LONG,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { TestDdk } from "../wdk/testDdk";

describe("UNICODE_STRING", () => {
  it("is initialised from a text that ends with NUL", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const string = rig.scratch(16);
    ddk.RtlInitUnicodeString(string, rig.text("abc"));
    expect([ddk.unicodeString(string), kernel.mem.readU16(string + 2)]).toEqual(["abc", 8]);
    ddk.RtlInitUnicodeString(string, 0);
    expect([kernel.mem.readU32(string), kernel.mem.readPointer(string + 8)]).toEqual([0, 0]);
    const long = rig.text("x".repeat(0x8000));
    expect(ddk.RtlInitUnicodeStringEx(string, long)).toBe(STATUS_NAME_TOO_LONG);
    ddk.RtlInitUnicodeString(string, long);
    expect([kernel.mem.readU16(string), kernel.mem.readU16(string + 2)]).toEqual([0xfffc, 0xfffe]);
    ddk.RtlInitAnsiString(string, rig.text("abc", true));
    expect([kernel.mem.readU16(string), kernel.mem.readU16(string + 2)]).toEqual([3, 4]);
  });

  it("takes as much as it has room for when it is copied, and all or nothing when it is appended to", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const string = rig.string("", 5);
    ddk.RtlCopyUnicodeString(string, rig.string("abcdefgh"));
    expect(ddk.unicodeString(string)).toBe("abcde");
    ddk.RtlCopyUnicodeString(string, "ab");
    expect(ddk.RtlAppendUnicodeStringToString(string, rig.string("cd"))).toBe(STATUS_SUCCESS);
    expect(ddk.memory.readU16(ddk.memory.readPointer(string + 8) + 8)).toBe(0);
    expect(ddk.RtlAppendUnicodeToString(string, rig.text("ef"))).toBe(STATUS_BUFFER_TOO_SMALL);
    expect(ddk.RtlAppendUnicodeToString(string, 0)).toBe(STATUS_SUCCESS);
    expect(ddk.unicodeString(string)).toBe("abcd");
    ddk.RtlCopyUnicodeString(string, 0);
    expect(ddk.unicodeString(string)).toBe("");
  });

  it("is compared by code unit, with or without case, at an address or as text", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const compare = (a: string, b: string, ci = false) => Math.sign(ddk.RtlCompareUnicodeString(rig.string(a), b, ci));
    expect([compare("a", "b"), compare("b", "a"), compare("a", "A"), compare("a", "ab")]).toEqual([-1, 1, 1, -1]);
    expect([compare("straße", "STRAßE", true), compare("a", "B", true), compare("\u0131", "I", true)]).toEqual([
      0, -1, 1,
    ]);
    expect(ddk.RtlEqualUnicodeString("\\Device\\X", rig.string("\\DEVICE\\x"), true)).toBe(true);
    expect(ddk.RtlPrefixUnicodeString("\\device", rig.string("\\DEVICE\\x"), true)).toBe(true);
    expect(ddk.RtlPrefixUnicodeString("\\device", "\\DEVICE\\x", false)).toBe(false);
  });

  it("changes its case into a buffer that is allocated, or that is there", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const string = rig.scratch(16);
    expect(ddk.RtlUpcaseUnicodeString(string, "Große Σ", true)).toBe(STATUS_SUCCESS);
    expect(ddk.unicodeString(string)).toBe("GROßE Σ");
    expect(kernel.driverPool.leakedBy(rig.module)).toMatchObject([{ tag: "Strg", blocks: 1 }]);
    ddk.RtlFreeUnicodeString(string);
    ddk.RtlFreeUnicodeString(string);
    expect(kernel.driverPool.leakedBy(rig.module)).toEqual([]);
    expect(ddk.RtlDowncaseUnicodeString(rig.string("", 3), "ABCD", false)).toBe(STATUS_BUFFER_OVERFLOW);
    const lower = rig.string("", 9);
    ddk.RtlDowncaseUnicodeString(lower, "ÀΣЖ\u{1f600}I", false);
    expect(ddk.unicodeString(lower)).toBe("àσж\u{1f600}i");
    expect([ddk.RtlUpcaseUnicodeChar(0x61), ddk.RtlDowncaseUnicodeChar(0x41)]).toEqual([0x41, 0x61]);
  });

  it("is hashed by x65599", () => {
    const { ddk } = new TestDdk();
    const expected = (0x41 * 65_599 + 0x42) >>> 0;
    expect(ddk.RtlHashUnicodeString("ab", true, 1)).toEqual({ status: STATUS_SUCCESS, hash: expected });
    expect(ddk.RtlHashUnicodeString("ab", true, 0).hash).toBe(expected);
    expect(ddk.RtlHashUnicodeString("ab", true, 2).status).toBe(STATUS_INVALID_PARAMETER);
  });

  it("becomes ANSI and back", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const [ansi, wide] = [rig.scratch(16), rig.scratch(16)];
    expect(ddk.RtlUnicodeStringToAnsiString(ansi, "Größe", true)).toBe(STATUS_SUCCESS);
    expect([kernel.mem.readU16(ansi), ddk.RtlUnicodeStringToAnsiSize("Größe")]).toEqual([7, 8]);
    expect(ddk.RtlAnsiStringToUnicodeString(wide, ansi, true)).toBe(STATUS_SUCCESS);
    expect([ddk.unicodeString(wide), ddk.RtlAnsiStringToUnicodeSize(ansi)]).toEqual(["Größe", 12]);
    ddk.RtlFreeAnsiString(ansi);
    const small = rig.string("", 2);
    expect(ddk.RtlUnicodeStringToAnsiString(small, "abcdef", false)).toBe(STATUS_BUFFER_OVERFLOW);
    expect(kernel.mem.readBytes(kernel.mem.readPointer(small + 8), 4)).toEqual(Uint8Array.from([97, 98, 99, 0]));
  });
});

describe("numbers and GUIDs", () => {
  it.each([
    ["  -12x", 10, 0xffff_fff4],
    ["0x1F", 0, 0x1f],
    ["0x1F", 16, 0],
    ["0b101", 0, 5],
    ["0o17", 0, 15],
    ["017", 0, 17],
    ["4294967297", 10, 1],
    ["", 0, 0],
    ["zz", 10, 0],
    ["\u0663", 10, 0],
  ])("RtlUnicodeStringToInteger(%j, %d)", (text, base, value) => {
    const { ddk } = new TestDdk();
    expect(ddk.RtlUnicodeStringToInteger(text, base)).toEqual({ status: STATUS_SUCCESS, value });
  });

  it("are written in the bases that there are, where there is room", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const string = rig.string("", 20);
    const written = (value: bigint | number, base: number) => {
      const status =
        typeof value === "bigint"
          ? ddk.RtlInt64ToUnicodeString(value, base, string)
          : ddk.RtlIntegerToUnicodeString(value, base, string);
      return status === STATUS_SUCCESS ? ddk.unicodeString(string) : status;
    };
    expect([written(255, 16), written(-1, 10), written(0, 0), written(8, 8)]).toEqual(["FF", "4294967295", "0", "10"]);
    expect([written(-1n, 10), written(1, 3)]).toEqual(["18446744073709551615", STATUS_INVALID_PARAMETER]);
    expect(written(-1, 2)).toBe(STATUS_BUFFER_OVERFLOW);
    expect(ddk.RtlUnicodeStringToInteger("1", 7).status).toBe(STATUS_INVALID_PARAMETER);
  });

  it("GUIDs become text and back, and any other text is refused", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const [guid, string] = [rig.scratch(16), rig.scratch(16)];
    const text = "{01020304-0506-0708-090A-0B0C0D0E0F0A}";
    expect(ddk.RtlGUIDFromString(text.toLowerCase(), guid)).toBe(STATUS_SUCCESS);
    ddk.RtlStringFromGUID(guid, string);
    expect(ddk.unicodeString(string)).toBe(text);
    for (const bad of ["", text.slice(1), `${text} `, text.replace("A", "G"), text.replaceAll("-", "")]) {
      expect(ddk.RtlGUIDFromString(bad, guid)).toBe(STATUS_INVALID_PARAMETER);
    }
  });
});

describe("ntstrsafe", () => {
  it("prints, copies and appends within the buffer, with a NUL", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const at = rig.scratch(64);
    const wide = () => kernel.mem.readUtf16(at, 64).split("\0")[0];
    expect(ddk.RtlStringCchPrintfW(at, 32, "%s %S %d %hs", "wide", rig.text("narrow", true), -5, "h")).toBe(0);
    expect(wide()).toBe("wide narrow -5 h");
    expect(ddk.RtlStringCbPrintfW(at, 9, "%d", 123_456)).toBe(STATUS_BUFFER_OVERFLOW);
    expect(wide()).toBe("123");
    expect(ddk.RtlStringCchCopyW(at, 4, rig.text("abcdef"))).toBe(STATUS_BUFFER_OVERFLOW);
    expect([wide(), ddk.RtlStringCchCatW(at, 6, "xy"), wide()]).toEqual(["abc", 0, "abcxy"]);
    expect(ddk.RtlStringCbCatW(at, 12, "z")).toBe(STATUS_BUFFER_OVERFLOW);
    expect(ddk.RtlStringCchCopyNW(at, 9, rig.text("abcdef"), 2)).toBe(0);
    expect([wide(), ddk.RtlStringCchLengthW(at, 9)]).toEqual(["ab", { status: 0, length: 2 }]);
    expect(ddk.RtlStringCbLengthW(at, 4).status).toBe(STATUS_INVALID_PARAMETER);
    expect(ddk.RtlStringCbPrintfA(at, 6, rig.text("%s!", true), "über")).toBe(STATUS_BUFFER_OVERFLOW);
    expect(ddk.RtlStringCchLengthA(at, 9)).toEqual({ status: 0, length: 5 });
    expect(ddk.RtlStringCchPrintfW(at, 0, "x")).toBe(STATUS_INVALID_PARAMETER);
    expect(ddk.RtlStringCchCopyA(at, 2 ** 31, "x")).toBe(STATUS_INVALID_PARAMETER);
  });

  it("prints more than one DbgPrint line takes", () => {
    const rig = new TestDdk();
    const at = rig.scratch(4000);
    expect(rig.ddk.RtlStringCchPrintfW(at, 2000, "%s%1000d", "x".repeat(900), 7)).toBe(0);
    expect(rig.ddk.RtlStringCchLengthW(at, 2000).length).toBe(1900);
  });

  it("takes any format and any text, and stays within the buffer", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), fc.nat(40), (format, text, size) => {
        const rig = new TestDdk();
        const { ddk, kernel } = rig;
        const at = rig.scratch(128);
        kernel.mem.fill(at, 128, 0xcc);
        const directives = `%${format.replaceAll("*", "")}`;
        for (const print of [ddk.RtlStringCchPrintfW, ddk.RtlStringCchPrintfA]) {
          const status = print(at, size, directives, text, 7, text);
          expect([STATUS_SUCCESS, STATUS_BUFFER_OVERFLOW, STATUS_INVALID_PARAMETER]).toContain(status);
        }
        ddk.RtlStringCchCopyW(at, size, text);
        ddk.RtlStringCchCatW(at, size, format);
        ddk.RtlUnicodeStringToInteger(text, 0);
        expect(ddk.RtlGUIDFromString(text, at + 100)).toBe(STATUS_INVALID_PARAMETER);
        expect(kernel.mem.readBytes(at + size * 2, 128 - size * 2).every((byte) => byte === 0xcc)).toBe(true);
      }),
      { numRuns: 150, seed: 9 },
    );
  });
});

describe("bad addresses", () => {
  it.each([-0x1000, 2 ** 60, Number.NaN, 0x10_0000])("%d is a fault, and no error of the host's", (bad) => {
    const calls: ((rig: TestDdk) => unknown)[] = [
      ({ ddk }) => ddk.RtlInitUnicodeString(bad, bad),
      ({ ddk }) => ddk.RtlCopyUnicodeString(bad, "x"),
      ({ ddk }) => ddk.RtlUpcaseUnicodeString(bad, bad, true),
      ({ ddk }) => ddk.RtlAnsiStringToUnicodeString(bad, bad, false),
      ({ ddk }) => ddk.RtlStringCchCopyW(bad, 10, "x"),
      ({ ddk }) => ddk.RtlStringCchPrintfW(bad, 10, bad),
      ({ ddk }) => ddk.RtlStringFromGUID(bad, bad),
      ({ ddk }) => ddk.RtlSetBits(bad, 0, 9),
      ({ ddk }) => ddk.RtlInsertElementGenericTableAvl(bad, bad, 8),
      ({ ddk }) => ddk.RtlTimeToTimeFields(bad, bad),
    ];
    for (const call of calls) {
      const rig = new TestDdk();
      expect(["PAGE_FAULT_IN_NONPAGED_AREA", "SYSTEM_SERVICE_EXCEPTION"]).toContain(rig.stopOf(() => call(rig)).name);
    }
  });
});
