/** Back, forward, up and refresh; the path box; the quick filter. */
import { type ReactNode, useRef } from "react";
import { commands } from "../../../preload/commands";
import { ROOT_PATH } from "../../../preload/shared";
import { showAccelerator } from "../../commands/accelerator";
import { isMac } from "../../commands/keyboard";
import { runCommand } from "../../commands/registry";
import { focusPane } from "../../frame/dock";
import { IconButton } from "../../ui/Button";
import { Glyph, type GlyphName } from "../../ui/Glyph";
import { SearchField } from "../../ui/TextField";
import { useObjectCommands } from "./objectCommands";
import { setFilter } from "./objectsListing";
import { useObjects } from "./objectsStore";
import { PathBox } from "./PathBox";

type BarCommand = "view.back" | "view.forward" | "view.up" | "view.refresh" | "object.find" | "tools.palette";

const labels: Record<BarCommand, { label: string; glyph: GlyphName }> = {
  "view.back": { label: "Back", glyph: "back" },
  "view.forward": { label: "Forward", glyph: "forward" },
  "view.up": { label: "Up one level", glyph: "up" },
  "view.refresh": { label: "Refresh", glyph: "refresh" },
  "object.find": { label: "Find object in the whole namespace", glyph: "search" },
  "tools.palette": { label: "Command palette", glyph: "command" },
};

function CommandButton({ command, isDisabled = false }: { command: BarCommand; isDisabled?: boolean }): ReactNode {
  const { label, glyph } = labels[command];
  return (
    <IconButton
      label={label}
      keys={showAccelerator(commands[command].accelerator, isMac)}
      isDisabled={isDisabled}
      onPress={() => runCommand(command)}
    >
      <Glyph name={glyph} />
    </IconButton>
  );
}

export function PathBar(): ReactNode {
  const { path, history, filter, count, total } = useObjects();
  const pathInput = useRef<HTMLInputElement>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  useObjectCommands({
    focusPath: () => pathInput.current?.select(),
    focusFilter: () => filterInput.current?.select(),
  });
  const toList = () => focusPane("objects");
  return (
    <header className="pathBar">
      <CommandButton command="view.back" isDisabled={history.at === 0} />
      <CommandButton command="view.forward" isDisabled={history.at >= history.entries.length - 1} />
      <CommandButton command="view.up" isDisabled={path === ROOT_PATH} />
      <CommandButton command="view.refresh" />
      <PathBox inputRef={pathInput} />
      <SearchField
        label="Quick filter"
        placeholder={`Filter this directory (${showAccelerator(commands["edit.quickFilter"].accelerator, isMac)})`}
        value={filter}
        onChange={(text) => void setFilter(text)}
        count={filter ? `${count.toLocaleString("en-US")} of ${total.toLocaleString("en-US")}` : undefined}
        inputRef={filterInput}
        onSubmit={toList}
        onLeave={toList}
      />
      <CommandButton command="object.find" />
      <CommandButton command="tools.palette" />
    </header>
  );
}
