/**
 * The docking area for the rest of the page: open, show and close panes, and know which is active. The docking
 * library's own object is set here once it exists (frame/Dock.tsx) and named nowhere else.
 */
import type { DockviewApi } from "dockview-react";
import { create } from "zustand";
import { setActiveScope, windowScope } from "../commands/registry";
import { buildDefaultLayout } from "./defaultLayout";
import type { PaneDefinition } from "./paneDefinition";
import { type PaneKind, paneDefinition, panes } from "./panes";

export const useActivePane = create<{ paneId: string | undefined }>(() => ({ paneId: undefined }));

let dock: DockviewApi | undefined;
/** Panes asked for before the dock was there. */
let asked: (() => void)[] = [];

const closeListeners = new Set<(paneId: string) => void>();

export function setDock(api: DockviewApi): void {
  dock = api;
  api.onDidRemovePanel(({ id }) => {
    // A pane that is moved is there again at once.
    queueMicrotask(() => {
      if (api.getPanel(id) === undefined) for (const listener of closeListeners) listener(id);
    });
  });
}

/** Told of panes that are gone, not of those whose tab is only hidden. */
export function onDidClosePane(listener: (paneId: string) => void): { dispose(): void } {
  closeListeners.add(listener);
  return { dispose: () => void closeListeners.delete(listener) };
}

/** Once the kept layout stands. */
export function openAskedPanes(): void {
  const waiting = asked;
  asked = [];
  for (const open of waiting) open();
}

export function setActivePane(paneId: string | undefined): void {
  useActivePane.setState({ paneId });
  setActiveScope(paneId ?? windowScope);
}

export interface OpenPaneOptions {
  /** For kinds of which several can be open; left out, the kind itself. */
  paneId?: string;
  title?: string;
  params?: Record<string, unknown>;
  /** Opens it without taking the focus. */
  inBackground?: boolean;
}

/** Shows the pane, opening it where its definition says when it is not there. */
export function openPane(kind: PaneKind, options: OpenPaneOptions = {}): void {
  if (!dock) {
    asked.push(() => openPane(kind, options));
    return;
  }
  const id = options.paneId ?? kind;
  const open = dock.getPanel(id);
  if (open) {
    if (options.params) open.api.updateParameters({ kind, ...options.params });
    open.api.setActive();
  } else {
    const { title, place }: PaneDefinition = panes[kind];
    const { panels } = dock;
    const newest = (kind: string | undefined) => panels.filter((panel) => panel.id.split(":")[0] === kind).at(-1);
    const near = place.find(({ beside }) => newest(beside) !== undefined);
    const reference = newest(near?.beside);
    dock.addPanel({
      id,
      component: "pane",
      title: options.title ?? title,
      params: { kind, ...options.params },
      inactive: options.inBackground ?? false,
      ...(near && reference ? { position: { referencePanel: reference, direction: near.direction } } : {}),
      ...(near?.width ? { initialWidth: near.width } : {}),
      ...(near?.height ? { initialHeight: near.height } : {}),
    });
  }
  if (!options.inBackground) focusPane(id);
}

export function closePane(paneId: string): void {
  dock?.getPanel(paneId)?.api.close();
}

export function canCloseActivePane(): boolean {
  const kind = dock?.activePanel?.params?.kind;
  return paneDefinition(kind)?.isPermanent === undefined && kind !== undefined;
}

export function closeActivePane(): void {
  if (!canCloseActivePane()) return;
  dock?.activePanel?.api.close();
  if (dock?.activePanel) focusPane(dock.activePanel.id);
}

/** The pane that is to have the keyboard as soon as it is drawn; its code may still be on its way. */
let wantsFocus: string | undefined;

/** Puts the keyboard into a pane: where it says `data-pane-focus`, else its grid or tree, else its first control. */
export function focusPane(paneId: string): void {
  wantsFocus = paneId;
  requestAnimationFrame(() => paneIsDrawn(paneId));
}

/** Told by a pane's frame once the pane's own content is there. */
export function paneIsDrawn(paneId: string): void {
  if (paneId !== wantsFocus) return;
  const pane = document.querySelector(`[data-pane="${CSS.escape(paneId)}"]`);
  const target =
    pane?.querySelector<HTMLElement>("[data-pane-focus]") ??
    pane?.querySelector<HTMLElement>('[role="grid"],[role="tree"]') ??
    pane?.querySelector<HTMLElement>("input,button,textarea,[tabindex='0']");
  if (!target) return;
  wantsFocus = undefined;
  target.focus({ preventScroll: true });
}

function inReadingOrder(a: { element: HTMLElement }, b: { element: HTMLElement }): number {
  const [first, second] = [a.element.getBoundingClientRect(), b.element.getBoundingClientRect()];
  return first.top - second.top || first.left - second.left;
}

/** F6 and Shift+F6: from group to group, in the order they stand in. */
export function focusNextGroup(step: 1 | -1): void {
  if (!dock) return;
  const groups = dock.groups.filter((group) => group.activePanel !== undefined).sort(inReadingOrder);
  const current = groups.findIndex((group) => group.id === dock?.activeGroup?.id);
  const next = groups[(current + step + groups.length) % groups.length]?.activePanel;
  if (!next) return;
  next.api.setActive();
  focusPane(next.id);
}

/** Back to the layout of the first start. */
export function resetLayout(): void {
  if (!dock) return;
  buildDefaultLayout(dock);
  focusPane("objects");
}
