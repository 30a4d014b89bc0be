/**
 * Reads self-relative security descriptors, as NtQuerySecurityObject fills them ([MS-DTYP] 2.4.6; SIDs 2.4.2, ACLs 2.4.5,
 * ACEs 2.4.4). Every offset and length is held against the bytes there are.
 */
import { ACCESS_ALLOWED_ACE, ACE_HEADER, ACL, SECURITY_DESCRIPTOR_RELATIVE, SID } from "../structures/security";
import { sidLength, sidText } from "./sid";

export interface AccessEntry {
  type: number;
  flags: number;
  /** Undefined, as the SID, for an entry of a kind that holds neither. */
  mask: number | undefined;
  sid: Uint8Array | undefined;
  /** An object entry's GUIDs, 16 bytes each: what it is for, and what inherits it. */
  objectType?: Uint8Array;
  inheritedObjectType?: Uint8Array;
  /** What follows the SID (a condition, an attribute); all behind the header of a kind that holds no SID. */
  data?: Uint8Array;
}

export interface SecurityDescriptor {
  control: number;
  owner: Uint8Array | undefined;
  group: Uint8Array | undefined;
  /** Null: there is a place for one and none in it, which allows everything to everybody. */
  dacl: AccessEntry[] | null | undefined;
  sacl: AccessEntry[] | null | undefined;
}

export const SE_DACL_PRESENT = 0x4;
export const SE_SACL_PRESENT = 0x10;
export const SE_SELF_RELATIVE = 0x8000;

/** Header, mask, SID: types 0 to 3, those with a condition (9, 0xa, 0xd, 0xe), and labels and policies (0x11 to 0x14). */
const plainTypes: ReadonlySet<number> = new Set([0, 1, 2, 3, 9, 0xa, 0xd, 0xe, 0x11, 0x12, 0x13, 0x14]);
/** Header, mask, flags, up to two GUIDs, SID. */
export const objectAceTypes: ReadonlySet<number> = new Set([5, 6, 7, 8, 0xb, 0xc, 0xf, 0x10]);
const GUID_BYTES = 16;
/** ACE_OBJECT_TYPE_PRESENT and ACE_INHERITED_OBJECT_TYPE_PRESENT (winnt.h). */
export const OBJECT_TYPE_PRESENT = 1;
export const INHERITED_OBJECT_TYPE_PRESENT = 2;

/** What lies outside of the bytes, or is no such structure. */
class Malformed extends Error {}

/** Undefined for bytes that are no whole self-relative descriptor. */
export function parseSecurityDescriptor(bytes: Uint8Array): SecurityDescriptor | undefined {
  try {
    return new Reader(bytes).descriptor();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

class Reader {
  readonly #view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  descriptor(): SecurityDescriptor {
    const { offset, size } = SECURITY_DESCRIPTOR_RELATIVE;
    this.#need(0, size);
    const control = this.#view.getUint16(offset.Control, true);
    if (this.bytes[offset.Revision] !== 1 || (control & SE_SELF_RELATIVE) === 0) throw new Malformed();
    const at = (field: number) => this.#view.getUint32(field, true);
    return {
      control,
      owner: at(offset.Owner) === 0 ? undefined : this.#sid(at(offset.Owner), this.bytes.length),
      group: at(offset.Group) === 0 ? undefined : this.#sid(at(offset.Group), this.bytes.length),
      dacl: this.#acl(at(offset.Dacl), (control & SE_DACL_PRESENT) !== 0),
      sacl: this.#acl(at(offset.Sacl), (control & SE_SACL_PRESENT) !== 0),
    };
  }

  #need(start: number, end: number): void {
    if (start < 0 || start > end || end > this.bytes.length) throw new Malformed();
  }

  #sid(start: number, end: number): Uint8Array {
    this.#need(start, start + SID.offset.SubAuthority);
    const length = sidLength(this.bytes[start + SID.offset.SubAuthorityCount] ?? 0);
    if (start + length > end) throw new Malformed();
    this.#need(start, start + length);
    const sid = this.bytes.slice(start, start + length);
    if (sidText(sid) === undefined) throw new Malformed();
    return sid;
  }

  #acl(start: number, isPresent: boolean): AccessEntry[] | null | undefined {
    if (!isPresent) return undefined;
    if (start === 0) return null;
    this.#need(start, start + ACL.size);
    const end = start + this.#view.getUint16(start + ACL.offset.AclSize, true);
    this.#need(start + ACL.size, end);
    const entries: AccessEntry[] = [];
    let at = start + ACL.size;
    for (let count = this.#view.getUint16(start + ACL.offset.AceCount, true); count > 0; count--) {
      if (at + ACE_HEADER.size > end) throw new Malformed();
      const size = this.#view.getUint16(at + ACE_HEADER.offset.AceSize, true);
      if (size < ACE_HEADER.size || at + size > end) throw new Malformed();
      entries.push(this.#entry(at, at + size));
      at += size;
    }
    return entries;
  }

  #entry(start: number, end: number): AccessEntry {
    const type = this.bytes[start + ACE_HEADER.offset.AceType] ?? 0;
    const flags = this.bytes[start + ACE_HEADER.offset.AceFlags] ?? 0;
    const isObject = objectAceTypes.has(type);
    if (!isObject && !plainTypes.has(type)) {
      return { type, flags, mask: undefined, sid: undefined, ...this.#rest(start + ACE_HEADER.size, end) };
    }
    const afterMask = start + ACCESS_ALLOWED_ACE.offset.SidStart;
    if (afterMask + (isObject ? 4 : 0) > end) throw new Malformed();
    const mask = this.#view.getUint32(start + ACCESS_ALLOWED_ACE.offset.Mask, true);
    const guids = isObject ? this.#guids(afterMask, end) : {};
    const sidAt = isObject ? afterMask + 4 + Object.keys(guids).length * GUID_BYTES : afterMask;
    const sid = this.#sid(sidAt, end);
    return { type, flags, mask, sid, ...guids, ...this.#rest(sidAt + sid.length, end) };
  }

  /** Two bits say which of the two GUIDs are there. */
  #guids(start: number, end: number): Pick<AccessEntry, "objectType" | "inheritedObjectType"> {
    const present = this.#view.getUint32(start, true);
    const hasFirst = (present & OBJECT_TYPE_PRESENT) !== 0;
    const second = start + 4 + (hasFirst ? GUID_BYTES : 0);
    const hasSecond = (present & INHERITED_OBJECT_TYPE_PRESENT) !== 0;
    if (second + (hasSecond ? GUID_BYTES : 0) > end) throw new Malformed();
    return {
      ...(hasFirst ? { objectType: this.bytes.slice(start + 4, start + 4 + GUID_BYTES) } : {}),
      ...(hasSecond ? { inheritedObjectType: this.bytes.slice(second, second + GUID_BYTES) } : {}),
    };
  }

  #rest(start: number, end: number): { data?: Uint8Array } {
    return start === end ? {} : { data: this.bytes.slice(start, end) };
  }
}
