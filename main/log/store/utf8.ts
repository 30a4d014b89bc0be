/**
 * UTF-8 in and out of the store's buffers. TextEncoder and TextDecoder are not used on them directly: browsers refuse
 * SharedArrayBuffers there, and for lines of a hundred bytes the call costs more than the loop.
 */

/** Bytes of UTF-8 that one UTF-16 code unit can need at most. */
export const MAX_BYTES_PER_UNIT = 3;

/** U+FFFD, which stands for a lone surrogate: UTF-8 has no form for one. */
const REPLACEMENT = 0xfffd;

/** Writes `text` from `at` on, where 3 bytes a code unit must be free. Answers the offset after it. */
export function writeUtf8(text: string, target: Uint8Array, at: number): number {
  let end = at;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      target[end] = unit;
      end += 1;
    } else if (unit < 0x800) {
      target[end] = 0xc0 | (unit >> 6);
      target[end + 1] = 0x80 | (unit & 0x3f);
      end += 2;
    } else {
      const point = wholePoint(text, index, unit);
      if (point > 0xffff) index += 1;
      end = writeWide(point, target, end);
    }
  }
  return end;
}

function wholePoint(text: string, index: number, unit: number): number {
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  const next = text.charCodeAt(index + 1);
  if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return REPLACEMENT;
  return 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
}

function writeWide(point: number, target: Uint8Array, at: number): number {
  let end = at;
  if (point > 0xffff) {
    target[end] = 0xf0 | (point >> 18);
    target[end + 1] = 0x80 | ((point >> 12) & 0x3f);
    end += 2;
  } else {
    target[end] = 0xe0 | (point >> 12);
    end += 1;
  }
  target[end] = 0x80 | ((point >> 6) & 0x3f);
  target[end + 1] = 0x80 | (point & 0x3f);
  return end + 2;
}

// A byte order mark in a driver's text is text, not an instruction to the decoder.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of these bytes, which may lie in a SharedArrayBuffer. */
export function readUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes.slice());
}

/** UTF-16 code units that these well-formed bytes decode to. */
export function countUnits(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let index = from; index < to; index += 1) {
    const byte = bytes[index] as number;
    // Continuation bytes count nothing; a lead of four bytes makes a surrogate pair.
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}
