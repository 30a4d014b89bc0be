/** Bytes as hex, and back. */

/** Sixteen bytes a line: offset, hex in two groups, printable ASCII. */
export function hexDump(data: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < data.length; at += 16) {
    const row = data.subarray(at, at + 16);
    const hex = [...row]
      .map((byte, column) => `${column === 8 ? " " : ""}${byte.toString(16).padStart(2, "0")}`)
      .join(" ");
    const ascii = [...row].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${hex.padEnd(48)}  ${ascii}`);
  }
  return lines.join("\n");
}

export function toHex(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
}

/** Undefined unless the text is an even number of hex digits; blanks, commas and `0x` between bytes are taken. */
export function fromHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/0x/gi, "").replace(/[\s,]/g, "");
  return digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits)
    ? new Uint8Array(Buffer.from(digits, "hex"))
    : undefined;
}
