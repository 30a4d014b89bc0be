import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEBUG_PRINT_LIMIT, formatMessage } from "./formatMessage";
import { type TextKind, type TextMemory, type VaList, ValueVaList } from "./vaList";

function print(format: string, ...values: unknown[]): string {
  return formatMessage(format, new ValueVaList(values, undefined)).text;
}

describe("formatMessage", () => {
  it.each<[string, unknown[], string]>([
    ["plain\n", [], "plain\n"],
    ["%d %i %u", [-1, 7, -1], "-1 7 4294967295"],
    ["%x %X %o", [0xabcdef, 0xabcdef, 8], "abcdef ABCDEF 10"],
    ["%#x %#X %#o %#x", [255, 255, 8, 0], "0xff 0XFF 010 0"],
    ["%5d|%-5d|%05d|%+d|% d", [42, 42, -42, 42, 42], "   42|42   |-0042|+42| 42"],
    ["%.3d|%8.3d|%08.3d|%.0d|", [5, 5, 5, 0], "005|     005|     005||"],
    ["%*d|%*d|%.*d", [4, 7, -4, 7, 3, 7], "   7|7   |007"],
    ["%I64d %lld %I64x", [-(2n ** 63n), 2 ** 40, -1n], "-9223372036854775808 1099511627776 ffffffffffffffff"],
    ["%ld %hd %hu %Id %zu", [2 ** 32 + 5, 70000, -1, -3, 9], "5 4464 65535 -3 9"],
    ["%p|%20p", [-0x80000000000, 0x1000], "FFFFF80000000000|    0000000000001000"],
    ["%c%c%C", [65, 0x142, 0x142], "ABł"],
    ["%s|%S|%ws|%ls|%hs", ["a", "b", "c", "d", "e"], "a|b|c|d|e"],
    ["%wZ|%Z|%lZ|%hZ", ["\\Device\\X", "ansi", "w", "h"], "\\Device\\X|ansi|w|h"],
    ["%s|%wZ|%.3s", [null, 0, undefined], "(null)|(null)|(nu"],
    ["%10s|%-10s|%.2s|%05s", ["ab", "ab", "abcd", "x"], "        ab|ab        |ab|0000x"],
    ["100%%", [], "100%"],
    ["%y %", [], "y "],
    ["%s", ["cut\0here"], "cut"],
  ])("prints %j", (format, values, expected) => {
    expect(print(format, ...values)).toBe(expected);
  });

  it("case 107: transmits at most 512 bytes of one call, counted in UTF-8", () => {
    const long = formatMessage("%s tail", new ValueVaList(["x".repeat(600)], undefined));
    expect(long).toMatchObject({ bytes: DEBUG_PRINT_LIMIT, truncated: true });
    const wide = formatMessage("%ws", new ValueVaList(["ł".repeat(300)], undefined));
    expect(wide.text).toBe("ł".repeat(256));
    const odd = formatMessage("a%ws", new ValueVaList(["ł".repeat(300)], undefined));
    expect(odd).toMatchObject({ text: `a${"ł".repeat(255)}`, bytes: 511 });
    expect(formatMessage("x".repeat(512), new ValueVaList([], undefined)).truncated).toBe(false);
    expect(print("%2000000000d", 1)).toBe(" ".repeat(512));
    expect(print("%.2000000000d", 1)).toBe("0".repeat(512));
  });

  it("case 108: has no floating point, and %n writes nothing", () => {
    expect(print("%f %e %g %5.2f %d", 7)).toBe("f e g f 7");
    expect(print("%n%d", 0xdead, 3)).toBe("3");
  });

  it("case 108: says when a letter for UTF-16 was used", () => {
    for (const format of ["%wZ", "%ws", "%S", "%C", "%lc", "%wc", "%ls", "%lZ"]) {
      expect(formatMessage(format, new ValueVaList(["x"], undefined)).usesUnicode, format).toBe(true);
    }
    for (const format of ["%Z", "%s", "%hS", "%hC", "%c", "%d", "S"]) {
      expect(formatMessage(format, new ValueVaList(["x"], undefined)).usesUnicode, format).toBe(false);
    }
  });

  it("reads pointers through the memory, no further than needed", () => {
    const asked: [number, TextKind, number][] = [];
    const memory: TextMemory = {
      readText(address, kind, maxUnits) {
        asked.push([address, kind, maxUnits]);
        return "text".slice(0, maxUnits);
      },
    };
    expect(formatMessage("%s %.2ws %wZ", new ValueVaList([16, 32, 48], memory)).text).toBe("text te text");
    expect(asked).toEqual([
      [16, "ansi", 513],
      [32, "wide", 2],
      [48, "unicodeString", 513],
    ]);
  });

  it("counts the arguments that are missing and prints zeros for them", () => {
    const list = new ValueVaList([1], undefined);
    expect(formatMessage("%d %d %s", list).text).toBe("1 0 (null)");
    expect(list.missing).toBe(2);
  });

  const directive = fc
    .tuple(
      fc.constantFrom("", "-", "0", "+", " ", "#", "-0", "+#"),
      fc.constantFrom("", "5", "*", "99999999999", "-3"),
      fc.constantFrom("", ".", ".2", ".*", ".99999999999"),
      fc.constantFrom("", "h", "l", "ll", "w", "I", "I64", "I32", "z"),
      fc.constantFrom(..."diuxXopcCsSZnfegay%", ""),
    )
    .map((parts) => `%${parts.join("")}`);
  const format = fc.array(fc.oneof(directive, fc.string({ unit: "binary" })), { maxLength: 8 }).map((p) => p.join(""));

  it("never throws, never passes 512 bytes, never takes more than the directives ask for", () => {
    fc.assert(
      fc.property(format, fc.array(fc.anything({ withBigInt: true })), (text, values) => {
        let taken = 0;
        const inner = new ValueVaList(values, undefined);
        const list: VaList = {
          nextInteger: (bits, signed) => {
            taken += 1;
            return inner.nextInteger(bits, signed);
          },
          nextText: (kind, maxUnits) => {
            taken += 1;
            return inner.nextText(kind, maxUnits);
          },
        };
        const message = formatMessage(text, list);
        // Less only where two lone surrogates, counted singly, came to stand beside each other.
        expect(new TextEncoder().encode(message.text).length).toBeLessThanOrEqual(message.bytes);
        expect(message.bytes).toBeLessThanOrEqual(DEBUG_PRINT_LIMIT);
        // Each directive takes at most a width, a precision and a value.
        expect(taken).toBeLessThanOrEqual(3 * (text.split("%").length - 1));
      }),
      { numRuns: 2000, seed: 108 },
    );
  });
});
