/** UNICODE_STRING and ANSI_STRING in memory (RtlCopyUnicodeString... of wdm.h and ntifs.h). The ANSI code page is UTF-8. */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_BUFFER_OVERFLOW,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_INVALID_PARAMETER_2,
  STATUS_NAME_TOO_LONG,
  STATUS_NO_MEMORY,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import type { KernelMemory } from "../mem/kernelMemory";
import { setUnicodeString } from "../mem/unicodeString";
import { RtlUpcaseUnicodeChar, upcase, upcaseDifferences } from "../ob/upcase";

/** Address of a UNICODE_STRING, or its text where it is only read. */
export type StringArgument = Address | string;

/** Room for a buffer that the routine allocates, 0 when there is none. */
export type AllocateString = (bytes: number) => Address;

/** Length and MaximumLength are USHORTs. */
const MOST_BYTES = 0xffff;
const MAXIMUM_LENGTH = 2;
const BUFFER = 8;
const HASH_DEFAULT = 0;
const HASH_X65599 = 1;

export function textOf(memory: KernelMemory, string: StringArgument): string {
  return typeof string === "string" ? string : memory.readUnicodeString(string);
}

/** Bytes of UTF-16 before the NUL at most `most`; undefined when there is no NUL before. */
function zeroTerminated(memory: KernelMemory, source: Address, unit: 1 | 2, most: number): number | undefined {
  for (let bytes = 0; bytes <= most; bytes += unit) {
    if ((unit === 2 ? memory.readU16(source + bytes) : memory.readU8(source + bytes)) === 0) return bytes;
  }
  return undefined;
}

/**
 * RtlInitUnicodeString, RtlInitAnsiString: what is too long is cut off, to a length that is even.
 * @param unit bytes of a character
 */
export function initString(memory: KernelMemory, destination: Address, source: Address, unit: 1 | 2): void {
  const most = MOST_BYTES - 1 - unit;
  const length = source === 0 ? 0 : (zeroTerminated(memory, source, unit, most) ?? most - (most % unit));
  setUnicodeString(memory, destination, source, length, source === 0 ? 0 : length + unit);
}

/** RtlInitUnicodeStringEx: STATUS_NAME_TOO_LONG, and the string as it was, when it can't hold the text. */
export function initStringEx(memory: KernelMemory, destination: Address, source: Address): number {
  if (source !== 0 && zeroTerminated(memory, source, 2, MOST_BYTES - 3) === undefined) return STATUS_NAME_TOO_LONG;
  initString(memory, destination, source, 2);
  return STATUS_SUCCESS;
}

/** Writes text into the string's own buffer, which has room for it, and a NUL where that has room too. */
function store(memory: KernelMemory, destination: Address, text: string, from = 0): void {
  const buffer = memory.readPointer(destination + BUFFER);
  const length = from + text.length * 2;
  memory.writeUtf16(buffer + from, text);
  memory.writeU16(destination, length);
  if (length + 2 <= memory.readU16(destination + MAXIMUM_LENGTH)) memory.writeU16(buffer + length, 0);
}

/** As much as fits. @param source undefined: NULL */
export function copyString(memory: KernelMemory, destination: Address, source: StringArgument | undefined): void {
  const room = memory.readU16(destination + MAXIMUM_LENGTH) >>> 1;
  const text = source === undefined || source === 0 ? "" : textOf(memory, source).slice(0, room);
  if (text === "") memory.writeU16(destination, 0);
  else store(memory, destination, text);
}

/** Leaves the string as it is when there is no room. */
export function appendText(memory: KernelMemory, destination: Address, text: string): number {
  const length = memory.readU16(destination);
  if (length + text.length * 2 > memory.readU16(destination + MAXIMUM_LENGTH)) return STATUS_BUFFER_TOO_SMALL;
  if (text !== "") store(memory, destination, text, length);
  return STATUS_SUCCESS;
}

/** A NUL-terminated wide text at an address; "" for NULL. Longer than a UNICODE_STRING holds: cut. */
export function wideText(memory: KernelMemory, source: Address | string): string {
  if (typeof source === "string") return source;
  if (source === 0) return "";
  return memory.readUtf16(source, zeroTerminated(memory, source, 2, MOST_BYTES) ?? MOST_BYTES);
}

/** @returns below 0, 0 or above 0: the difference of the first units that differ, else of the lengths in bytes */
export function compareStrings(first: string, second: string, caseInsensitive: boolean): number {
  const count = Math.min(first.length, second.length);
  for (let index = 0; index < count; index++) {
    let [one, other] = [first.charCodeAt(index), second.charCodeAt(index)];
    if (one === other) continue;
    if (caseInsensitive) [one, other] = [RtlUpcaseUnicodeChar(one), RtlUpcaseUnicodeChar(other)];
    if (one !== other) return one - other;
  }
  return (first.length - second.length) * 2;
}

let downcased: Uint16Array | undefined;

/** The lower case letter of each unit; of two that have the same upper case, the last: sigma and not final sigma. */
function downcaseTable(): Uint16Array {
  if (downcased !== undefined) return downcased;
  const table = Uint16Array.from({ length: 0x1_0000 }, (_, unit) => unit);
  for (let unit = 0; unit < table.length; unit++) {
    if (upcaseDifferences[unit] !== 0) table[RtlUpcaseUnicodeChar(unit)] = unit;
  }
  downcased = table;
  return table;
}

export function downcaseUnit(unit: number): number {
  return downcaseTable()[unit & 0xffff] as number;
}

