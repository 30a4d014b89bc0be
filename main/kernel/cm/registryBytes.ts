/** Registry values as the bytes that a driver gives and gets. Text is UTF-16 with its NUL. */
import { REG_BINARY, REG_DWORD, REG_EXPAND_SZ, REG_MULTI_SZ, REG_SZ } from "../../../native-bindings/abi/registryTypes";
import type { RegistryData } from "./registryKey";

export interface RegistryBytes {
  /** REG_xxx */
  readonly type: number;
  readonly bytes: Uint8Array;
}

function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), true);
  return bytes;
}

/** A byte that is left over is not looked at. */
export function utf16Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + 2 <= bytes.length; at += 2) text += String.fromCharCode(view.getUint16(at, true));
  return text;
}

export function bytesOfData(data: RegistryData): RegistryBytes {
  switch (data.type) {
    case "REG_SZ":
      return { type: REG_SZ, bytes: utf16Bytes(`${data.text}\0`) };
    case "REG_EXPAND_SZ":
      return { type: REG_EXPAND_SZ, bytes: utf16Bytes(`${data.text}\0`) };
    case "REG_MULTI_SZ":
      return { type: REG_MULTI_SZ, bytes: utf16Bytes(`${data.texts.map((text) => `${text}\0`).join("")}\0`) };
    case "REG_DWORD": {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, data.number, true);
      return { type: REG_DWORD, bytes };
    }
    case "REG_BINARY":
      return { type: REG_BINARY, bytes: data.bytes };
    case "other":
      return { type: data.number, bytes: data.bytes };
  }
}

/** What the bytes mean, if they are what their type says; the registry keeps any others as they are. */
function parse({ type, bytes }: RegistryBytes): RegistryData | undefined {
  switch (type) {
    case REG_SZ:
      return { type: "REG_SZ", text: utf16Text(bytes).slice(0, -1) };
    case REG_EXPAND_SZ:
      return { type: "REG_EXPAND_SZ", text: utf16Text(bytes).slice(0, -1) };
    case REG_MULTI_SZ:
      return { type: "REG_MULTI_SZ", texts: utf16Text(bytes).split("\0").slice(0, -2) };
    case REG_DWORD:
      if (bytes.length !== 4) return undefined;
      return { type: "REG_DWORD", number: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) };
    case REG_BINARY:
      return { type: "REG_BINARY", bytes };
    default:
      return undefined;
  }
}

function isSame(first: Uint8Array, second: Uint8Array): boolean {
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}

export function dataOfBytes(raw: RegistryBytes): RegistryData {
  const data = parse(raw);
  // Only what comes back byte by byte: text without its NUL stays bytes.
  if (data !== undefined && isSame(bytesOfData(data).bytes, raw.bytes)) return data;
  return { type: "other", number: raw.type, bytes: raw.bytes };
}

/** The text of a value whose type is text, up to its first NUL. */
export function textOfBytes({ type, bytes }: RegistryBytes): string | undefined {
  if (type !== REG_SZ && type !== REG_EXPAND_SZ) return undefined;
  return utf16Text(bytes).split("\0")[0] ?? "";
}
