/**
 * Named bits and named values as data: declared once with a meaning, used by code as constants and by `dt`
 * and the property pages to say what a number means.
 */

export interface Flag {
  readonly name: string;
  /** One bit, or several when NT gives a name to a combination; unsigned 32-bit. */
  readonly bit: number;
  readonly meaning: string;
}

type Declarations = Readonly<Record<string, readonly [number, string]>>;
type Numbers<D extends Declarations> = { readonly [K in keyof D]: D[K][0] };

export interface FlagTable<D extends Declarations = Declarations> {
  readonly kind: "flags";
  readonly flags: readonly Flag[];
  /** `deviceObjectFlags.bit.DO_EXCLUSIVE` */
  readonly bit: Numbers<D>;
}

export interface NamedValue {
  readonly name: string;
  readonly value: number;
  readonly meaning: string;
}

/** Numbers of which exactly one applies at a time, such as a device type. */
export interface ValueTable<D extends Declarations = Declarations> {
  readonly kind: "values";
  readonly values: readonly NamedValue[];
  readonly value: Numbers<D>;
}

function numbersOf<const D extends Declarations>(declarations: D): Numbers<D> {
  return Object.fromEntries(Object.entries(declarations).map(([name, [number]]) => [name, number])) as Numbers<D>;
}

export function flagTable<const D extends Declarations>(declarations: D): FlagTable<D> {
  const flags = Object.entries(declarations).map(([name, [bit, meaning]]) => ({ name, bit, meaning }));
  return { kind: "flags", flags, bit: numbersOf(declarations) };
}

export function valueTable<const D extends Declarations>(declarations: D): ValueTable<D> {
  const values = Object.entries(declarations).map(([name, [value, meaning]]) => ({ name, value, meaning }));
  return { kind: "values", values, value: numbersOf(declarations) };
}

export interface DecodedFlags {
  /** In the order of the table. */
  readonly set: readonly Flag[];
  /** The bits that no name covers; unsigned 32-bit. */
  readonly unknown: number;
}

/** A name for several bits counts only when all of them are set. */
export function decodeFlags(table: { readonly flags: readonly Flag[] }, value: number): DecodedFlags {
  const set = table.flags.filter(({ bit }) => bit !== 0 && (value & bit) >>> 0 === bit);
  const unknown = set.reduce((rest, { bit }) => (rest & ~bit) >>> 0, value >>> 0);
  return { set, unknown };
}

/** "DO_BUFFERED_IO | DO_EXCLUSIVE | 0x1000"; "0" when nothing is set. */
export function formatFlags(table: { readonly flags: readonly Flag[] }, value: number): string {
  const { set, unknown } = decodeFlags(table, value);
  const parts = set.map(({ name }) => name);
  if (unknown !== 0) parts.push(`0x${unknown.toString(16).toUpperCase()}`);
  return parts.join(" | ") || "0";
}

export function findNamedValue(
  table: { readonly values: readonly NamedValue[] },
  value: number,
): NamedValue | undefined {
  return table.values.find((entry) => entry.value === value);
}
