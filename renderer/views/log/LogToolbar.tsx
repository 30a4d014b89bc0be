/** The log's own row of buttons, and DebugView's include, exclude and highlight patterns as three fields. */
import type { ReactNode, RefObject } from "react";
import { type CommandId, commands } from "../../../preload/commands";
import { showAccelerator } from "../../commands/accelerator";
import { isMac } from "../../commands/keyboard";
import { commandTitle, isCommandChecked, runCommand } from "../../commands/registry";
import { IconButton } from "../../ui/Button";
import { Glyph, type GlyphName } from "../../ui/Glyph";
import { SearchField } from "../../ui/TextField";
import { Toolbar } from "../../ui/Toolbar";
import type { QuickFilter } from "./quickFilter";

interface LogToolbarProps {
  capturing: boolean;
  following: boolean;
  quick: QuickFilter;
  includeRef: RefObject<HTMLInputElement | null>;
  onQuick(quick: QuickFilter): void;
  /** Escape or Enter in a field: back to the lines. */
  onLeave(): void;
}

export function LogToolbar({ capturing, following, quick, includeRef, onQuick, onLeave }: LogToolbarProps): ReactNode {
  const field = (key: keyof QuickFilter, label: string) => (
    <SearchField
      key={key}
      label={`${label}: patterns with *, separated by ;`}
      placeholder={label}
      value={quick[key]}
      onChange={(text) => onQuick({ ...quick, [key]: text })}
      onSubmit={onLeave}
      onLeave={onLeave}
      {...(key === "include" ? { inputRef: includeRef } : {})}
    />
  );
  return (
    <Toolbar label="Log">
      <CommandButton
        command="log.capture"
        glyph={capturing ? "pause" : "play"}
        isPressed={!capturing}
        label={capturing ? "Pause capture" : "Resume capture"}
      />
      <CommandButton command="log.follow" glyph="down" isPressed={following} label="Auto scroll" />
      <CommandButton command="log.clear" glyph="trash" />
      <span className="toolbarLine" />
      <CommandButton command="edit.find" glyph="search" />
      <CommandButton command="log.filter" glyph="filter" />
      <CommandButton command="log.save" glyph="save" />
      <span className="toolbarLine" />
      <div className="logQuick">
        {field("include", "Include")}
        {field("exclude", "Exclude")}
        {field("highlight", "Highlight")}
      </div>
    </Toolbar>
  );
}

interface CommandButtonProps {
  command: CommandId;
  glyph: GlyphName;
  label?: string;
  isPressed?: boolean;
}

function CommandButton({ command, glyph, label, isPressed }: CommandButtonProps): ReactNode {
  const row = commands[command];
  const pressed = isPressed ?? ("kind" in row ? isCommandChecked(command) : undefined);
  return (
    <IconButton
      label={label ?? commandTitle(command).replace(/\.\.\.$/, "")}
      keys={"accelerator" in row ? showAccelerator(row.accelerator, isMac) : undefined}
      onPress={() => void runCommand(command)}
      {...(pressed === undefined ? {} : { isPressed: pressed })}
    >
      <Glyph name={glyph} />
    </IconButton>
  );
}
