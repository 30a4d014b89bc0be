/** Small makers of the port's field values, so that every section writes a number or an address the same way. */
import { type Address, addressToHex, isCanonicalAddress } from "../../native-bindings/abi/address";
import { decodeFlags, type FlagTable, findNamedValue, type ValueTable } from "../../native-bindings/abi/flags";
import type { FieldSection, FieldValue, NamedField } from "./fieldValue";
import type { StatusError } from "./result";

export function text(value: string): FieldValue {
  return { kind: "text", text: value };
}

export function count(value: number): FieldValue {
  return { kind: "number", value, unit: "count" };
}

export function bytes(value: number): FieldValue {
  return { kind: "number", value, unit: "bytes" };
}

export function boolean(value: boolean): FieldValue {
  return { kind: "boolean", value };
}

export function objectLink(path: string, type: string): FieldValue {
  return { kind: "object", path, type };
}

/** `0x` and 16 digits; what is not canonical came out of a pointer field that holds garbage. */
export function addressValue(address: Address, what: { structure?: string; symbol?: string } = {}): FieldValue {
  const shown = isCanonicalAddress(address) ? addressToHex(address) : "not canonical";
  return { kind: "address", address: shown, ...what };
}

export function hex32(value: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, "0")}`;
}

export function flagsValue(table: Pick<FlagTable, "flags">, raw: number): FieldValue {
  const { set, unknown } = decodeFlags(table, raw);
  return {
    kind: "flags",
    raw: hex32(raw),
    set: set.map(({ name, bit, meaning }) => ({ name, bit: hex32(bit), meaning })),
    ...(unknown === 0 ? {} : { unknown: hex32(unknown) }),
  };
}

export function codeValue(table: Pick<ValueTable, "values">, raw: number): FieldValue {
  const found = findNamedValue(table, raw);
  return found === undefined
    ? { kind: "code", raw: hex32(raw), name: hex32(raw) }
    : { kind: "code", raw: hex32(raw), name: found.name, meaning: found.meaning };
}

/** FILETIME units (100 ns since 1601) to Unix milliseconds. */
export function timeValue(fileTime: bigint): FieldValue {
  const EPOCH_DIFFERENCE_MS = 11_644_473_600_000;
  return { kind: "time", time: Number(fileTime / 10_000n) - EPOCH_DIFFERENCE_MS };
}

export function field(id: string, label: string, value: FieldValue, help?: string): NamedField {
  return { id, label, ...(help === undefined ? {} : { help }), field: { value } };
}

export function failedField(id: string, label: string, error: StatusError, help?: string): NamedField {
  return { id, label, ...(help === undefined ? {} : { help }), field: { error } };
}

export function section(id: string, title: string, fields: NamedField[]): FieldSection {
  return { id, title, fields };
}
