/** GUIDs as text: RtlStringFromGUID, RtlGUIDFromString (wdm.h). */
import type { Address } from "../../../native-bindings/abi/address";
import { GUID } from "../../../native-bindings/abi/structures/etw";
import type { KernelMemory } from "../mem/kernelMemory";

const LAST_BYTES = GUID.offset.Data4;
const FORM = /^\{([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}$/i;

/** "{01020304-0506-0708-090A-0B0C0D0E0F0A}": 38 characters */
export function guidText(memory: KernelMemory, guid: Address): string {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");
  const last = Array.from(memory.readBytes(guid + LAST_BYTES, 8), (byte) => hex(byte, 2)).join("");
  const first = hex(memory.readU32(guid), 8);
  const middle = [memory.readU16(guid + 4), memory.readU16(guid + 6)].map((value) => hex(value, 4)).join("-");
  return `{${first}-${middle}-${last.slice(0, 4)}-${last.slice(4)}}`;
}

/** @returns false for any other form, and then writes nothing */
export function parseGuid(memory: KernelMemory, text: string, guid: Address): boolean {
  const groups = FORM.exec(text)?.slice(1);
  if (groups === undefined) return false;
  const [first, second, third, fourth, fifth] = groups as [string, string, string, string, string];
  const bytes = new Uint8Array(GUID.size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Number.parseInt(first, 16), true);
  view.setUint16(4, Number.parseInt(second, 16), true);
  view.setUint16(6, Number.parseInt(third, 16), true);
  const last = fourth + fifth;
  for (let index = 0; index < 8; index++) {
    bytes[LAST_BYTES + index] = Number.parseInt(last.slice(index * 2, index * 2 + 2), 16);
  }
  memory.writeBytes(guid, bytes);
  return true;
}
