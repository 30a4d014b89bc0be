/** The columns of a structure's fields. */
import type { ReactNode } from "react";
import { visibleText } from "../../../preload/shared";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { Glyph } from "../../ui/Glyph";
import { ownStructure } from "./ownStructure";
import { offsetText, rowText, type StructureRow, targetOf } from "./structureRows";

export const structureColumns: GridColumn<StructureRow>[] = [
  {
    id: "offset",
    title: "Offset",
    width: 74,
    mono: true,
    text: (row) => (row.offset === undefined ? "" : offsetText(row.offset)),
  },
  { id: "name", title: "Name", width: 190, text: (row) => row.name, render: (row) => <NameCell row={row} /> },
  {
    id: "value",
    title: "Value",
    width: 366,
    mono: true,
    text: (row) => (row.value ? rowText(row) : row.type),
    render: (row) => <ValueCell row={row} />,
  },
  { id: "type", title: "Type", width: 140, mono: true, hiddenAtFirst: true, text: (row) => row.type },
  { id: "meaning", title: "Meaning", width: 320, text: (row) => row.meaning },
];

function NameCell({ row }: { row: StructureRow }): ReactNode {
  if (row.isElement) return <span className="structureElement">{row.name}</span>;
  if (row.elements === undefined) return <span className="structureName">{row.name}</span>;
  const isOpen = ownStructure.store.getState().expanded.has(row.key);
  return (
    <button
      type="button"
      className="structureFold"
      tabIndex={-1}
      aria-expanded={isOpen}
      onClick={() => ownStructure.toggle(row.key)}
    >
      <Glyph name={isOpen ? "chevronDown" : "chevronRight"} />
      {row.name}
    </button>
  );
}

function ValueCell({ row }: { row: StructureRow }): ReactNode {
  if (!row.value) return <span className="muted">{row.type}</span>;
  if (row.elements !== undefined) return <span className="muted">{rowText(row)}</span>;
  if (!("value" in row.value)) return <span className="structureUnread">{rowText(row)}</span>;
  const { value } = row.value;
  if (value.kind !== "address") return rowText(row);
  const target = targetOf(row);
  const rest = (
    <>
      {value.symbol ? ` ${visibleText(value.symbol)}` : ""}
      {value.structure ? <span className="muted"> {value.structure}</span> : null}
    </>
  );
  if (!target) {
    return (
      <>
        <span className={/^0x0+$/.test(value.address) ? "muted" : undefined}>{value.address}</span>
        {rest}
      </>
    );
  }
  return (
    <>
      <button
        type="button"
        className="linkButton"
        tabIndex={-1}
        title={target.structure ? `Show the ${target.structure} there` : "Show what lies there; its type is asked for"}
        onClick={() => void ownStructure.go(target.structure ?? "", target.address)}
      >
        {value.address}
      </button>
      {rest}
    </>
  );
}
