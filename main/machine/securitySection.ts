/** The page Security: who owns an object and who may do what with it. Pure: names of accounts are handed in. */
import { formatAccess } from "../../native-bindings/abi/access";
import { findNamedValue, formatFlags } from "../../native-bindings/abi/flags";
import {
  type AccessEntry,
  parseSecurityDescriptor,
  type SecurityDescriptor,
} from "../../native-bindings/abi/security/securityDescriptor";
import { sidText } from "../../native-bindings/abi/security/sid";
import { aceFlags, aceTypes, securityDescriptorControl } from "../../native-bindings/abi/structures/security";
import type { FieldSection, FieldValue, NamedField } from "./fieldValue";
import { codeValue, failedField, field, flagsValue, section, text } from "./fieldValues";
import { ntscopeError, type Result } from "./result";

export interface ReadSecurity {
  descriptor: Uint8Array;
  /** As ConvertSecurityDescriptorToStringSecurityDescriptor writes it. */
  sddl: Result<string>;
}

/** The account's name for a SID's text, where Windows knows one. */
export type AccountNames = ReadonlyMap<string, string>;

const MANDATORY_LABEL = 0x11;
/** SYSTEM_MANDATORY_LABEL_NO_WRITE_UP... (winnt.h), by bit. */
const labelPolicies = ["no write up", "no read up", "no execute up"];

const title = "Security";
const columns = ["Entry", "Account", "Rights", "Flags"];

/** SIDs of a descriptor, each once: what to ask names for. */
export function sidsIn(descriptor: Uint8Array): Uint8Array[] {
  const parsed = parseSecurityDescriptor(descriptor);
  if (parsed === undefined) return [];
  const entries = [...(parsed.dacl ?? []), ...labelsOf(parsed)];
  const sids = [parsed.owner, parsed.group, ...entries.map(({ sid }) => sid)].filter((sid) => sid !== undefined);
  return [...new Map(sids.map((sid) => [sidText(sid), sid])).values()];
}

export function securitySection(type: string, read: Result<ReadSecurity>, names: AccountNames): FieldSection {
  if (!read.ok) return section("security", title, [failedField("descriptor", "Security descriptor", read.error)]);
  const parsed = parseSecurityDescriptor(read.value.descriptor);
  if (parsed === undefined) {
    const error = ntscopeError("bad-descriptor", "What the system answered is no security descriptor.");
    return section("security", title, [failedField("descriptor", "Security descriptor", error)]);
  }
  const { sddl } = read.value;
  const account = (sid: Uint8Array | undefined) => accountText(sid, names);
  return section("security", title, [
    field("owner", "Owner", text(account(parsed.owner)), "May always change who may do what."),
    field("group", "Group", text(account(parsed.group))),
    daclField(type, parsed, account),
    ...labelsOf(parsed).map((label) => labelField(label, account)),
    field("control", "Control", flagsValue(securityDescriptorControl, parsed.control)),
    sddl.ok ? field("sddl", "SDDL", text(sddl.value)) : failedField("sddl", "SDDL", sddl.error),
  ]);
}

function daclField(
  type: string,
  { dacl }: SecurityDescriptor,
  account: (sid: Uint8Array | undefined) => string,
): NamedField {
  const help = "In their order: the first entry that allows or denies a right decides.";
  const label = "Access control list";
  if (dacl === undefined || dacl === null)
    return field("dacl", label, text("None: everybody may do everything."), help);
  if (dacl.length === 0) return field("dacl", label, text("Empty: nobody may do anything."), help);
  const rows = dacl.map((entry): FieldValue[] => [
    codeValue(aceTypes, entry.type),
    text(entry.sid === undefined ? "" : account(entry.sid)),
    text(entry.mask === undefined ? "" : formatAccess(type, entry.mask)),
    text(entry.flags === 0 ? "" : formatFlags(aceFlags, entry.flags)),
  ]);
  return field("dacl", label, { kind: "table", columns, rows }, help);
}

function labelsOf({ sacl }: SecurityDescriptor): AccessEntry[] {
  return (sacl ?? []).filter(({ type }) => type === MANDATORY_LABEL);
}

function labelField({ mask = 0, sid }: AccessEntry, account: (sid: Uint8Array | undefined) => string): NamedField {
  const policies = labelPolicies.filter((_, bit) => (mask & (1 << bit)) !== 0);
  const help = findNamedValue(aceTypes, MANDATORY_LABEL)?.meaning;
  return field("label", "Mandatory label", text([account(sid), ...policies].join(", ")), help);
}

function accountText(sid: Uint8Array | undefined, names: AccountNames): string {
  const shown = sid === undefined ? undefined : sidText(sid);
  if (shown === undefined) return "None";
  const name = names.get(shown);
  return name === undefined ? shown : `${name} (${shown})`;
}
