/**
 * The values a property can have, as data. Properties windows, the CLI's `info` and `--json` all
 * draw from these, so a machine describes an object once and every reader shows the same.
 */
import type { Field } from "./result";

/** One bit or enumerated value of a decoded number. */
export interface DecodedFlag {
  name: string;
  /** The bit(s), as a hex string. */
  bit: string;
  meaning: string;
}

export type FieldValue =
  | { kind: "text"; text: string }
  | { kind: "number"; value: number; unit?: "bytes" | "ms" | "count" }
  /** A 64-bit address or value as `0x…` with 16 digits; `structure` names what lies there, for a jump to `dt`. */
  | { kind: "address"; address: string; structure?: string; symbol?: string }
  | { kind: "boolean"; value: boolean }
  | { kind: "flags"; raw: string; set: DecodedFlag[]; unknown?: string }
  /** A code with a name, such as a device type. */
  | { kind: "code"; raw: string; name: string; meaning?: string }
  /** The raw path of another object, to jump to. */
  | { kind: "object"; path: string; type?: string }
  /** Unix milliseconds. */
  | { kind: "time"; time: number }
  | { kind: "table"; columns: string[]; rows: FieldValue[][] };

export interface NamedField {
  /** Stable camelCase key, used by `--json` and by tests. */
  id: string;
  label: string;
  /** One sentence: what the field means. */
  help?: string;
  field: Field<FieldValue>;
}

/** One page of properties: General, Driver, Major functions, Security... */
export interface FieldSection {
  id: string;
  title: string;
  fields: NamedField[];
}
