import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dosPathToNtPath, parseUserPath, reservedDeviceIn } from "./dosPath";
import { baseName, isWithin, joinPath, parentPath, splitPath } from "./ntPath";
import { hasHiddenCharacters, visibleText } from "./visibleText";

/** Any UTF-16, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x5c, 0x2f, 0x2e, 0x3f, 0x3a, 0x20, 0x43)))
  .map((units) => String.fromCharCode(...units));

function nt(path: string): string {
  const parsed = parseUserPath(path);
  return parsed.ok ? parsed.value.ntPath : parsed.error.name;
}

describe("paths that a person types", () => {
  it.each([
    ["\\", "\\"],
    ["\\Device\\Null", "\\Device\\Null"],
    ["\\??\\C:", "\\??\\C:"],
    ["\\Dir\\", "\\Dir\\"],
    ["\\\\.\\Example", "\\??\\Example"],
    ["\\\\.\\Example\\", "\\??\\Example\\"],
    ["//./Example", "\\??\\Example"],
    ["\\\\.\\Example\\sub/x", "\\??\\Example\\sub\\x"],
    ["\\\\.\\a\\..\\..\\b", "\\??\\b"],
    ["\\\\.", "\\??\\"],
    ["\\\\.\\", "\\??\\"],
    ["\\\\.\\a\\..\\b\\.\\c", "\\??\\b\\c"],
    ["\\\\.\\x. ", "\\??\\x"],
    ["\\\\?\\Example\\..\\x/y", "\\??\\Example\\..\\x/y"],
    ["\\\\?\\GLOBALROOT\\Device\\Null", "\\??\\GLOBALROOT\\Device\\Null"],
    ["\\\\?\\C:\\a.", "\\??\\C:\\a."],
    ["C:", "\\??\\C:"],
    ["C:\\", "\\??\\C:\\"],
    ["c:/Windows/./System32\\..\\x. .", "\\??\\c:\\Windows\\x"],
    ["C:\\a.\\b", "\\??\\C:\\a\\b"],
    ["\\\\server\\share\\f", "\\??\\UNC\\server\\share\\f"],
    ["NUL", "\\??\\NUL"],
    ["nul:", "\\??\\nul"],
    ["C:\\dir\\con.txt", "\\??\\con"],
    ["COM1", "\\??\\COM1"],
    ["CONOUT$", "\\??\\CONOUT$"],
    ['"C:\\Program Files"', "\\??\\C:\\Program Files"],
  ])("%s becomes %s", (typed, expected) => {
    expect(nt(typed)).toBe(expected);
  });

  it.each(["", "Device", "C:x", "/Device", "..\\x", "\\\\", "."])("refuses %j with a sentence", (typed) => {
    const parsed = parseUserPath(typed);
    expect(parsed).toMatchObject({ ok: false, error: { domain: "nt", name: "STATUS_OBJECT_PATH_SYNTAX_BAD" } });
    if (!parsed.ok) expect(parsed.error.message).toMatch(/\.(\.\.)?$/);
  });

  it("refuses what a UNICODE_STRING cannot hold", () => {
    expect(nt(`\\\\.\\${"x".repeat(40_000)}`)).toBe("STATUS_NAME_TOO_LONG");
  });

  it.each([
    ["\\??\\X", "\\??\\X"],
    ["\\\\.\\Example", "\\??\\Example"],
    ["\\\\?\\C:\\a\\..\\b. ", "\\??\\C:\\a\\..\\b. "],
    ["C:\\a\\..\\b", "\\??\\C:\\b"],
    ["C:\\a\\b. . ", "\\??\\C:\\a\\b"],
    ["c:/a//b\\", "\\??\\c:\\a\\b\\"],
    ["C:\\..\\..\\x", "\\??\\C:\\x"],
    ["C:", "\\??\\C:\\Windows\\System32"],
    ["C:x", "\\??\\C:\\Windows\\System32\\x"],
    ["D:", "\\??\\D:\\"],
    ["D:x", "\\??\\D:\\x"],
    ["\\x", "\\??\\C:\\x"],
    ["/x", "\\??\\C:\\x"],
    ["x", "\\??\\C:\\Windows\\System32\\x"],
    ["..\\x", "\\??\\C:\\Windows\\x"],
    [".", "\\??\\C:\\Windows\\System32"],
    ["nul.txt", "\\??\\nul"],
    ["C:\\dir\\con ", "\\??\\con"],
    ["COM1:", "\\??\\COM1"],
    ["nullable", "\\??\\C:\\Windows\\System32\\nullable"],
  ])("%s in C:\\Windows\\System32 becomes %s", (path, ntPath) => {
    expect(dosPathToNtPath(path, "C:\\Windows\\System32")).toMatchObject({ ok: true, value: { ntPath } });
  });

  it.each(["", "  "])("refuses %j in any directory", (path) => {
    expect(dosPathToNtPath(path, "C:\\")).toMatchObject({ error: { name: "STATUS_OBJECT_PATH_SYNTAX_BAD" } });
  });

  it("does not take NULL or COM10 for reserved names", () => {
    expect(["NULL", "COM10", "CONSOLE", "COM0"].map(reservedDeviceIn)).toEqual(new Array(4).fill(undefined));
  });

  it("takes any text, and answers an NT path or an error with a sentence", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const parsed of [parseUserPath(text), dosPathToNtPath(text), dosPathToNtPath(text, "C:\\Windows")]) {
          if (parsed.ok) expect(parsed.value.ntPath.startsWith("\\")).toBe(true);
          else expect(parsed.error.message.length).toBeGreaterThan(10);
        }
      }),
    );
  });

  it("leaves NT paths alone whatever they hold", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(!/^[\\/]/.test(text) && !text.endsWith('"'));
        expect(nt(`\\${text}`)).toBe(`\\${text}`);
      }),
    );
  });
});

describe("the parts of an NT path", () => {
  it("splits, joins and climbs", () => {
    expect(splitPath("\\")).toEqual([]);
    expect(splitPath("\\Device\\Null")).toEqual(["Device", "Null"]);
    expect(splitPath("\\A\\\\B")).toEqual(["A", "", "B"]);
    expect(joinPath("\\", "Device")).toBe("\\Device");
    expect(joinPath("\\Device", "Null")).toBe("\\Device\\Null");
    expect([parentPath("\\Device\\Null"), parentPath("\\Device"), parentPath("\\")]).toEqual(["\\Device", "\\", "\\"]);
    expect([baseName("\\Device\\Null"), baseName("\\")]).toEqual(["Null", ""]);
  });

  it("knows what lies below what", () => {
    expect(isWithin("\\device\\Null", "\\Device")).toBe(true);
    expect(isWithin("\\Device", "\\Device")).toBe(true);
    expect(isWithin("\\DeviceX", "\\Device")).toBe(false);
    expect(isWithin("\\Device", "\\")).toBe(true);
  });

  it("puts together what it took apart", () => {
    fc.assert(
      fc.property(
        fc.array(
          anyText.map((text) => text.replaceAll("\\", "x") || "y"),
          { minLength: 1 },
        ),
        (names) => {
          const path = names.reduce(joinPath, "\\");
          expect(splitPath(path)).toEqual(names);
          expect(baseName(path)).toBe(names.at(-1));
          expect(splitPath(parentPath(path))).toEqual(names.slice(0, -1));
        },
      ),
    );
  });
});

describe("names as visible text", () => {
  it.each([
    ["a\0b", "a␀b"],
    ["\u001b[31m", "␛[31m"],
    ["a\u202Eb", "a\\u{202E}b"],
    ["\ud800x", "\\u{D800}x"],
    ["x ", "x␠"],
    [" a b", "␠a b"],
    ["\u0085", "\\u{0085}"],
    ["a\u00a0b", "a\\u{00A0}b"],
    ["\u007f", "␡"],
    ["zero\u200bwidth", "zero\\u{200B}width"],
    ["Ünïcode 日本 😀", "Ünïcode 日本 😀"],
  ])("%j shows as %s", (raw, shown) => {
    expect(visibleText(raw)).toBe(shown);
    expect(hasHiddenCharacters(raw)).toBe(raw !== shown);
  });

  it("never leaves a control, a bidirectional mark or half a surrogate pair", () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const shown = visibleText(raw);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(visibleText(shown)).toBe(shown);
      }),
    );
  });
});
