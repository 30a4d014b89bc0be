/**
 * SeAccessCheck (wdm.h): whether a token may do with an object what it asks for, and what decided that. The order is
 * that of Windows: integrity label, privileges, then the access control list, once for user and groups and, in a low box,
 * once more for the package ("How AccessCheck Works", "How DACLs Control Access to an Object", "Mandatory Integrity
 * Control" of the Windows SDK; [MS-DTYP] 2.5.3.2).
 */
import {
  ACCESS_SYSTEM_SECURITY,
  type GenericMapping,
  MAXIMUM_ALLOWED,
  mapGenericAccess,
  READ_CONTROL,
  WRITE_DAC,
  WRITE_OWNER,
} from "../../../native-bindings/abi/access";
import {
  STATUS_ACCESS_DENIED,
  STATUS_PRIVILEGE_NOT_HELD,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import {
  type AccessDescriptor,
  type AccessEntry,
  NO_EXECUTE_UP,
  NO_READ_UP,
  NO_WRITE_UP,
  OWNER_RIGHTS,
} from "./accessDescriptor";
import { type AccessPass, type AccessReason, integrityName, rightsText } from "./accessReason";
import type { PrivilegeName } from "./privileges";
import type { SidMatch, Token } from "./token";

export interface AccessQuestion {
  /** ACCESS_MASK, generic bits and MAXIMUM_ALLOWED allowed. */
  readonly desired: number;
  readonly mapping: GenericMapping;
  /** For the names of rights. */
  readonly typeName: string;
  readonly hasPrivilege: (name: PrivilegeName) => boolean;
}

export interface AccessAnswer {
  /** STATUS_SUCCESS, STATUS_ACCESS_DENIED or STATUS_PRIVILEGE_NOT_HELD. */
  readonly status: number;
  /** Unsigned; 0 unless the status is a success. */
  readonly granted: number;
  readonly reason: AccessReason;
}

/** Where MAXIMUM_ALLOWED finds nothing to be had. */
const ANY_RIGHT = "any right";

interface PassResult {
  readonly granted: number;
  /** What decided last: an entry that denied, or the one that granted the last right. */
  readonly reason: AccessReason | undefined;
  readonly isDenied: boolean;
}

function refuse(reason: AccessReason, status: number = STATUS_ACCESS_DENIED): AccessAnswer {
  return { status, granted: 0, reason };
}

export function checkAccess(descriptor: AccessDescriptor, token: Token, question: AccessQuestion): AccessAnswer {
  const { mapping, typeName } = question;
  const mapped = mapGenericAccess(mapping, question.desired);
  const wantsMaximum = (mapped & MAXIMUM_ALLOWED) !== 0;
  const asked = mapped & ~MAXIMUM_ALLOWED;
  const forbidden = forbiddenByLabel(descriptor, token, question);
  if ((asked & forbidden) !== 0) return refuse(integrityReason(descriptor, token, typeName, asked & forbidden));
  const byPrivilege = grantedByPrivilege(asked, question);
  if ("status" in byPrivilege) return byPrivilege;
  const remaining = asked & ~byPrivilege.granted;
  if (remaining === 0 && !wantsMaximum)
    return { status: STATUS_SUCCESS, granted: asked >>> 0, reason: byPrivilege.reason };
  const listed = grantedByList(descriptor, token, question, remaining, wantsMaximum);
  if (listed.status !== STATUS_SUCCESS) return listed;
  const granted = (byPrivilege.granted | listed.granted) & ~forbidden;
  // Only the label can have taken what the list grants.
  if (granted === 0) return refuse(integrityReason(descriptor, token, typeName, listed.granted & forbidden));
  return { status: STATUS_SUCCESS, granted: granted >>> 0, reason: listed.reason };
}

/** Rights of which the object's label keeps a caller of a lower level; ACCESS_SYSTEM_SECURITY is a privilege's alone. */
function forbiddenByLabel(
  { integrity, policy }: AccessDescriptor,
  token: Token,
  { mapping, hasPrivilege }: AccessQuestion,
): number {
  if (token.description.integrity >= integrity || policy === 0) return 0;
  let allowed = 0;
  if ((policy & NO_WRITE_UP) === 0) allowed |= mapping.write;
  if ((policy & NO_READ_UP) === 0) allowed |= mapping.read;
  if ((policy & NO_EXECUTE_UP) === 0) allowed |= mapping.execute;
  if (hasPrivilege("SeRelabelPrivilege")) allowed |= WRITE_OWNER;
  return ~(allowed | ACCESS_SYSTEM_SECURITY);
}

const policyNames: readonly (readonly [bit: number, name: string])[] = [
  [NO_WRITE_UP, "no write up"],
  [NO_READ_UP, "no read up"],
  [NO_EXECUTE_UP, "no execute up"],
];

function integrityReason(
  { integrity, policy }: AccessDescriptor,
  token: Token,
  typeName: string,
  rights: number,
): AccessReason {
  return {
    rule: "integrity",
    object: integrityName(integrity),
    caller: integrityName(token.description.integrity),
    policy: policyNames.filter(([bit]) => (policy & bit) !== 0).map(([, name]) => name),
    rights: rightsText(typeName, rights),
  };
}

/** ACCESS_SYSTEM_SECURITY is only ever granted so; WRITE_OWNER also by an entry. */
function grantedByPrivilege(
  asked: number,
  { hasPrivilege, typeName }: AccessQuestion,
): AccessAnswer | { granted: number; reason: AccessReason } {
  let granted = 0;
  let reason: AccessReason = { rule: "nothingAsked" };
  const take = (right: number, privilege: PrivilegeName): AccessReason => {
    const held = hasPrivilege(privilege);
    if (held) granted |= right;
    return { rule: "privilege", privilege, held, rights: rightsText(typeName, right) };
  };
  if ((asked & ACCESS_SYSTEM_SECURITY) !== 0) {
    reason = take(ACCESS_SYSTEM_SECURITY, "SeSecurityPrivilege");
    if (granted === 0) return refuse(reason, STATUS_PRIVILEGE_NOT_HELD);
  }
  if ((asked & WRITE_OWNER) !== 0) {
    const taken = take(WRITE_OWNER, "SeTakeOwnershipPrivilege");
    if ((granted & WRITE_OWNER) !== 0) reason = taken;
  }
  return { granted, reason };
}

function grantedByList(
  descriptor: AccessDescriptor,
  token: Token,
  question: AccessQuestion,
  remaining: number,
  wantsMaximum: boolean,
): AccessAnswer {
  const { mapping, typeName } = question;
  if (descriptor.entries === undefined) {
    // Microsoft does not document it; that a NULL DACL keeps low boxes out is what people meet.
    if (token.package !== undefined) return refuse({ rule: "packageNeedsEntry", who: token.description.name });
    const granted = wantsMaximum ? mapping.all | remaining : remaining;
    return { status: STATUS_SUCCESS, granted, reason: { rule: "noList" } };
  }
  const passes: readonly (readonly [AccessPass, SidMatch | undefined])[] = [
    ["user", token.own],
    ["restricted", token.restricted],
    ["package", token.package],
  ];
  let granted = -1;
  let reason: AccessReason = { rule: "nothingAsked" };
  for (const [pass, match] of passes) {
    if (match === undefined) continue;
    const result = runPass(descriptor, token, match, question, remaining, wantsMaximum);
    if (result.isDenied && result.reason !== undefined) return refuse(result.reason);
    const missing = remaining & ~result.granted;
    if (missing !== 0) return refuse(notGranted(descriptor, token, pass, rightsText(typeName, missing)));
    granted &= result.granted;
    if (granted === 0 && wantsMaximum) return refuse(notGranted(descriptor, token, pass, ANY_RIGHT));
    reason = result.reason ?? reason;
  }
  return { status: STATUS_SUCCESS, granted: wantsMaximum ? granted : remaining, reason };
}

function notGranted({ isEmpty }: AccessDescriptor, token: Token, pass: AccessPass, rights: string): AccessReason {
  return { rule: "notGranted", pass, isEmpty, rights, who: token.description.name };
}

/** Entries in their order: the first that allows or denies a right decides on it. */
function runPass(
  { owner, entries = [] }: AccessDescriptor,
  token: Token,
  match: SidMatch,
  { mapping, typeName }: AccessQuestion,
  remaining: number,
  wantsMaximum: boolean,
): PassResult {
  const owns = owner !== undefined && match.allows(owner);
  let granted = 0;
  let denied = 0;
  let reason: AccessReason | undefined;
  if (owns && !entries.some(({ sid }) => sid === OWNER_RIGHTS)) {
    granted = READ_CONTROL | WRITE_DAC;
    if ((remaining & granted) !== 0) reason = { rule: "owner", rights: rightsText(typeName, remaining & granted) };
  }
  for (const entry of entries) {
    if (!wantsMaximum && (remaining & ~granted) === 0) break;
    const isOwners = owns && entry.sid === OWNER_RIGHTS;
    if (!isOwners && !(entry.allows ? match.allows(entry.sid) : match.denies(entry.sid))) continue;
    const decides = mapGenericAccess(mapping, entry.mask) & ~granted & ~denied;
    if (!entry.allows) {
      denied |= decides;
      if ((remaining & decides) === 0) continue;
      return { granted, isDenied: true, reason: entryReason(entry, token, typeName, remaining & decides) };
    }
    granted |= decides;
    const shown = wantsMaximum ? decides : remaining & decides;
    if (shown !== 0) reason = entryReason(entry, token, typeName, shown);
  }
  return { granted, reason, isDenied: false };
}

function entryReason({ index, allows, sid }: AccessEntry, token: Token, typeName: string, mask: number): AccessReason {
  return {
    rule: allows ? "allowed" : "denied",
    index,
    sid: token.nameOf(sid),
    rights: rightsText(typeName, mask),
  };
}