export function downcase(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    return String.fromCharCode(downcaseUnit(text.charCodeAt(index)));
  }).join("");
}

/** RtlUpcaseUnicodeString and -Downcase-: text into a string, whose buffer is allocated when `allocate` is given. */
export function storeCased(
  memory: KernelMemory,
  destination: Address,
  text: string,
  allocate: AllocateString | undefined,
): number {
  const bytes = text.length * 2;
  if (allocate !== undefined) {
    const buffer = allocate(bytes);
    if (buffer === 0) return STATUS_NO_MEMORY;
    setUnicodeString(memory, destination, buffer, 0, bytes);
  } else if (bytes > memory.readU16(destination + MAXIMUM_LENGTH)) return STATUS_BUFFER_OVERFLOW;
  store(memory, destination, text);
  return STATUS_SUCCESS;
}

/** RtlHashUnicodeString. @returns undefined for an algorithm that there is not */
export function hashString(text: string, caseInsensitive: boolean, algorithm: number): number | undefined {
  if (algorithm !== HASH_DEFAULT && algorithm !== HASH_X65599) return undefined;
  const cased = caseInsensitive ? upcase(text) : text;
  let hash = 0;
  for (let index = 0; index < cased.length; index++) hash = (Math.imul(hash, 65_599) + cased.charCodeAt(index)) >>> 0;
  return hash;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** RtlAnsiStringToUnicodeString */
export function ansiToUnicode(
  memory: KernelMemory,
  destination: Address,
  source: Address,
  allocate: AllocateString | undefined,
): number {
  const bytes = memory.readBytes(memory.readPointer(source + BUFFER), memory.readU16(source));
  const text = decoder.decode(bytes);
  const needed = text.length * 2 + 2;
  if (needed > MOST_BYTES) return STATUS_INVALID_PARAMETER_2;
  if (allocate !== undefined) {
    const buffer = allocate(needed);
    if (buffer === 0) return STATUS_NO_MEMORY;
    setUnicodeString(memory, destination, buffer, 0, needed);
  } else if (needed > memory.readU16(destination + MAXIMUM_LENGTH)) return STATUS_BUFFER_OVERFLOW;
  store(memory, destination, text);
  return STATUS_SUCCESS;
}

/** RtlUnicodeStringToAnsiString: without `allocate` what does not fit is cut off, with STATUS_BUFFER_OVERFLOW. */
export function unicodeToAnsi(
  memory: KernelMemory,
  destination: Address,
  text: string,
  allocate: AllocateString | undefined,
): number {
  const bytes = encoder.encode(text);
  if (bytes.length + 1 > MOST_BYTES) return STATUS_INVALID_PARAMETER_2;
  if (allocate !== undefined) {
    const made = allocate(bytes.length + 1);
    if (made === 0) return STATUS_NO_MEMORY;
    setUnicodeString(memory, destination, made, 0, bytes.length + 1);
  }
  const room = memory.readU16(destination + MAXIMUM_LENGTH);
  if (room === 0) return STATUS_BUFFER_OVERFLOW;
  const fitting = bytes.subarray(0, room - 1);
  const buffer = memory.readPointer(destination + BUFFER);
  memory.writeBytes(buffer, fitting);
  memory.writeU8(buffer + fitting.length, 0);
  memory.writeU16(destination, fitting.length);
  return fitting.length < bytes.length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

/** Sizes in bytes, NUL included (RtlUnicodeStringToAnsiSize, RtlAnsiStringToUnicodeSize). */
export function ansiSize(text: string): number {
  return encoder.encode(text).length + 1;
}

export function unicodeSize(memory: KernelMemory, ansi: Address): number {
  return decoder.decode(memory.readBytes(memory.readPointer(ansi + BUFFER), memory.readU16(ansi))).length * 2 + 2;
}

const bases: readonly number[] = [2, 8, 10, 16];
const prefixes: Readonly<Record<string, number>> = { "0x": 16, "0o": 8, "0b": 2 };

/** RtlUnicodeStringToInteger: reads up to the first character that is no digit; too much wraps around. */
export function parseInteger(text: string, base: number): { status: number; value: number } {
  if (base !== 0 && !bases.includes(base)) return { status: STATUS_INVALID_PARAMETER, value: 0 };
  let at = 0;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  const sign = /^[+-]$/.test(text[at] ?? "") ? text[at++] : "";
  const rest = text.slice(at);
  const prefixed = base === 0 ? prefixes[rest.slice(0, 2)] : undefined;
  const radix = prefixed ?? (base === 0 ? 10 : base);
  let value = 0;
  for (let index = prefixed === undefined ? 0 : 2; index < rest.length; index++) {
    const digit = /^[0-9a-z]$/i.test(rest[index] as string) ? Number.parseInt(rest[index] as string, 36) : 36;
    if (digit >= radix) break;
    value = (Math.imul(value, radix) + digit) >>> 0;
  }
  return { status: STATUS_SUCCESS, value: sign === "-" ? -value >>> 0 : value };
}

/** RtlIntegerToUnicodeString, RtlInt64ToUnicodeString. @param value unsigned */
export function storeInteger(memory: KernelMemory, value: bigint, base: number, destination: Address): number {
  if (base !== 0 && !bases.includes(base)) return STATUS_INVALID_PARAMETER;
  const digits = value.toString(base === 0 ? 10 : base).toUpperCase();
  if (digits.length * 2 > memory.readU16(destination + MAXIMUM_LENGTH)) return STATUS_BUFFER_OVERFLOW;
  store(memory, destination, digits);
  return STATUS_SUCCESS;
}
