/** A property's value as one line of text, for `info` and `dt`. */

import type { FieldValue } from "../../machine/fieldValue";
import type { Field } from "../../machine/result";
import { visibleText } from "../../machine/visibleText";
import { errorText } from "./errorText";
import { textTable } from "./textTable";

export function fieldText(field: Field<FieldValue>): string {
  return "error" in field ? errorText(field.error) : valueText(field.value);
}

export function valueText(value: FieldValue): string {
  switch (value.kind) {
    case "text":
      return visibleText(value.text);
    case "number":
      return value.unit === "bytes"
        ? `${value.value} bytes`
        : value.unit === "ms"
          ? `${value.value} ms`
          : String(value.value);
    case "address":
      return value.symbol ? `${value.address} ${visibleText(value.symbol)}` : value.address;
    case "boolean":
      return value.value ? "yes" : "no";
    case "flags":
      return [
        value.raw,
        ...value.set.map((flag) => flag.name),
        ...(value.unknown ? [`unknown ${value.unknown}`] : []),
      ].join(" ");
    case "code":
      return `${value.name} (${value.raw})`;
    case "object":
      return visibleText(value.path);
    case "time":
      return new Date(value.time).toISOString();
    case "table":
      return value.rows.length === 0
        ? "none"
        : textTable(
            value.columns,
            value.rows.map((row) => row.map(valueText)),
          );
  }
}
