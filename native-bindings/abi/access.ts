/**
 * Access masks: standard and generic rights, and what a mask means for a type of object (winnt.h, [MS-DTYP]
 * 2.4.3). The rights of each type are in objectRights.ts.
 */
import { decodeFlags, flagTable } from "./flags";
import { objectRights } from "./objectRights";

/** What the four generic rights stand for, for one type of object: GENERIC_MAPPING. */
export interface GenericMapping {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
}

export const standardRights = flagTable({
  DELETE: [0x10000, "Delete the object"],
  READ_CONTROL: [0x20000, "Read its security descriptor"],
  WRITE_DAC: [0x40000, "Change who may do what"],
  WRITE_OWNER: [0x80000, "Change the owner"],
  SYNCHRONIZE: [0x100000, "Wait for the object"],
  ACCESS_SYSTEM_SECURITY: [0x1000000, "Read and change what is audited"],
  MAXIMUM_ALLOWED: [0x2000000, "As many rights as there are to be had"],
  GENERIC_ALL: [0x10000000, "All rights of the type"],
  GENERIC_EXECUTE: [0x20000000, "Execute, as the type understands it"],
  GENERIC_WRITE: [0x40000000, "Write, as the type understands it"],
  GENERIC_READ: [0x80000000, "Read, as the type understands it"],
});
export const {
  DELETE,
  READ_CONTROL,
  WRITE_DAC,
  WRITE_OWNER,
  SYNCHRONIZE,
  ACCESS_SYSTEM_SECURITY,
  MAXIMUM_ALLOWED,
  GENERIC_ALL,
  GENERIC_EXECUTE,
  GENERIC_WRITE,
  GENERIC_READ,
} = standardRights.bit;

export const STANDARD_RIGHTS_READ = READ_CONTROL;
export const STANDARD_RIGHTS_WRITE = READ_CONTROL;
export const STANDARD_RIGHTS_EXECUTE = READ_CONTROL;
export const STANDARD_RIGHTS_REQUIRED = DELETE | READ_CONTROL | WRITE_DAC | WRITE_OWNER;
export const STANDARD_RIGHTS_ALL = STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE;
/** The bits whose meaning the type decides. */
export const SPECIFIC_RIGHTS_ALL = 0xffff;

export interface AccessRight {
  readonly name: string;
  readonly bit: number;
}

/** Replaces generic rights by what they stand for (RtlMapGenericMask). Unsigned. */
export function mapGenericAccess(mapping: GenericMapping, mask: number): number {
  let mapped = mask & ~(GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE | GENERIC_ALL);
  if (mask & GENERIC_READ) mapped |= mapping.read;
  if (mask & GENERIC_WRITE) mapped |= mapping.write;
  if (mask & GENERIC_EXECUTE) mapped |= mapping.execute;
  if (mask & GENERIC_ALL) mapped |= mapping.all;
  return mapped >>> 0;
}

function rightsOf(typeName: string) {
  return Object.hasOwn(objectRights, typeName) ? objectRights[typeName] : undefined;
}

/** Undefined for a type that isn't in objectRights.ts. */
export function genericMappingOf(typeName: string): GenericMapping | undefined {
  return rightsOf(typeName)?.mapping;
}

/**
 * The rights in a mask by their SDK names, the type's own first. Bits without a name come last, one by one, as
 * "0x00000400"; for a type that isn't known that is every specific right.
 */
export function decodeAccess(typeName: string, mask: number): AccessRight[] {
  const specific = decodeFlags(rightsOf(typeName)?.rights ?? { flags: [] }, mask & SPECIFIC_RIGHTS_ALL);
  const standard = decodeFlags(standardRights, (mask & ~SPECIFIC_RIGHTS_ALL) >>> 0);
  const named = [...specific.set, ...standard.set].map(({ name, bit }) => ({ name, bit }));
  const unknown = (specific.unknown | standard.unknown) >>> 0;
  for (let index = 0; index < 32; index++) {
    const bit = (1 << index) >>> 0;
    if (unknown & bit) named.push({ name: `0x${bit.toString(16).toUpperCase().padStart(8, "0")}`, bit });
  }
  return named;
}

/** "EVENT_ALL_ACCESS", "FILE_READ_DATA | SYNCHRONIZE", or "0". */
export function formatAccess(typeName: string, mask: number): string {
  const rights = rightsOf(typeName);
  if (rights !== undefined && mask >>> 0 === rights.mapping.all) return rights.allAccess;
  return (
    decodeAccess(typeName, mask)
      .map(({ name }) => name)
      .join(" | ") || "0"
  );
}

const letters: Readonly<Record<string, number>> = {
  r: GENERIC_READ,
  w: GENERIC_WRITE,
  x: GENERIC_EXECUTE,
  a: GENERIC_ALL,
};

function parseRight(typeName: string, word: string): number | undefined {
  if (/^(0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(word)) {
    const mask = Number(word);
    return mask <= 0xffff_ffff ? mask : undefined;
  }
  if (/^[rwxa]{1,4}$/i.test(word)) {
    return [...word.toLowerCase()].reduce((mask, letter) => mask | (letters[letter] ?? 0), 0) >>> 0;
  }
  const name = word.toUpperCase();
  const rights = rightsOf(typeName);
  if (rights?.allAccess === name) return rights.mapping.all;
  return [...(rights?.rights.flags ?? []), ...standardRights.flags].find((flag) => flag.name === name)?.bit;
}

/**
 * Reads "r", "rw", "0", "0x120089", "GENERIC_READ", "FILE_READ_DATA|SYNCHRONIZE" (| , or blanks between).
 * Undefined when a word isn't a right of the type.
 */
export function parseAccess(typeName: string, text: string): number | undefined {
  const words = text.split(/[|,\s]+/).filter((word) => word !== "");
  if (words.length === 0) return undefined;
  let mask = 0;
  for (const word of words) {
    const right = parseRight(typeName, word);
    if (right === undefined) return undefined;
    mask |= right;
  }
  return mask >>> 0;
}
