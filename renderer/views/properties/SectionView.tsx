/** One page of an object's properties: label, value; a table takes the whole width. */
import type { ReactNode } from "react";
import type { FieldSection, NamedField } from "../../../preload/shared";
import { ErrorText } from "../../ui/ErrorText";
import { FieldView, TableView } from "./FieldView";

function FieldRow({ named }: { named: NamedField }): ReactNode {
  const { label, help, field, id } = named;
  const isTable = "value" in field && field.value.kind === "table";
  return (
    <div className={isTable ? "fieldRow fieldRowWide" : "fieldRow"} data-field={id}>
      <dt title={help} data-help={help ? true : undefined}>
        {label}
      </dt>
      <dd className="selectable">
        {"value" in field ? (
          <FieldView value={field.value} label={label} name={id} />
        ) : (
          <ErrorText error={field.error} />
        )}
      </dd>
    </div>
  );
}

export function SectionView({ section }: { section: FieldSection }): ReactNode {
  const [only, ...others] = section.fields;
  if (only && others.length === 0 && "value" in only.field && only.field.value.kind === "table") {
    return <TableView value={only.field.value} label={only.label} name={only.id} isWholePage />;
  }
  return (
    <dl className="fieldList">
      {section.fields.map((named) => (
        <FieldRow key={named.id} named={named} />
      ))}
    </dl>
  );
}
