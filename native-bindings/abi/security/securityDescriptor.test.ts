import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSecurityDescriptor } from "./securityDescriptor";
import { sidText } from "./sid";

/** S-1-5-... */
function sid(...subAuthorities: number[]): Buffer {
  const bytes = Buffer.from([
    1,
    subAuthorities.length,
    0,
    0,
    0,
    0,
    0,
    5,
    ...new Array(subAuthorities.length * 4).fill(0),
  ]);
  subAuthorities.forEach((value, index) => {
    bytes.writeUInt32LE(value, 8 + index * 4);
  });
  return bytes;
}

function ace(type: number, flags: number, ...body: Buffer[]): Buffer {
  const bytes = Buffer.concat([Buffer.from([type, flags, 0, 0]), ...body]);
  bytes.writeUInt16LE(bytes.length, 2);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function acl(...entries: Buffer[]): Buffer {
  const bytes = Buffer.concat([Buffer.from([2, 0, 0, 0, entries.length, 0, 0, 0]), ...entries]);
  bytes.writeUInt16LE(bytes.length, 2);
  return bytes;
}

/** In the order in which the fields stand: owner, group, SACL, DACL. */
function descriptor(control: number, parts: (Buffer | undefined)[]): Buffer {
  const header = Buffer.alloc(0x14);
  header[0] = 1;
  header.writeUInt16LE(control | 0x8000, 2);
  let at = header.length;
  parts.forEach((part, index) => {
    if (part === undefined) return;
    header.writeUInt32LE(at, 4 + index * 4);
    at += part.length;
  });
  return Buffer.concat([header, ...parts.filter((part) => part !== undefined)]);
}

const system = sid(18);
const administrators = sid(32, 544);
const label = Buffer.from([1, 1, 0, 0, 0, 0, 0, 16, 0, 0x30, 0, 0]);
const whole = descriptor(0x14, [
  administrators,
  system,
  acl(ace(0x11, 0, u32(1), label)),
  acl(
    ace(0, 0, u32(0x1f0003), system),
    ace(1, 0x13, u32(0x2), administrators),
    ace(5, 0, u32(0x10), u32(3), Buffer.alloc(32), system),
    ace(0x77, 0, u32(0)),
  ),
]);

describe("parseSecurityDescriptor", () => {
  it("reads owner, group, entries of all kinds and the label", () => {
    const parsed = parseSecurityDescriptor(whole);
    expect(parsed?.owner && sidText(parsed.owner)).toBe("S-1-5-32-544");
    expect(parsed?.group && sidText(parsed.group)).toBe("S-1-5-18");
    const shown = parsed?.dacl?.map(({ type, flags, mask, sid }) => ({ type, flags, mask, sid: sid && sidText(sid) }));
    expect(shown).toEqual([
      { type: 0, flags: 0, mask: 0x1f0003, sid: "S-1-5-18" },
      { type: 1, flags: 0x13, mask: 2, sid: "S-1-5-32-544" },
      { type: 5, flags: 0, mask: 0x10, sid: "S-1-5-18" },
      { type: 0x77, flags: 0, mask: undefined, sid: undefined },
    ]);
    expect(parsed?.sacl?.[0]?.sid && sidText(parsed.sacl[0].sid)).toBe("S-1-16-12288");
  });

  it("tells no list, an empty one and a list that lets everybody in apart", () => {
    const dacl = (bytes: Buffer) => parseSecurityDescriptor(bytes)?.dacl;
    expect(dacl(descriptor(0, []))).toBeUndefined();
    expect(dacl(descriptor(4, []))).toBeNull();
    expect(dacl(descriptor(4, [undefined, undefined, undefined, acl()]))).toEqual([]);
  });

  it("refuses each descriptor that is cut short", () => {
    for (let length = 0; length < whole.length; length++) {
      expect(parseSecurityDescriptor(whole.subarray(0, length)), String(length)).toBeUndefined();
    }
  });

  it("refuses the absolute form, whose fields are pointers", () => {
    const absolute = Buffer.from(whole);
    absolute.writeUInt16LE(0x14, 2);
    expect(parseSecurityDescriptor(absolute)).toBeUndefined();
  });

  it("reads nothing outside, whatever the bytes are", () => {
    const anyBytes = fc.uint8Array({ maxLength: 200 });
    const damaged = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(anyBytes, damaged), (bytes) => {
        const parsed = parseSecurityDescriptor(bytes);
        const sids = [parsed?.owner, parsed?.group, ...(parsed?.dacl ?? []).map((entry) => entry.sid)];
        for (const found of sids) if (found !== undefined) expect(sidText(found)).toMatch(/^S-\d+-[\dA-Fx]+(-\d+)*$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("sidText", () => {
  it("writes a large authority in hexadecimal, and refuses what is no SID", () => {
    expect(sidText(Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 2))).toBe("S-1-0x000100000002");
    expect(sidText(Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 5))).toBeUndefined();
    expect(sidText(new Uint8Array())).toBeUndefined();
  });
});
