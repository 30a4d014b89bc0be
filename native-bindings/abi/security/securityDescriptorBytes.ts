/** Writes self-relative security descriptors ([MS-DTYP] 2.4.6), the parts in the order of their fields. */
import { ACE_HEADER, ACL, SECURITY_DESCRIPTOR_RELATIVE } from "../structures/security";
import {
  type AccessEntry,
  INHERITED_OBJECT_TYPE_PRESENT,
  OBJECT_TYPE_PRESENT,
  objectAceTypes,
  SE_DACL_PRESENT,
  SE_SACL_PRESENT,
  SE_SELF_RELATIVE,
  type SecurityDescriptor,
} from "./securityDescriptor";

const REVISION = 1;
const ACL_REVISION = 2;
/** ACL_REVISION_DS: an ACL with object entries. */
const ACL_REVISION_DS = 4;
/** AclSize is a USHORT. */
const MOST_ACL_BYTES = 0xffff;

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function entryBytes({ type, flags, mask, sid, objectType, inheritedObjectType, data }: AccessEntry): Uint8Array {
  const none = new Uint8Array();
  const present =
    (objectType === undefined ? 0 : OBJECT_TYPE_PRESENT) |
    (inheritedObjectType === undefined ? 0 : INHERITED_OBJECT_TYPE_PRESENT);
  const guids = objectAceTypes.has(type) ? [u32(present), objectType ?? none, inheritedObjectType ?? none] : [];
  const body = sid === undefined ? [] : [u32(mask ?? 0), ...guids, sid];
  const bytes = join([new Uint8Array(ACE_HEADER.size), ...body, data ?? none]);
  bytes[ACE_HEADER.offset.AceType] = type;
  bytes[ACE_HEADER.offset.AceFlags] = flags;
  new DataView(bytes.buffer).setUint16(ACE_HEADER.offset.AceSize, bytes.length, true);
  return bytes;
}

function aclBytes(entries: readonly AccessEntry[]): Uint8Array {
  const bytes = join([new Uint8Array(ACL.size), ...entries.map(entryBytes)]);
  if (bytes.length > MOST_ACL_BYTES) throw new RangeError("an access control list has at most 65,535 bytes");
  const view = new DataView(bytes.buffer);
  const isForObjects = entries.some(({ type }) => objectAceTypes.has(type));
  bytes[ACL.offset.AclRevision] = isForObjects ? ACL_REVISION_DS : ACL_REVISION;
  view.setUint16(ACL.offset.AclSize, bytes.length, true);
  view.setUint16(ACL.offset.AceCount, entries.length, true);
  return bytes;
}

/** Throws a RangeError for a list that is too long for its 16-bit size. */
export function securityDescriptorBytes(descriptor: SecurityDescriptor): Uint8Array<ArrayBuffer> {
  const { offset, size } = SECURITY_DESCRIPTOR_RELATIVE;
  const { control, owner, group, sacl, dacl } = descriptor;
  const listed = [
    [offset.Owner, owner],
    [offset.Group, group],
    [offset.Sacl, sacl ? aclBytes(sacl) : undefined],
    [offset.Dacl, dacl ? aclBytes(dacl) : undefined],
  ] as const;
  const parts = listed.flatMap(([, part]) => (part === undefined ? [] : [part]));
  const bytes = join([new Uint8Array(size), ...parts]);
  const view = new DataView(bytes.buffer);
  bytes[offset.Revision] = REVISION;
  const present = (dacl === undefined ? 0 : SE_DACL_PRESENT) | (sacl === undefined ? 0 : SE_SACL_PRESENT);
  const kept = control & ~(SE_DACL_PRESENT | SE_SACL_PRESENT);
  view.setUint16(offset.Control, kept | present | SE_SELF_RELATIVE, true);
  let at = size;
  for (const [field, part] of listed) {
    if (part === undefined) continue;
    view.setUint32(field, at, true);
    at += part.length;
  }
  return bytes;
}
