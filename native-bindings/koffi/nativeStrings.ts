/** UNICODE_STRING and OBJECT_ATTRIBUTES in buffers of ours, and strings out of buffers that a call has filled. */
import { OBJECT_ATTRIBUTES, UNICODE_STRING } from "../abi/structures/strings";
import { addressOf } from "./library";

/** A structure and what it points to; both live as long as this does. */
export interface NativeBlock {
  readonly bytes: Buffer;
  readonly keeps: readonly unknown[];
}

/** Bytes that a UNICODE_STRING can count: 16 bits of them, and whole units. */
export const MAX_STRING_BYTES = 0xfffe;

/** Counted, so that NULs and lone surrogates reach NT as they are. Throws a RangeError beyond 32,767 units. */
export function unicodeString(text: string): NativeBlock {
  const units = Buffer.from(text, "utf16le");
  if (units.length > MAX_STRING_BYTES) throw new RangeError(`a UNICODE_STRING holds no ${text.length} units`);
  const bytes = Buffer.alloc(UNICODE_STRING.size);
  bytes.writeUInt16LE(units.length, UNICODE_STRING.offset.Length);
  bytes.writeUInt16LE(units.length, UNICODE_STRING.offset.MaximumLength);
  if (units.length > 0) bytes.writeBigUInt64LE(addressOf(units), UNICODE_STRING.offset.Buffer);
  return { bytes, keeps: [units] };
}

/** `attributes`: OBJ_ flags. */
export function objectAttributes(path: string, attributes: number): NativeBlock {
  const name = unicodeString(path);
  const bytes = Buffer.alloc(OBJECT_ATTRIBUTES.size);
  bytes.writeUInt32LE(OBJECT_ATTRIBUTES.size, OBJECT_ATTRIBUTES.offset.Length);
  bytes.writeBigUInt64LE(addressOf(name.bytes), OBJECT_ATTRIBUTES.offset.ObjectName);
  bytes.writeUInt32LE(attributes, OBJECT_ATTRIBUTES.offset.Attributes);
  return { bytes, keeps: [name] };
}

/**
 * The text of a UNICODE_STRING at `offset` of a buffer whose first byte lies at `base`, as far as it lies in that
 * buffer; undefined where it does not, or where there is none.
 */
export function stringWithin(buffer: Buffer, base: bigint, offset: number): string | undefined {
  if (offset < 0 || offset + UNICODE_STRING.size > buffer.length) return undefined;
  const length = buffer.readUInt16LE(offset + UNICODE_STRING.offset.Length);
  const pointer = buffer.readBigUInt64LE(offset + UNICODE_STRING.offset.Buffer);
  if (pointer === 0n) return length === 0 ? "" : undefined;
  const start = pointer - base;
  if (start < 0n || start + BigInt(length) > BigInt(buffer.length)) return undefined;
  return buffer.toString("utf16le", Number(start), Number(start) + length);
}
