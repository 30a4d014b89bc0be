/** Commands about the object list and the focused object; they work from any pane, so that keys never surprise. */
import { windowScope } from "../../commands/registry";
import { useCommands } from "../../commands/useCommands";
import { useMachine } from "../../engine/machineState";
import { copyText } from "../../frame/clipboard";
import { openProperties } from "../properties/openProperties";
import { bodyStructure, showStructure } from "../structure/showStructure";
import { goThroughHistory, goToLinkTarget, goUp } from "./navigation";
import { refreshObjects } from "./objectsListing";
import { useObjects } from "./objectsStore";

interface BarFields {
  focusPath(): void;
  focusFilter(): void;
}

export function useObjectCommands({ focusPath, focusFilter }: BarFields): void {
  const { path, history, entry, selectedPath } = useObjects();
  const canDump = useMachine(({ info }) => info?.capabilities.includes("structures") ?? false);
  useCommands(windowScope, {
    "view.refresh": { run: refreshObjects },
    "view.path": { run: focusPath },
    "edit.quickFilter": { run: focusFilter },
    "view.back": { run: () => goThroughHistory(-1), isEnabled: () => history.at > 0 },
    "view.forward": { run: () => goThroughHistory(1), isEnabled: () => history.at < history.entries.length - 1 },
    "view.up": { run: goUp, isEnabled: () => path !== "\\" },
    "edit.copyPath": { run: () => copyText(selectedPath ?? path) },
    "object.properties": { run: () => openProperties(selectedPath ?? path) },
    "object.structure": {
      run() {
        const type = bodyStructure(entry?.type ?? "");
        if (type && selectedPath !== undefined) showStructure({ type, where: selectedPath });
      },
      isEnabled: () => bodyStructure(entry?.type ?? "") !== undefined && canDump,
    },
    "object.linkTarget": {
      run: () => (selectedPath === undefined ? undefined : goToLinkTarget(selectedPath)),
      isEnabled: () => entry?.type === "SymbolicLink",
    },
  });
}
