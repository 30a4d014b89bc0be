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
import { useMachine } from "./engine/machineState";
import { afterFirstLook } from "./frame/afterFirstLook";
import { FirstLook } from "./frame/FirstLook";
import { NoticeBar } from "./frame/NoticeBar";
import { TypeIconSprite } from "./icons/TypeIconSprite";
import "./app.css";
import { useAbout } from "./views/about/aboutState";
import { PathBar } from "./views/objects/PathBar";
import { usePalette } from "./views/palette/paletteState";
import { EngineNotice } from "./views/status/EngineNotice";
import { StatusBar } from "./views/status/StatusBar";

const Dock = lazy(() => afterFirstLook().then(() => import("./frame/Dock")));
const Palette = lazy(() => import("./views/palette/Palette"));
const AboutDialog = lazy(() => import("./views/about/AboutDialog"));
const BugcheckPanel = lazy(() => import("./views/status/BugcheckPanel"));

export function App(): ReactNode {
  const isPaletteOpen = usePalette((store) => store.isOpen);
  const isStopped = useMachine((store) => store.info?.state.kind === "bugchecked");
  const isAboutOpen = useAbout((store) => store.isOpen);
  return (
    <>
      <TypeIconSprite />
      <div className="frame">
        <PathBar />
        {isStopped ? (
          <Suspense fallback={null}>
            <BugcheckPanel />
          </Suspense>
        ) : null}
        <Suspense fallback={<FirstLook />}>
          <Dock />
        </Suspense>
        <EngineNotice />
        <NoticeBar />
        <StatusBar />
      </div>
      <Suspense fallback={null}>
        {isPaletteOpen ? <Palette /> : null}
        {isAboutOpen ? <AboutDialog /> : null}
      </Suspense>
    </>
  );
}
