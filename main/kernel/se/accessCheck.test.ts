import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ACCESS_SYSTEM_SECURITY,
  MAXIMUM_ALLOWED,
  mapGenericAccess,
  WRITE_OWNER,
} from "../../../native-bindings/abi/access";
import {
  STATUS_ACCESS_DENIED,
  STATUS_PRIVILEGE_NOT_HELD,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { objectRights } from "../../../native-bindings/abi/objectRights";
import { parseSecurityDescriptor } from "../../../native-bindings/abi/security/securityDescriptor";
import { sidText } from "../../../native-bindings/abi/security/sid";
import { checkAccess } from "./accessCheck";
import { readAccessDescriptor } from "./accessDescriptor";
import { reasonText } from "./accessReason";
import type { PrivilegeName } from "./privileges";
import { type ReadyToken, readyTokens } from "./readyTokens";
import { descriptorOfSddl } from "./sddlDescriptors";
import { Token, type TokenDescription } from "./token";

const mapping = objectRights.File?.mapping as NonNullable<typeof objectRights.File>["mapping"];
const READ = 0x1;
const WRITE = 0x2;

function check(
  sddl: string,
  who: ReadyToken | TokenDescription,
  desired: number,
  extra: readonly PrivilegeName[] = [],
) {
  const description = typeof who === "string" ? readyTokens[who] : who;
  const enabled = [...description.privileges.filter((held) => held.enabled).map(({ name }) => name), ...extra];
  const descriptor = readAccessDescriptor(descriptorOfSddl(sddl));
  if (descriptor === undefined) throw new Error("no descriptor");
  const answer = checkAccess(descriptor, new Token(description), {
    desired,
    mapping,
    typeName: "File",
    hasPrivilege: (name) => enabled.includes(name),
  });
  return { ...answer, why: reasonText(answer.reason) };
}

describe("checkAccess", () => {
  // "How DACLs Control Access to an Object": the order decides, and the first entry that denies ends it.
  it.each<[string, string, ReadyToken, number, boolean, string]>([
    [
      "an entry allows",
      "D:(A;;FR;;;WD)",
      "standard",
      READ,
      true,
      "Entry 1 of the access control list allows Everyone (S-1-1-0): FILE_READ_DATA.",
    ],
    [
      "none grants",
      "D:(A;;FR;;;WD)",
      "standard",
      WRITE,
      false,
      "No entry of the access control list grants FILE_WRITE_DATA to a standard user.",
    ],
    [
      "a denial first",
      "D:(D;;0x2;;;BU)(A;;FA;;;WD)",
      "standard",
      READ | WRITE,
      false,
      "Entry 1 of the access control list denies BUILTIN\\Users (S-1-5-32-545): FILE_WRITE_DATA.",
    ],
    [
      "a denial too late",
      "D:(A;;FA;;;WD)(D;;0x2;;;BU)",
      "standard",
      WRITE,
      true,
      "Entry 1 of the access control list allows Everyone (S-1-1-0): FILE_WRITE_DATA.",
    ],
    [
      "two entries together",
      "D:(A;;0x1;;;BU)(A;;0x2;;;IU)",
      "standard",
      READ | WRITE,
      true,
      "Entry 2 of the access control list allows NT AUTHORITY\\INTERACTIVE (S-1-5-4): FILE_WRITE_DATA.",
    ],
    [
      "entries that wait to be inherited",
      "D:(A;OICIIO;FA;;;WD)",
      "standard",
      READ,
      false,
      "No entry of the access control list grants FILE_READ_DATA to a standard user.",
    ],
    [
      "an empty list",
      "D:",
      "system",
      READ,
      false,
      "The access control list is empty, which lets nobody do anything: FILE_READ_DATA is not granted.",
    ],
    [
      "no list",
      "D:NO_ACCESS_CONTROL",
      "standard",
      WRITE,
      true,
      "The object has no access control list, which lets everybody do everything.",
    ],
    [
      "a group for denying only does not allow",
      "D:(A;;FA;;;BA)",
      "filtered",
      READ,
      false,
      "No entry of the access control list grants FILE_READ_DATA to an administrator who is not elevated.",
    ],
    [
      "and denies",
      "D:(D;;FA;;;BA)(A;;FA;;;WD)",
      "filtered",
      READ,
      false,
      "Entry 1 of the access control list denies BUILTIN\\Administrators (S-1-5-32-544): FILE_READ_DATA.",
    ],
    [
      "the owner may change the list",
      "O:BAD:",
      "administrator",
      0x60000,
      true,
      "The caller owns the object, which grants READ_CONTROL | WRITE_DAC.",
    ],
    [
      "but not where OWNER RIGHTS says what",
      "O:BAD:(A;;RC;;;OW)",
      "administrator",
      0x60000,
      false,
      "No entry of the access control list grants WRITE_DAC to an elevated administrator.",
    ],
    [
      "a label keeps lower writers out",
      "D:(A;;FA;;;WD)S:(ML;;NW;;;HI)",
      "standard",
      WRITE,
      false,
      "Integrity label: the object is High, the caller Medium, and below that level there is no write up (FILE_WRITE_DATA).",
    ],
    [
      "and lets them read",
      "D:(A;;FA;;;WD)S:(ML;;NW;;;HI)",
      "standard",
      READ,
      true,
      "Entry 1 of the access control list allows Everyone (S-1-1-0): FILE_READ_DATA.",
    ],
    [
      "unless it forbids that",
      "D:(A;;FA;;;WD)S:(ML;;NWNRNX;;;HI)",
      "standard",
      READ,
      false,
      "Integrity label: the object is High, the caller Medium, and below that level there is no write up, no read up, no execute up (FILE_READ_DATA).",
    ],
    [
      "without a label it is medium",
      "D:(A;;FA;;;WD)(A;;FA;;;AC)",
      "appcontainer",
      WRITE,
      false,
      "Integrity label: the object is Medium, the caller Low, and below that level there is no write up (FILE_WRITE_DATA).",
    ],
    [
      "a low box needs an entry of its own",
      "D:(A;;FA;;;WD)",
      "appcontainer",
      READ,
      false,
      "No entry for app containers (ALL APPLICATION PACKAGES, the package or one of its capabilities) grants FILE_READ_DATA to an app container.",
    ],
    [
      "and its user one too",
      "D:(A;;FA;;;AC)",
      "appcontainer",
      READ,
      false,
      "No entry of the access control list grants FILE_READ_DATA to an app container.",
    ],
    [
      "both",
      "D:(A;;FA;;;AC)(A;;FR;;;WD)",
      "appcontainer",
      READ,
      true,
      "Entry 1 of the access control list allows APPLICATION PACKAGE AUTHORITY\\ALL APPLICATION PACKAGES (S-1-15-2-1): FILE_READ_DATA.",
    ],
    [
      "a capability",
      "D:(A;;FR;;;WD)(A;;FR;;;S-1-15-3-1)",
      "appcontainer",
      READ,
      true,
      "Entry 2 of the access control list allows APPLICATION PACKAGE AUTHORITY\\Your Internet connection (S-1-15-3-1): FILE_READ_DATA.",
    ],
    [
      "a low box and no list",
      "D:NO_ACCESS_CONTROL",
      "appcontainer",
      READ,
      false,
      "The object has no access control list, which lets everybody in but app containers: an app container is one.",
    ],
  ])("%s", (_what, sddl, who, desired, isGranted, why) => {
    const answer = check(sddl, who, desired);
    expect(answer.why).toBe(why);
    expect(answer.status).toBe(isGranted ? STATUS_SUCCESS : STATUS_ACCESS_DENIED);
    expect(answer.granted).toBe(isGranted ? desired : 0);
  });

  it("grants as much as there is for MAXIMUM_ALLOWED, and what is asked for beside", () => {
    const sddl = "D:(D;;0x2;;;BU)(A;;FRFW;;;WD)S:(ML;;NW;;;ME)";
    expect(check(sddl, "standard", MAXIMUM_ALLOWED)).toMatchObject({ status: STATUS_SUCCESS, granted: 0x12019d });
    expect(check(sddl, "standard", MAXIMUM_ALLOWED | WRITE)).toMatchObject({ status: STATUS_ACCESS_DENIED });
    expect(check("D:(A;;FR;;;WD)", "appcontainer", MAXIMUM_ALLOWED).why).toContain(
      "grants any right to an app container",
    );
    const onlyWrite = check("D:(A;;0x2;;;WD)S:(ML;;NWNRNX;;;HI)", "standard", MAXIMUM_ALLOWED);
    expect(onlyWrite.why).toContain("no execute up (FILE_WRITE_DATA)");
    expect(check("D:", "standard", MAXIMUM_ALLOWED).status).toBe(STATUS_ACCESS_DENIED);
    expect(check("D:NO_ACCESS_CONTROL", "standard", MAXIMUM_ALLOWED).granted).toBe(mapping.all);
  });

  it("takes privileges for auditing and for ownership", () => {
    const auditing = check("D:(A;;FA;;;WD)", "administrator", ACCESS_SYSTEM_SECURITY);
    expect(auditing).toMatchObject({ status: STATUS_PRIVILEGE_NOT_HELD, granted: 0 });
    expect(auditing.why).toContain("takes SeSecurityPrivilege");
    const asked = ACCESS_SYSTEM_SECURITY | WRITE_OWNER;
    const both = check("D:", "administrator", asked, ["SeSecurityPrivilege", "SeTakeOwnershipPrivilege"]);
    expect(both).toMatchObject({ status: STATUS_SUCCESS, granted: asked });
    expect(both.why).toBe("SeTakeOwnershipPrivilege grants WRITE_OWNER.");
  });

  it("asks the restricting SIDs of a restricted token too", () => {
    const restricted = { ...readyTokens.standard, restrictedSids: ["S-1-5-12"] };
    expect(check("D:(A;;FR;;;WD)", restricted, READ).why).toContain("restricting SIDs");
    expect(check("D:(A;;FR;;;WD)(A;;FR;;;RC)", restricted, READ).status).toBe(STATUS_SUCCESS);
  });
});

describe("against the documented algorithm, word by word", () => {
  const sids = ["WD", "BU", "BA", "SY", "AC", "S-1-15-3-1", "OW", "AN"];
  const mask = fc.constantFrom("0x1", "0x2", "0x3", "FR", "FW", "GA", "GR", "RC", "WD", "0x60003");
  const entry = fc
    .record({
      kind: fc.constantFrom("A", "D"),
      flags: fc.constantFrom("", "", "IO"),
      mask,
      sid: fc.constantFrom(...sids),
    })
    .map(({ kind, flags, mask: rights, sid }) => `(${kind};${flags};${rights};;;${sid})`);
  const label = fc.constantFrom("", "S:(ML;;NW;;;LW)", "S:(ML;;NW;;;HI)", "S:(ML;;NRNX;;;SI)");
  const owner = fc.constantFrom("", "O:BA", "O:SY", `O:${readyTokens.standard.user}`);
  const desired = fc.constantFrom(0x1, 0x2, 0x3, 0x2_0000, 0x4_0000, 0x8000_0000, 0x4000_0000, 0x10_0080);
  const who = fc.constantFrom<ReadyToken>("system", "administrator", "filtered", "standard", "appcontainer");

  /** [MS-DTYP] 2.5.3.2 and the pages on integrity and app containers, one bit at a time. */
  function literally(sddl: string, token: TokenDescription, wanted: number): boolean {
    const sd = parseSecurityDescriptor(descriptorOfSddl(sddl));
    if (sd === undefined) throw new Error("no descriptor");
    const found = sd.sacl?.find(({ type }) => type === 0x11);
    const level = found?.sid ? Number(sidText(found.sid)?.slice("S-1-16-".length)) : 0x2000;
    const policy = found?.mask ?? 1;
    const on = token.groups.filter(({ attributes }) => (attributes & 4) !== 0).map(({ sid }) => sid);
    const denyOnly = token.groups.filter(({ attributes }) => (attributes & 0x10) !== 0).map(({ sid }) => sid);
    const user = { allow: [token.user, ...on], deny: [token.user, ...on, ...denyOnly] };
    const box = [token.appContainer ?? "", "S-1-15-2-1", ...(token.capabilities ?? [])];
    const principals = token.appContainer === undefined ? [user] : [user, { allow: box, deny: box }];
    const ownerSid = sd.owner === undefined ? undefined : sidText(sd.owner);
    const acting = (sd.dacl ?? []).filter(({ flags }) => (flags & 8) === 0);
    const bitGranted = (bit: number): boolean => {
      if (token.integrity < level && policy !== 0) {
        const reading = (policy & 2) === 0 && (mapping.read & bit) !== 0;
        const writing = (policy & 1) === 0 && (mapping.write & bit) !== 0;
        const executing = (policy & 4) === 0 && (mapping.execute & bit) !== 0;
        if (!reading && !writing && !executing) return false;
      }
      return principals.every(({ allow, deny }) => {
        const owns = ownerSid !== undefined && allow.includes(ownerSid);
        const names = acting.map(({ sid }) => (sid === undefined ? "" : sidText(sid)) ?? "");
        if (owns && !names.includes("S-1-3-4") && (bit & 0x6_0000) !== 0) return true;
        for (const [index, ace] of acting.entries()) {
          const name = names[index] ?? "";
          const isAllow = ace.type === 0;
          const matches = (isAllow ? allow : deny).includes(name) || (owns && name === "S-1-3-4");
          if (matches && (mapGenericAccess(mapping, ace.mask ?? 0) & bit) !== 0) return isAllow;
        }
        return false;
      });
    };
    const asked = mapGenericAccess(mapping, wanted);
    return Array.from({ length: 32 }, (_, bit) => (1 << bit) >>> 0).every(
      (bit) => (asked & bit) === 0 || bitGranted(bit),
    );
  }

  it("grants and refuses the same", () => {
    const outcomes = { granted: 0, refused: 0 };
    fc.assert(
      fc.property(owner, fc.array(entry, { maxLength: 7 }), label, who, desired, (own, entries, lab, kind, wanted) => {
        const sddl = `${own}D:${entries.join("")}${lab}`;
        const expected = literally(sddl, readyTokens[kind], wanted);
        const answer = check(sddl, kind, wanted);
        expect(answer.status === STATUS_SUCCESS, `${sddl} ${kind} 0x${wanted.toString(16)}: ${answer.why}`).toBe(
          expected,
        );
        expect(answer.why).toMatch(/^[A-Z][^\n]*\.$/);
        outcomes[expected ? "granted" : "refused"] += 1;
      }),
      { numRuns: 4000, seed: 19 },
    );
    // Neither side of the comparison is empty.
    expect(Math.min(outcomes.granted, outcomes.refused)).toBeGreaterThan(300);
  });
});
