/** The command palette: every command that can run now, found by a few letters of its words. */
import { Command } from "cmdk";
import { type ReactNode, useRef } from "react";
import { type CommandId, type CommandRow, commands } from "../../../preload/commands";
import { showAccelerator } from "../../commands/accelerator";
import { isMac } from "../../commands/keyboard";
import { commandIds, commandTitle, isCommandChecked, isCommandEnabled, runCommand } from "../../commands/registry";
import { Glyph } from "../../ui/Glyph";
import "./palette.css";
import { closePalette } from "./paletteState";

const groupTitles: Record<CommandRow["menu"], string> = {
  file: "File",
  edit: "Edit",
  view: "View",
  object: "Object",
  capture: "Capture",
  machine: "Machine",
  tools: "Tools",
  help: "Help",
  none: "Other",
};

function PaletteItem({ id, onChoose }: { id: CommandId; onChoose(id: CommandId): void }): ReactNode {
  const row: CommandRow = commands[id];
  const title = commandTitle(id).replace(/\.\.\.$/, "");
  return (
    <Command.Item
      value={id}
      keywords={[title, groupTitles[row.menu], row.keywords ?? ""]}
      onSelect={() => onChoose(id)}
    >
      <span className="paletteCheck">{isCommandChecked(id) ? <Glyph name="good" /> : null}</span>
      <span className="paletteGroup">{groupTitles[row.menu]}:</span>
      <span className="paletteTitle">{title}</span>
      {row.accelerator ? <kbd>{showAccelerator(row.accelerator, isMac)}</kbd> : null}
    </Command.Item>
  );
}

export default function Palette(): ReactNode {
  // What had the focus before is what a command works on, so it gets the focus back first.
  const before = useRef(document.activeElement);
  const leave = () => {
    closePalette();
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  const choose = (id: CommandId) => {
    leave();
    runCommand(id);
  };
  const ids = commandIds.filter((id) => id !== "tools.palette" && isCommandEnabled(id));
  return (
    <Command.Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) leave();
      }}
      label="Command palette"
      overlayClassName="paletteOverlay"
      contentClassName="palette"
      data-modal=""
      loop
    >
      <Command.Input placeholder="Type a command" autoFocus />
      <Command.List>
        <Command.Empty>No command has these letters.</Command.Empty>
        {ids.map((id) => (
          <PaletteItem key={id} id={id} onChoose={choose} />
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
