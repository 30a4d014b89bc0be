/** The layout that users of such tools know: tree | list, the log below; at first beside it the way to a first driver. */
import type { DockviewApi } from "dockview-react";
import { isFirstPage } from "../engine/realm";
import { useSettings } from "../settings/settings";
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
  add(dock, "tree", { referencePanel: "objects", direction: "left" }, { initialWidth: 240 });
  add(dock, "log", { direction: "below" }, { initialHeight: 250 });
  add(dock, "services", { referencePanel: "log", direction: "within" }, { inactive: true });
  add(dock, "console", { referencePanel: "log", direction: "within" }, { inactive: true });
  // The guide is about the model, and one is enough.
  if (!useSettings.getState().guideDone && isFirstPage()) {
    add(dock, "guide", { referencePanel: "objects", direction: "right" }, { initialWidth: 420 });
  }
  dock.getPanel("objects")?.api.setActive();
}
