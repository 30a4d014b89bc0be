/** A structure's dump as the rows of its grid: fields, the elements of arrays below them, and what changed since. */
import type { Field, FieldValue, StructureDump } from "../../../preload/shared";
import { fieldText } from "../properties/fieldText";

export interface StructureRow {
  /** What makes it the same row after a refresh: `MajorFunction`, `MajorFunction[3]`. */
  key: string;
  /** Bytes from the structure's start; left out for an element whose size is not known. */
  offset?: number;
  name: string;
  type: string;
  meaning: string;
  value?: Field<FieldValue>;
  /** An array: how many elements it has. */
  elements?: number;
  isElement: boolean;
}

/** Bytes of an element, for its offset. */
const elementSizes: Record<string, number> = {
  pointer: 8,
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  i64: 8,
  u64: 8,
};

export function structureRows(dump: StructureDump, expanded: ReadonlySet<string>): StructureRow[] {
  return dump.fields.flatMap((field): StructureRow[] => {
    const { name, value } = field;
    const table = value && "value" in value && value.value.kind === "table" ? value.value : undefined;
    if (!table) return [{ ...field, key: name, isElement: false }];
    const own: StructureRow = { ...field, key: name, isElement: false, elements: table.rows.length };
    if (!expanded.has(name)) return [own];
    const elementType = field.type.replace(/\[\d+\]$/, "");
    const size = elementSizes[elementType];
    const elements = table.rows.map(([, element], index): StructureRow => {
      const row: StructureRow = {
        key: `${name}[${index}]`,
        name: `[${index}]`,
        type: elementType,
        meaning: "",
        isElement: true,
      };
      if (size !== undefined) row.offset = field.offset + index * size;
      if (element) row.value = { value: element };
      return row;
    });
    return [own, ...elements];
  });
}

export function rowText({ value, elements }: StructureRow): string {
  if (elements !== undefined) return `${elements} elements`;
  return value ? fieldText(value) : "";
}

/** Names of the fields whose value is not what it was; none when it is another place. */
export function changedFields(before: StructureDump | undefined, after: StructureDump): Set<string> {
  if (!before || before.type !== after.type || before.address !== after.address) return new Set();
  const old = new Map(textsOf(before));
  return new Set(textsOf(after).flatMap(([key, text]) => (old.get(key) === text ? [] : [key])));
}

function textsOf(dump: StructureDump): [key: string, text: string][] {
  const everyArray = new Set(dump.fields.map(({ name }) => name));
  return structureRows(dump, everyArray).map((row) => [row.key, row.value ? fieldText(row.value) : ""]);
}

/** WinDbg's form: `+0x0c8`. */
export function offsetText(offset: number): string {
  return `+0x${offset.toString(16).padStart(3, "0")}`;
}

/** Where a row leads: an address that is not NULL and no code. */
export function targetOf({ value }: StructureRow): { address: string; structure: string | undefined } | undefined {
  if (!value || !("value" in value) || value.value.kind !== "address") return undefined;
  const { address, structure, symbol } = value.value;
  const isRoutine = symbol !== undefined && !symbol.startsWith("\\");
  if (!/^0x0*[1-9A-F][0-9A-F]*$/i.test(address) || isRoutine) return undefined;
  return { address, structure };
}
