/** GUIDs as text and as the 16 bytes of the structure, whose first three parts are little-endian (guiddef.h). */

const FORM = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** With or without braces, in any case; undefined for what is none. */
export function guidBytes(text: string): Uint8Array | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, first = "", second = "", third = "", ...rest] = match;
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Number.parseInt(first, 16), true);
  view.setUint16(4, Number.parseInt(second, 16), true);
  view.setUint16(6, Number.parseInt(third, 16), true);
  const tail = rest.join("");
  for (let index = 0; index < 8; index++) bytes[8 + index] = Number.parseInt(tail.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}

/** In small letters, without braces. */
export function guidText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const tail = Array.from(bytes.subarray(8, 16), (value) => hex(value, 2)).join("");
  const head = [hex(view.getUint32(0, true), 8), hex(view.getUint16(4, true), 4), hex(view.getUint16(6, true), 4)];
  return [...head, tail.slice(0, 4), tail.slice(4)].join("-");
}
