/** The docking area: draws the panes of frame/panes.ts, keeps their layout in the settings. */
import {
  type DockviewApi,
  DockviewReact,
  type DockviewReadyEvent,
  type IDockviewPanelProps,
  themeLight,
} from "dockview-react";
import { type ReactNode, Suspense, useCallback, useEffect } from "react";
import "dockview-react/dist/styles/dockview.css";
import { isFirstPage } from "../engine/realm";
import { changeSettings, useSettings } from "../settings/settings";
import { buildDefaultLayout } from "./defaultLayout";
import "./dock.css";
import { DockTab } from "./DockTab";
import { openAskedPanes, paneIsDrawn, setActivePane, setDock } from "./dock";
import { PaneBoundary } from "./PaneBoundary";
import { paneComponents } from "./paneComponents";
import { isPaneKind, panes } from "./panes";

/** Raised when kept layouts of older versions no longer fit; they are then given up for the default. */
const layoutVersion = 1;

/** Colours and sizes are ours (dock.css); the library only needs a name for them. */
const theme = { ...themeLight, name: "ntscope", className: "ntscopeDock" };

interface KeptLayout {
  version: number;
  dock: ReturnType<DockviewApi["toJSON"]>;
}

function isKeptLayout(value: unknown): value is KeptLayout {
  return typeof value === "object" && value !== null && "dock" in value && "version" in value;
}

function isOfOneMachine(kind: unknown): boolean {
  return kind === "guide" || kind === "properties" || kind === "program";
}

function restore(api: DockviewApi): void {
  const kept = useSettings.getState().layout;
  if (isKeptLayout(kept) && kept.version === layoutVersion) {
    try {
      api.fromJSON(kept.dock);
      for (const panel of api.panels) if (!isPaneKind(panel.params?.kind)) panel.api.close();
      // Of the first page's: what is about its own machine is not this one's.
      if (!isFirstPage()) for (const panel of api.panels) if (isOfOneMachine(panel.params?.kind)) panel.api.close();
    } catch {
      // A layout that cannot be read is worth nothing; the default below takes its place.
      api.clear();
    }
  }
  const isComplete = Object.entries(panes).every(([id, pane]) => !("isPermanent" in pane) || api.getPanel(id));
  if (!isComplete) buildDefaultLayout(api);
}

/** Stands behind a pane's content in the same suspense, so that it mounts when the content does. */
function Drawn({ paneId }: { paneId: string }): ReactNode {
  useEffect(() => paneIsDrawn(paneId), [paneId]);
  return null;
}

function PaneHost({ api, params }: IDockviewPanelProps<Record<string, unknown>>): ReactNode {
  const { kind } = params;
  const setTitle = useCallback((title: string) => api.setTitle(title), [api]);
  if (!isPaneKind(kind)) return null;
  const definition = panes[kind];
  const Pane = paneComponents[kind];
  return (
    // The library's group around it is the landmark already.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <section className="pane" role="group" data-pane={api.id} aria-label={definition.title}>
      <PaneBoundary title={definition.title}>
        <Suspense fallback={null}>
          <Pane paneId={api.id} params={params} setTitle={setTitle} />
          <Drawn paneId={api.id} />
        </Suspense>
      </PaneBoundary>
    </section>
  );
}

const components = { pane: PaneHost };

function start({ api }: DockviewReadyEvent): void {
  setDock(api);
  api.onDidActivePanelChange(() => setActivePane(api.activePanel?.id));
  restore(api);
  setActivePane(api.activePanel?.id);
  openAskedPanes();
  api.onDidLayoutChange(() => changeSettings({ layout: { version: layoutVersion, dock: api.toJSON() } }));
}

export default function Dock(): ReactNode {
  return (
    <DockviewReact
      className="dock"
      theme={theme}
      components={components}
      defaultTabComponent={DockTab}
      onReady={start}
      disableFloatingGroups
    />
  );
}
