/** Draws one value of an object's properties, whatever kind it is. */
import { type ReactNode, useMemo, useState } from "react";
import { type FieldValue, visibleText } from "../../../preload/shared";
import { copyText } from "../../frame/clipboard";
import { TypeIcon } from "../../icons/TypeIconSprite";
import { useGridSettings } from "../../settings/useGridSettings";
import { createArrayRowSource } from "../../ui/dataGrid/arrayRowSource";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { DataGrid } from "../../ui/dataGrid/DataGrid";
import { nothingSelected } from "../../ui/dataGrid/gridSelection";
import { goToObject } from "../objects/navigation";
import { timeText, valueText } from "./fieldText";

type Kind<K extends FieldValue["kind"]> = Extract<FieldValue, { kind: K }>;

function FlagsView({ value }: { value: Kind<"flags"> }): ReactNode {
  return (
    <div>
      <span className="mono">{value.raw}</span>
      {value.set.length > 0 || value.unknown ? (
        <ul className="flagList">
          {value.set.map((flag) => (
            <li key={flag.name}>
              <span className="mono muted">{flag.bit}</span> <span>{flag.name}</span>
              <div className="muted flagMeaning">{flag.meaning}</div>
            </li>
          ))}
          {value.unknown ? (
            <li>
              <span className="mono muted">{value.unknown}</span> bits without a known meaning
            </li>
          ) : null}
        </ul>
      ) : (
        <span className="muted"> none set</span>
      )}
    </div>
  );
}

function ObjectLink({ value }: { value: Kind<"object"> }): ReactNode {
  return (
    <button type="button" className="linkButton objectLink" onClick={() => void goToObject(value.path, value.type)}>
      {value.type ? <TypeIcon type={value.type} /> : null}
      <span>{visibleText(value.path)}</span>
    </button>
  );
}

/** px that the longest text takes at 13 px, roughly; the divider's double-click measures it exactly. */
function widthFor(texts: string[]): number {
  return Math.min(240, Math.max(...texts.map((text) => text.length)) * 7 + 24);
}

/** Tables are as tall as their rows up to here; beyond it they scroll. 28 major functions and the header fit. */
const mostVisibleRows = 29;

interface TableViewProps {
  value: Kind<"table">;
  label: string;
  /** The field's id, under which its columns are kept. */
  name: string;
  /** As high as the page instead of as high as its rows. */
  isWholePage?: boolean;
}

export function TableView({ value, label, name, isWholePage = false }: TableViewProps): ReactNode {
  const [selection, setSelection] = useState(nothingSelected);
  const grid = useGridSettings(`field.${name}`);
  const source = useMemo(
    () => createArrayRowSource<FieldValue[]>((row) => (row[0] ? valueText(row[0]) : ""), value.rows),
    [value],
  );
  const columns = useMemo(
    () =>
      value.columns.map(
        (title, index): GridColumn<FieldValue[]> => ({
          id: title,
          title,
          width: widthFor([title, ...value.rows.map((row) => (row[index] ? valueText(row[index]) : ""))]),
          text: (row) => (row[index] ? valueText(row[index]) : ""),
          mono: value.rows[0]?.[index]?.kind === "address",
        }),
      ),
    [value],
  );
  const rows = Math.min(value.rows.length, mostVisibleRows) + 1;
  function follow(index: number) {
    const target = source.row(index)?.find((cell) => cell.kind === "object");
    if (target?.kind === "object") void goToObject(target.path, target.type);
  }
  return (
    <div
      className={isWholePage ? "wholePageTable" : "fieldTable"}
      style={isWholePage ? undefined : { height: `calc(${Math.max(2, rows)} * var(--row-height) + 14px)` }}
    >
      <DataGrid
        label={label}
        source={source}
        columns={columns}
        layout={grid.layout}
        onLayoutChange={grid.onLayoutChange}
        selection={selection}
        onSelectionChange={setSelection}
        onActivate={follow}
        onCopy={copyText}
      />
    </div>
  );
}

export function FieldView({ value, label, name }: { value: FieldValue; label: string; name: string }): ReactNode {
  switch (value.kind) {
    case "text":
      return <span className="fieldPlain">{visibleText(value.text)}</span>;
    case "address":
      return (
        <span>
          <span className="mono">{value.address}</span>
          {value.symbol ? <span> {visibleText(value.symbol)}</span> : null}
          {value.structure ? <span className="muted"> {value.structure}</span> : null}
        </span>
      );
    case "flags":
      return <FlagsView value={value} />;
    case "code":
      return (
        <span>
          {value.name} <span className="muted mono">{value.raw}</span>
          {value.meaning ? <div className="muted">{value.meaning}</div> : null}
        </span>
      );
    case "object":
      return <ObjectLink value={value} />;
    case "time":
      return <span title={timeText(value.time)}>{new Date(value.time).toLocaleString()}</span>;
    case "table":
      return <TableView value={value} label={label} name={name} />;
    default:
      return <span>{valueText(value)}</span>;
  }
}
