/** The layout that users of such tools know: tree | list, the log below. */
import type { DockviewApi } from "dockview-react";
import { type PaneKind, panes } from "./panes";

function add(
  dock: DockviewApi,
  kind: PaneKind,
  at: Parameters<DockviewApi["addPanel"]>[0]["position"],
  size = {},
): void {
  dock.addPanel({
    id: kind,
    component: "pane",
    title: panes[kind].title,
    params: { kind },
    ...(at ? { position: at } : {}),
    ...size,
  });
}

export function buildDefaultLayout(dock: DockviewApi): void {
  dock.clear();
  add(dock, "objects", undefined);
  add(dock, "tree", { referencePanel: "objects", direction: "left" }, { initialWidth: 260 });
  dock.getPanel("objects")?.api.setActive();
}
