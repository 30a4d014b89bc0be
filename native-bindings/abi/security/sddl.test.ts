import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSddl } from "./sddl";
import { sddlText } from "./sddlText";
import { parseSecurityDescriptor } from "./securityDescriptor";
import { securityDescriptorBytes } from "./securityDescriptorBytes";
import { sidBytes, sidText } from "./sid";
import { sidAliases, sidOfAlias, wellKnownSidName, wellKnownSids } from "./wellKnownSids";

const DOMAIN = "S-1-5-21-1-2-3";

function read(text: string) {
  const { descriptor, error } = parseSddl(text, DOMAIN);
  if (descriptor === undefined) throw new Error(`${error.message} at ${error.at}`);
  return descriptor;
}

describe("sidBytes", () => {
  it.each(["S-1-5-18", "S-1-0x000100000002-7", "S-1-16-8192", "S-1-5-21-1-4294967295-3-500"])(
    "reads %s back",
    (text) => {
      expect(sidText(sidBytes(text) as Uint8Array)).toBe(text);
    },
  );

  it.each(["", "S-1", "S-2-5-18", "S-1-5-x", "S-1-5-4294967296", `S-1-5${"-1".repeat(16)}`, "S-1-5--1"])(
    "refuses %j",
    (text) => {
      expect(sidBytes(text)).toBeUndefined();
    },
  );

  it("reads every SID of the table, each there once", () => {
    for (const { sid } of wellKnownSids) expect(sidText(sidBytes(sid) as Uint8Array)).toBe(sid);
    expect(new Set(wellKnownSids.map(({ sid }) => sid)).size).toBe(wellKnownSids.length);
    expect(new Set(sidAliases).size).toBe(sidAliases.length);
  });
});

describe("the letters", () => {
  // "SID Strings" of the Windows SDK.
  it.each([
    ["SY", "S-1-5-18"],
    ["BA", "S-1-5-32-544"],
    ["BU", "S-1-5-32-545"],
    ["WD", "S-1-1-0"],
    ["AU", "S-1-5-11"],
    ["IU", "S-1-5-4"],
    ["RC", "S-1-5-12"],
    ["AC", "S-1-15-2-1"],
    ["OW", "S-1-3-4"],
    ["HI", "S-1-16-12288"],
    ["LA", `${DOMAIN}-500`],
    ["DU", `${DOMAIN}-513`],
  ])("%s are %s", (alias, sid) => {
    expect(sidOfAlias(alias, DOMAIN)).toBe(sid);
  });

  it("name accounts of a computer only where that is known", () => {
    expect(sidOfAlias("LA")).toBeUndefined();
    expect(parseSddl("O:LA").error?.message).toContain('"LA"');
    expect(wellKnownSidName("S-1-5-18")).toBe("NT AUTHORITY\\SYSTEM");
  });
});

describe("parseSddl", () => {
  // Each comes out as it went in.
  it.each([
    `O:AOG:${DOMAIN}-512D:(A;;CCDCLCSWRPWPRCWDWOGA;;;S-1-0-0)`,
    "D:P(A;;GA;;;SY)(A;;GXGWGR;;;BA)",
    "D:P(A;;GA;;;SY)(A;;GXGWGR;;;BA)(A;;GWGR;;;WD)(A;;GR;;;RC)",
    "O:BAG:SYD:PAI(D;OICINPIO;FA;;;AN)(A;ID;0x1201bf;;;BU)S:(AU;SAFA;KA;;;WD)(ML;;NWNR;;;HI)",
    "D:NO_ACCESS_CONTROL",
    "D:",
    "D:P",
    "D:(OA;;RP;bf967aba-0de6-11d0-a285-00aa003049e2;;PS)(OD;;WP;;bf967aba-0de6-11d0-a285-00aa003049e2;AU)",
    "",
  ])("reads %j", (text) => {
    const descriptor = read(text);
    expect(sddlText(descriptor)).toBe(text);
    const bytes = securityDescriptorBytes(descriptor);
    expect(parseSecurityDescriptor(bytes)).toEqual(descriptor);
  });

  it("reads rights as letters, hexadecimal, octal and decimal", () => {
    const mask = (rights: string) => read(`D:(A;;${rights};;;SY)`).dacl?.[0]?.mask;
    expect(["GRGW", "0xC0000000", "3", "010", "FR", "FRFW", ""].map(mask)).toEqual([
      0xc000_0000, 0xc000_0000, 3, 8, 0x120089, 0x12019f, 0,
    ]);
  });

  it("takes small letters and blanks", () => {
    expect(sddlText(read(" d:p (a; ; grgx ; ; ; ba) "))).toBe("D:P(A;;GXGR;;;BA)");
  });

  it.each([
    ["X:", 0, "O:, G:, D: or S:"],
    ["D:P(A;;GA;;;SY", 3, 'no ")"'],
    ["D:P(A;;GA;;SY)", 4, "six parts"],
    ["D:P(B;;GA;;;SY)", 4, '"B" is no kind'],
    ["D:P(A;XX;GA;;;SY)", 4, "no flags"],
    ["D:P(A;;GQ;;;SY)", 4, "no rights"],
    ["D:P(A;;0x1FFFFFFFF;;;SY)", 4, "no rights"],
    ["D:P(A;;GA;;;QQ)", 4, '"QQ" is no SID'],
    ["D:P(A;;GA;x;;SY)", 4, "no GUID"],
    ["D:P(A;;GA;bf967aba-0de6-11d0-a285-00aa003049e2;;SY)", 4, "has no GUID"],
    ["D:P(XA;;GX;;;SY;(@User.T==1))", 4, "XA are not read here"],
    ["D:(A;;GA;;;SY)D:(A;;GA;;;SY)", 14, "there twice"],
    ["O:", 2, "A SID or its two letters"],
    ["D:P(A;;GA;;;SY)junk", 15, "is expected here"],
  ])("says what is wrong with %j", (text, at, message) => {
    const { error } = parseSddl(text);
    expect(error?.at).toBe(at);
    expect(error?.message).toContain(message);
  });

  it("answers any text with a descriptor or a sentence", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "O:",
        "G:",
        "D:",
        "S:",
        "P",
        "AI",
        "(",
        ")",
        ";",
        "A",
        "GA",
        "SY",
        "S-1-5-18",
        "0x1",
        "NO_ACCESS_CONTROL",
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const { descriptor, error } = parseSddl(pieces.join(""), DOMAIN);
        if (error !== undefined) {
          expect(error.message).toMatch(/\.$/);
          return;
        }
        expect(parseSecurityDescriptor(securityDescriptorBytes(descriptor))).toEqual(descriptor);
      }),
      { numRuns: 3000 },
    );
  });

  it("reads back what it writes, whatever the entries are", () => {
    const sid = fc
      .constantFrom("S-1-5-18", "S-1-1-0", "S-1-15-2-1", "S-1-5-21-9-8-7-1001")
      .map((text) => sidBytes(text) as Uint8Array);
    const entry = fc.record({ type: fc.constantFrom(0, 1), flags: fc.nat(0x1f), mask: fc.nat(0xffff_ffff), sid });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (dacl) => {
        const descriptor = { control: 0x8004, owner: undefined, group: undefined, dacl, sacl: undefined };
        expect(read(sddlText(descriptor) as string)).toEqual(descriptor);
      }),
    );
  });
});
