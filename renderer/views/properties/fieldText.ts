/** A field as plain text: for "Copy as text", for copied table rows and for tooltips. */
import { type Field, type FieldValue, type ObjectInfo, visibleText } from "../../../preload/shared";
import { errorLine } from "../../ui/ErrorText";

const unitNames = { bytes: "bytes", ms: "ms", count: "" } as const;

function numberText({ value, unit }: Extract<FieldValue, { kind: "number" }>): string {
  const name = unit ? unitNames[unit] : "";
  return name ? `${value.toLocaleString("en-US")} ${name}` : value.toLocaleString("en-US");
}

export function timeText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "not a time" : date.toISOString().replace("T", " ").replace("Z", " UTC");
}

function tableText({ columns, rows }: Extract<FieldValue, { kind: "table" }>): string {
  return [columns.join("\t"), ...rows.map((row) => row.map(valueText).join("\t"))].join("\n");
}

export function valueText(value: FieldValue): string {
  switch (value.kind) {
    case "text":
      return visibleText(value.text);
    case "number":
      return numberText(value);
    case "address":
      return value.symbol ? `${value.address} ${visibleText(value.symbol)}` : value.address;
    case "boolean":
      return value.value ? "yes" : "no";
    case "flags": {
      const names = value.set.map((flag) => flag.name);
      if (value.unknown) names.push(value.unknown);
      return names.length > 0 ? `${value.raw} ${names.join(" | ")}` : value.raw;
    }
    case "code":
      return `${value.name} (${value.raw})`;
    case "object":
      return visibleText(value.path);
    case "time":
      return timeText(value.time);
    case "table":
      return tableText(value);
  }
}

export function fieldText(field: Field<FieldValue>): string {
  return "value" in field ? valueText(field.value) : errorLine(field.error);
}

/** The whole sheet, as one would paste it into a report. */
export function objectText(info: ObjectInfo): string {
  const sections = info.sections.map((section) => {
    const lines = section.fields.map(({ label, field }) => {
      const text = fieldText(field);
      return text.includes("\n") ? `${label}:\n${text}` : `${label}: ${text}`;
    });
    return [`[${section.title}]`, ...lines].join("\n");
  });
  return [`${visibleText(info.path)} (${info.type})`, ...sections].join("\n\n");
}
