/** All keys in one table, from the same rows that the menus are made of. */
import { type ReactNode, useMemo, useState } from "react";
import { type CommandRow, commands } from "../../../preload/commands";
import { showAccelerator } from "../../commands/accelerator";
import { isMac } from "../../commands/keyboard";
import { commandIds, commandTitle, runCommand } from "../../commands/registry";
import { copyText } from "../../frame/clipboard";
import { useGridSettings } from "../../settings/useGridSettings";
import { createArrayRowSource } from "../../ui/dataGrid/arrayRowSource";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { DataGrid } from "../../ui/dataGrid/DataGrid";
import { nothingSelected } from "../../ui/dataGrid/gridSelection";

interface KeyRow {
  id: (typeof commandIds)[number] | undefined;
  title: string;
  keys: string;
  where: string;
}

/** Keys that are a list's, a tree's or a field's own rather than commands. */
const otherKeys: KeyRow[] = [
  { id: undefined, title: "Open, or properties of a symbolic link", keys: "Enter", where: "object list" },
  { id: undefined, title: "Context menu of the focused row", keys: "Shift+F10, Menu", where: "lists and tree" },
  { id: undefined, title: "Expand and collapse, then move", keys: "→ ←", where: "tree" },
  { id: undefined, title: "Expand all siblings", keys: "*", where: "tree" },
  { id: "view.path", title: "Go to Path...", keys: "F4", where: "window" },
  { id: "log.capture", title: "Capture Events", keys: "Pause", where: "window" },
  { id: undefined, title: "Parent directory", keys: "Backspace", where: "object list" },
];

const columns: GridColumn<KeyRow>[] = [
  { id: "title", title: "Command", width: 300, text: (row) => row.title },
  { id: "keys", title: "Keys", width: 160, text: (row) => row.keys },
  { id: "where", title: "Where", width: 140, text: (row) => row.where },
];

function keyRows(): KeyRow[] {
  const fromCommands = commandIds.flatMap((id): KeyRow[] => {
    const row: CommandRow = commands[id];
    if (!row.accelerator) return [];
    return [
      {
        id,
        title: commandTitle(id),
        keys: showAccelerator(row.accelerator, isMac),
        where: `${row.menu[0]?.toUpperCase()}${row.menu.slice(1)} menu`,
      },
    ];
  });
  return [...fromCommands, ...otherKeys];
}

export default function KeysPane(): ReactNode {
  const source = useMemo(() => createArrayRowSource<KeyRow>((row) => row.title, keyRows()), []);
  const [selection, setSelection] = useState(nothingSelected);
  const { layout, onLayoutChange } = useGridSettings("keys");
  return (
    <DataGrid
      label="Keyboard shortcuts"
      source={source}
      columns={columns}
      layout={layout}
      onLayoutChange={onLayoutChange}
      selection={selection}
      onSelectionChange={setSelection}
      onActivate={(row) => {
        const id = source.row(row)?.id;
        if (id) runCommand(id);
      }}
      onCopy={copyText}
    />
  );
}
