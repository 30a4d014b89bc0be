/** Bytes as a target under kernel debugging sends them, for tests. */

/** Bytes from hex digits; spaces are free. */
export function hex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** DBGKD_DEBUG_IO with DbgKdPrintStringApi. */
export function debugPrintPayload(text: string, textOffset: 12 | 16 = 16): Uint8Array {
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(textOffset + encoded.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x3230, true);
  view.setUint32(8, encoded.length, true);
  bytes.set(encoded, textOffset);
  return bytes;
}

/** DBGKD_DEBUG_IO with DbgKdGetStringApi. */
export function promptPayload(text: string, room: number): Uint8Array {
  const bytes = debugPrintPayload(text);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x3231, true);
  view.setUint32(12, room, true);
  return bytes;
}

/** DBGKD_ANY_WAIT_STATE_CHANGE, 64 bits. */
export function exceptionPayload(reason: number, code: number, programCounter: bigint): Uint8Array {
  const bytes = new Uint8Array(240);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, reason, true);
  view.setUint16(4, 6, true);
  view.setUint32(8, 1, true);
  view.setBigUint64(24, programCounter, true);
  view.setUint32(32, code, true);
  return bytes;
}
