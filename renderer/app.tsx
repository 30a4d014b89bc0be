/**
 * The window's frame: path bar, docked panes, notices, status bar.
 *
 * How the page is put together
 *  - api.ts alone touches the bridge; engine/connection.ts is the engine (`engine.call`, `engine.on`), which comes
 *    back after a restart: load what a view shows in `engine.onDidConnect`, it runs at every (re)connection.
 *  - commands/: preload/commands.ts says which commands exist; `useCommands(paneId, {...})` in a pane, or
 *    `provideCommands(windowScope, {...})` for the whole window, says what they do. Keys, menus and the palette follow.
 *  - ui/ knows nothing of NT: Button, Dialog, TextField, Toolbar, EmptyState, ErrorText, Flyout, dataGrid/DataGrid
 *    (useGridSettings in settings/ keeps its columns).
 *  - Names from the machine are hostile: draw them through `visibleText` (preload/shared.ts), never as markup.
 *
 * How a pane is added
 *  1. A folder renderer/views/<pane>/ with <Pane>Pane.tsx (its component takes PaneProps, frame/paneDefinition.ts),
 *     its css, and a zustand store for what must outlive the component.
 *  2. A row in frame/panes.ts (title, glyph, where it opens, the `view.*` command that shows it) and its component in
 *     frame/paneComponents.tsx; panes that the first look does not need are lazy, their component the default export.
 *  3. If it is open from the start: a line in frame/defaultLayout.ts.
 *  4. The element that should get the keyboard on F6 carries `data-pane-focus` (a DataGrid is found without it).
 */
import { lazy, type ReactNode, Suspense } from "react";
import { useEngineStatus } from "./engine/engineStatus";
import { useMachine } from "./engine/machineState";
import { afterFirstLook } from "./frame/afterFirstLook";
import { FirstLook } from "./frame/FirstLook";
import { NoticeBar } from "./frame/NoticeBar";
import { TypeIconSprite } from "./icons/TypeIconSprite";
import "./app.css";
import { useAbout } from "./views/about/aboutState";
import { useMachineDialogs } from "./views/machines/machineDialogs";
import { isOwnMachineShown, useMachineTabs } from "./views/machines/machineTabs";
import { PathBar } from "./views/objects/PathBar";
import { usePalette } from "./views/palette/paletteState";
import { usePrograms } from "./views/programs/programsState";
import { EngineNotice } from "./views/status/EngineNotice";
import { StatusBar } from "./views/status/StatusBar";

const Dock = lazy(() => afterFirstLook().then(() => import("./frame/Dock")));
const Palette = lazy(() => import("./views/palette/Palette"));
const AboutDialog = lazy(() => import("./views/about/AboutDialog"));
const MachineStrip = lazy(() => import("./views/machines/MachineStrip"));
const MachineFrames = lazy(() => import("./views/machines/MachineFrames"));
const WinePrefixDialog = lazy(() => import("./views/machines/WinePrefixDialog"));
const AgentDialog = lazy(() => import("./views/machines/AgentDialog"));
const RunProgramDialog = lazy(() => import("./views/programs/RunProgramDialog"));
const OpeningPanel = lazy(() => import("./views/status/OpeningPanel"));
const ConnectionNotice = lazy(() => import("./views/status/ConnectionNotice"));
const BugcheckPanel = lazy(() => import("./views/status/BugcheckPanel"));

export function App(): ReactNode {
  const hasTabs = useMachineTabs((store) => store.machines.length > 1);
  const isShown = useMachineTabs(isOwnMachineShown);
  return (
    <>
      <TypeIconSprite />
      <div className="frame">
        {hasTabs ? (
          <Suspense fallback={null}>
            <MachineStrip />
          </Suspense>
        ) : null}
        <div className="machineArea">
          <div className="ownMachine" inert={!isShown}>
            <OwnMachine />
          </div>
          {hasTabs ? (
            <Suspense fallback={null}>
              <MachineFrames />
            </Suspense>
          ) : null}
        </div>
      </div>
      <Dialogs />
    </>
  );
}

/** Everything about this page's own machine. */
function OwnMachine(): ReactNode {
  const state = useMachine((store) => store.info?.state.kind);
  const isAway = useEngineStatus(({ status }) => status.kind === "opening" || status.kind === "failed");
  return (
    <>
      <div className="workArea">
        <div className="work" inert={isAway}>
          <PathBar />
          {state === "bugchecked" ? (
            <Suspense fallback={null}>
              <BugcheckPanel />
            </Suspense>
          ) : null}
          <Suspense fallback={<FirstLook />}>
            <Dock />
          </Suspense>
        </div>
        {isAway ? (
          <Suspense fallback={null}>
            <OpeningPanel />
          </Suspense>
        ) : null}
      </div>
      <EngineNotice />
      {state === "disconnected" ? (
        <Suspense fallback={null}>
          <ConnectionNotice />
        </Suspense>
      ) : null}
      <NoticeBar />
      <StatusBar />
    </>
  );
}

function Dialogs(): ReactNode {
  const isPaletteOpen = usePalette((store) => store.isOpen);
  const isAboutOpen = useAbout((store) => store.isOpen);
  const isRunOpen = usePrograms((store) => store.isChoosing);
  const machineDialog = useMachineDialogs((store) => store.open);
  return (
    <Suspense fallback={null}>
      {isPaletteOpen ? <Palette /> : null}
      {isAboutOpen ? <AboutDialog /> : null}
      {isRunOpen ? <RunProgramDialog /> : null}
      {machineDialog === "wine" ? <WinePrefixDialog /> : null}
      {machineDialog === "agent" ? <AgentDialog /> : null}
    </Suspense>
  );
}
