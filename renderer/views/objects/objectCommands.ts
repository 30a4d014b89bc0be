/** Commands about the object list and the focused object; they work from any pane, so that keys never surprise. */
import { windowScope } from "../../commands/registry";
import { useCommands } from "../../commands/useCommands";
import { copyText } from "../../frame/clipboard";
import { openProperties } from "../properties/openProperties";
import { goThroughHistory, goToLinkTarget, goUp } from "./navigation";
import { refreshObjects } from "./objectsListing";
import { useObjects } from "./objectsStore";

interface BarFields {
  focusPath(): void;
  focusFilter(): void;
}

export function useObjectCommands({ focusPath, focusFilter }: BarFields): void {
  const { path, history, entry, selectedPath } = useObjects();
  useCommands(windowScope, {
    "view.refresh": { run: refreshObjects },
    "view.path": { run: focusPath },
    "edit.quickFilter": { run: focusFilter },
    "view.back": { run: () => goThroughHistory(-1), isEnabled: () => history.at > 0 },
    "view.forward": { run: () => goThroughHistory(1), isEnabled: () => history.at < history.entries.length - 1 },
    "view.up": { run: goUp, isEnabled: () => path !== "\\" },
    "edit.copyPath": { run: () => copyText(selectedPath ?? path) },
    "object.properties": { run: () => openProperties(selectedPath ?? path) },
    "object.linkTarget": {
      run: () => (selectedPath === undefined ? undefined : goToLinkTarget(selectedPath)),
      isEnabled: () => entry?.type === "SymbolicLink",
    },
  });
}
