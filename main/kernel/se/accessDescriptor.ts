/** A security descriptor prepared for access checks: SIDs as text, the label apart, what does not count left out. */
import { parseSecurityDescriptor } from "../../../native-bindings/abi/security/securityDescriptor";
import { sidText } from "../../../native-bindings/abi/security/sid";

export interface AccessEntry {
  /** Position in the list, from 0, those left out counted. */
  readonly index: number;
  readonly allows: boolean;
  readonly mask: number;
  readonly sid: string;
}

export interface AccessDescriptor {
  readonly owner: string | undefined;
  /** Undefined: there is no list, which lets everybody do everything. */
  readonly entries: readonly AccessEntry[] | undefined;
  /** The list is there and holds nothing, not even entries that do not count here. */
  readonly isEmpty: boolean;
  /** RID of the object's integrity level, and its SYSTEM_MANDATORY_LABEL_NO_... bits. */
  readonly integrity: number;
  readonly policy: number;
}

export const OWNER_RIGHTS = "S-1-3-4";
export const NO_WRITE_UP = 1;
export const NO_READ_UP = 2;
export const NO_EXECUTE_UP = 4;
/** What an object without a label has ([MS-DTYP] 2.5.3.3). */
export const DEFAULT_INTEGRITY = 0x2000;

const INHERIT_ONLY_ACE = 0x8;
const MANDATORY_LABEL = 0x11;
/** An entry for a property counts for the whole object when nobody asks for properties. */
const allowTypes: ReadonlySet<number> = new Set([0x0, 0x5]);
/** With a condition (0xA, 0xC): one that cannot be judged denies, where one that allows does nothing (winnt.h). */
const denyTypes: ReadonlySet<number> = new Set([0x1, 0x6, 0xa, 0xc]);

/** Undefined for bytes that are no security descriptor. */
export function readAccessDescriptor(bytes: Uint8Array): AccessDescriptor | undefined {
  const parsed = parseSecurityDescriptor(bytes);
  if (parsed === undefined) return undefined;
  const { owner, dacl, sacl } = parsed;
  const entries: AccessEntry[] = [];
  for (const [index, { type, flags, mask, sid }] of (dacl ?? []).entries()) {
    if ((flags & INHERIT_ONLY_ACE) !== 0 || mask === undefined || sid === undefined) continue;
    if (!allowTypes.has(type) && !denyTypes.has(type)) continue;
    entries.push({ index, allows: allowTypes.has(type), mask, sid: sidText(sid) ?? "" });
  }
  const label = (sacl ?? []).find(({ type, flags }) => type === MANDATORY_LABEL && (flags & INHERIT_ONLY_ACE) === 0);
  const level = label?.sid === undefined ? undefined : sidText(label.sid)?.split("-").at(-1);
  return {
    owner: owner === undefined ? undefined : sidText(owner),
    entries: dacl === undefined || dacl === null ? undefined : entries,
    isEmpty: dacl?.length === 0,
    integrity: level === undefined ? DEFAULT_INTEGRITY : Number(level),
    policy: label?.mask ?? NO_WRITE_UP,
  };
}
