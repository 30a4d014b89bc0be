/** Bytes as a hex dump, and hex as a person types it. */

export interface DumpLine {
  /** `00000010` */
  offset: string;
  hex: string;
  text: string;
}

const WIDTH = 16;

/** Sixteen bytes a line; bytes that are no printable ASCII show as dots. */
export function dumpLines(data: Uint8Array): DumpLine[] {
  const lines: DumpLine[] = [];
  for (let at = 0; at < data.length; at += WIDTH) {
    const row = data.subarray(at, at + WIDTH);
    const hex = Array.from(row, (byte, column) => `${column === WIDTH / 2 ? " " : ""}${hexByte(byte)}`);
    const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."));
    lines.push({ offset: at.toString(16).padStart(8, "0"), hex: hex.join(" "), text: text.join("") });
  }
  return lines;
}

export function dumpText(data: Uint8Array): string {
  return dumpLines(data)
    .map((line) => `${line.offset}  ${line.hex.padEnd(3 * WIDTH)}  ${line.text}`)
    .join("\n");
}

export function toHex(data: Uint8Array): string {
  return Array.from(data, hexByte).join("");
}

/** Undefined unless the text is an even number of hex digits; blanks, commas and `0x` between bytes are taken. */
export function parseHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/0x/gi, "").replace(/[\s,]/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return undefined;
  const data = new Uint8Array(digits.length / 2);
  return data.map((_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16));
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
