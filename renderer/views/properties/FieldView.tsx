/** Draws one value of an object's properties, whatever kind it is. */
import { type ReactNode, useMemo, useState } from "react";
import { type FieldValue, visibleText } from "../../../preload/shared";
import { useMachine } from "../../engine/machineState";
import { copyText } from "../../frame/clipboard";
import { TypeIcon } from "../../icons/TypeIconSprite";
import { useGridSettings } from "../../settings/useGridSettings";
import { createArrayRowSource } from "../../ui/dataGrid/arrayRowSource";
import { autofitWidth } from "../../ui/dataGrid/autofit";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { DataGrid } from "../../ui/dataGrid/DataGrid";
import { nothingSelected } from "../../ui/dataGrid/gridSelection";
import { goToObject } from "../objects/navigation";
import { showStructure } from "../structure/showStructure";
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
              <span>{flag.name}</span> <span className="mono muted">{flag.bit}</span>
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

/** In a grid the row takes the keyboard, and Enter on it follows the link. */
function ObjectLink({ value, isInGrid = false }: { value: Kind<"object">; isInGrid?: boolean }): ReactNode {
  return (
    <button
      type="button"
      className="linkButton objectLink"
      tabIndex={isInGrid ? -1 : 0}
      onClick={() => void goToObject(value.path, value.type)}
    >
      {value.type ? <TypeIcon type={value.type} /> : null}
      <span>{visibleText(value.path)}</span>
    </button>
  );
}

/** Where the machine lets its memory be read, an address leads to the structure that lies there. */
function AddressView({ value, isInGrid = false }: { value: Kind<"address">; isInGrid?: boolean }): ReactNode {
  const canDump = useMachine(({ info }) => info?.capabilities.includes("structures") ?? false);
  const { address, structure } = value;
  const isNull = Number(address) === 0 || Number.isNaN(Number(address));
  if (!canDump || structure === undefined || isNull) return <span className="mono">{address}</span>;
  return (
    <button
      type="button"
      className="linkButton mono"
      tabIndex={isInGrid ? -1 : 0}
      title={`Show the ${structure} there`}
      onClick={() => showStructure({ type: structure, where: address })}
    >
      {address}
    </button>
  );
}

/** A cell of a table: what can be jumped to is a link, a routine's name comes before its address. */
function CellView({ value }: { value: FieldValue | undefined }): ReactNode {
  if (value?.kind === "object") return <ObjectLink value={value} isInGrid />;
  if (value?.kind === "address" && value.symbol) {
    return (
      <>
        {visibleText(value.symbol)} <span className="mono muted">{value.address}</span>
      </>
    );
  }
  if (value?.kind === "address") return <AddressView value={value} isInGrid />;
  return value ? valueText(value) : null;
}

/** Fits what is in it, but leaves room for the other columns in a narrow pane, px. */
const widestAtFirst = 250;

/** Icon and gap, px: properties.css. */
const linkIconWidth = 21;

function tableColumns({ columns, rows }: Kind<"table">): GridColumn<FieldValue[]>[] {
  return columns.map((title, index) => {
    const column: GridColumn<FieldValue[]> = {
      id: title,
      title,
      width: 0,
      text: (row) => (row[index] ? valueText(row[index]) : ""),
      decoration: rows.some((row) => row[index]?.kind === "object") ? linkIconWidth : 0,
      render: (row) => <CellView value={row[index]} />,
      mono: rows[0]?.[index]?.kind === "address" && rows.every((row) => !("symbol" in (row[index] ?? {}))),
    };
    return { ...column, width: Math.min(widestAtFirst, autofitWidth(column, rows, document.body)) };
  });
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
  const columns = useMemo(() => tableColumns(value), [value]);
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
          <AddressView value={value} />
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
