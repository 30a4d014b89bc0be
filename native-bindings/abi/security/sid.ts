/** Security identifiers, as bytes and as text ([MS-DTYP] 2.4.2): `S-1-5-18`. */
import { SID } from "../structures/security";

export const MOST_SUBAUTHORITIES = 15;
const REVISION = 1;
/** The identifier authority has 48 bits. */
const MOST_AUTHORITY = 0xffff_ffff_ffff;
const U32 = 0x1_0000_0000;

export function sidLength(subAuthorities: number): number {
  return SID.offset.SubAuthority + subAuthorities * 4;
}

/** `S-1-5-18`; authorities of more than 32 bits in hexadecimal, as Windows writes them. Undefined for what is no SID. */
export function sidText(sid: Uint8Array): string | undefined {
  const subAuthorities = sid[SID.offset.SubAuthorityCount] ?? MOST_SUBAUTHORITIES + 1;
  if (subAuthorities > MOST_SUBAUTHORITIES || sid.length !== sidLength(subAuthorities)) return undefined;
  const view = new DataView(sid.buffer, sid.byteOffset, sid.byteLength);
  const high = view.getUint16(SID.offset.IdentifierAuthority);
  const low = view.getUint32(SID.offset.IdentifierAuthority + 2);
  const hex = () => `0x${(high * U32 + low).toString(16).toUpperCase().padStart(12, "0")}`;
  const parts = [`S-${sid[0]}`, high === 0 ? String(low) : hex()];
  for (let index = 0; index < subAuthorities; index++) {
    parts.push(String(view.getUint32(SID.offset.SubAuthority + index * 4, true)));
  }
  return parts.join("-");
}

function numberOf(text: string, most: number): number | undefined {
  if (!/^(0x[0-9a-f]{1,12}|[0-9]{1,15})$/i.test(text)) return undefined;
  const value = Number(text);
  return value <= most ? value : undefined;
}

/** The bytes of a SID in its text form, in any case; undefined for what is none. */
export function sidBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  const [letter, revision, authorityText = "", ...rest] = text.split("-");
  if (letter?.toUpperCase() !== "S" || revision !== String(REVISION) || rest.length > MOST_SUBAUTHORITIES) return;
  const authority = numberOf(authorityText, MOST_AUTHORITY);
  if (authority === undefined) return undefined;
  const bytes = new Uint8Array(sidLength(rest.length));
  const view = new DataView(bytes.buffer);
  bytes[0] = REVISION;
  bytes[SID.offset.SubAuthorityCount] = rest.length;
  view.setUint16(SID.offset.IdentifierAuthority, Math.floor(authority / U32));
  view.setUint32(SID.offset.IdentifierAuthority + 2, authority % U32);
  for (const [index, part] of rest.entries()) {
    const value = numberOf(part, U32 - 1);
    if (value === undefined) return undefined;
    view.setUint32(SID.offset.SubAuthority + index * 4, value, true);
  }
  return bytes;
}
