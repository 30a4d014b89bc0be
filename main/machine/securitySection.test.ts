import { describe, expect, it } from "vitest";
import { fail, ntscopeError, ok } from "./result";
import { securitySection, sidsIn } from "./securitySection";

/** O:BAG:SYD:(A;;0x1;;;SY)(D;OICI;0x2;;;BA)S:(ML;;NW;;;HI), laid out by hand. */
const descriptor = Uint8Array.from([
  ...[1, 0, 0x14, 0x80, 0x14, 0, 0, 0, 0x24, 0, 0, 0, 0x30, 0, 0, 0, 0x4c, 0, 0, 0],
  ...[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0],
  ...[1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
  ...[2, 0, 0x1c, 0, 1, 0, 0, 0, 0x11, 0, 0x14, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 16, 0, 0x30, 0, 0],
  ...[2, 0, 0x34, 0, 2, 0, 0, 0],
  ...[0, 0, 0x14, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
  ...[1, 3, 0x18, 0, 2, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0],
]);

const shown = (type: string, names = new Map<string, string>()) =>
  Object.fromEntries(
    securitySection(type, ok({ descriptor, sddl: ok("O:BA") }), names).fields.map(({ id, field }) => [id, field]),
  );

describe("securitySection", () => {
  it("asks for each account once", () => {
    expect(sidsIn(descriptor).length).toBe(3);
    expect(sidsIn(new Uint8Array(3))).toEqual([]);
  });

  it("shows owner, label and entries, rights by the type's names, SIDs where there is no name", () => {
    const fields = shown("Event", new Map([["S-1-5-18", "NT AUTHORITY\\SYSTEM"]]));
    expect(fields).toMatchObject({
      owner: { value: { text: "S-1-5-32-544" } },
      group: { value: { text: "NT AUTHORITY\\SYSTEM (S-1-5-18)" } },
      label: { value: { text: "S-1-16-12288, no write up" } },
      sddl: { value: { text: "O:BA" } },
    });
    const rows = fields.dacl && "value" in fields.dacl && fields.dacl.value.kind === "table" && fields.dacl.value.rows;
    expect(rows).toMatchObject([
      [
        { name: "ACCESS_ALLOWED_ACE_TYPE" },
        { text: "NT AUTHORITY\\SYSTEM (S-1-5-18)" },
        { text: "EVENT_QUERY_STATE" },
        { text: "" },
      ],
      [
        { name: "ACCESS_DENIED_ACE_TYPE" },
        { text: "S-1-5-32-544" },
        { text: "EVENT_MODIFY_STATE" },
        { text: "OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE" },
      ],
    ]);
    expect(shown("Key").dacl).toMatchObject({
      value: { rows: [{ 2: { text: "KEY_QUERY_VALUE" } }, { 2: { text: "KEY_SET_VALUE" } }] },
    });
  });

  it("says why there is none", () => {
    const refused = fail(ntscopeError("x", "Why."));
    expect(securitySection("Event", refused, new Map()).fields).toMatchObject([
      { field: { error: { message: "Why." } } },
    ]);
    const nonsense = ok({ descriptor: new Uint8Array(5), sddl: ok("") });
    expect(securitySection("Event", nonsense, new Map()).fields).toMatchObject([
      { field: { error: { name: "bad-descriptor" } } },
    ]);
  });
});
