/** The log pane's state that outlives a render: its controller, and the theme's colours for the terminal. */
import { type RefObject, useEffect, useMemo, useState } from "react";
import type { ClockMode, ColumnLayout } from "../../../preload/settings";
import { askShell } from "../../api";
import { engine } from "../../engine/connection";
import { useSettings } from "../../settings/settings";
import { arrangedColumns, type LogColumn, logGrid } from "./logColumns";
import { LogController, type LogLook } from "./logController";
import { highlightColours, logPalette, terminalStyle } from "./logPalette";
import { noQuickFilter, rulesOf } from "./quickFilter";

export function useLogController(): LogController {
  const [controller] = useState(
    () => new LogController(engine, rulesOf(noQuickFilter, useSettings.getState().logRules)),
  );
  useEffect(() => {
    const { follow, historyLines } = useSettings.getState();
    controller.follow(follow);
    // A new engine starts with its own limit.
    const connected = engine.onDidConnect(() => void engine.call("log.history", { lines: historyLines }));
    return () => {
      connected.dispose();
      controller.dispose();
    };
  }, [controller]);
  return controller;
}

interface LogAppearance {
  columns: LogColumn[];
  clock: ClockMode;
  highlights: readonly string[];
}

/** Puts the terminal into the host element and keeps its colours and columns as the settings say. */
export function useLogAppearance(
  controller: LogController,
  host: RefObject<HTMLElement | null>,
  focused: boolean,
): LogAppearance {
  const layout: ColumnLayout | undefined = useSettings((settings) => settings.columns[logGrid]);
  const clock = useSettings((settings) => settings.clock);
  const columns = useMemo(() => arrangedColumns(layout), [layout]);
  const theme = useDocumentTheme();
  const screenReader = useScreenReader();
  const [highlights, setHighlights] = useState<readonly string[]>(highlightColours(false));

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    controller.attach(element, terminalStyle(logPalette().theme, false));
    return () => controller.detach();
  }, [controller, host]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page, which `theme` says has changed; columns, clock and focus come by setLook
  useEffect(() => {
    const { palette, theme: colours, isDark } = logPalette();
    setHighlights(highlightColours(isDark));
    const look: LogLook = { columns, palette, clock, focused };
    controller.setStyle(terminalStyle(colours, screenReader), look);
  }, [controller, theme, screenReader]);

  useEffect(() => controller.setLook({ columns, clock, focused }), [controller, columns, clock, focused]);
  return { columns, clock, highlights };
}

/** `data-theme` of the page: colours are read again whenever it changes. */
function useDocumentTheme(): string {
  const [theme, setTheme] = useState(pageTheme);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(pageTheme()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, []);
  return theme;
}

function pageTheme(): string {
  return document.documentElement.dataset.theme ?? "";
}

/** xterm writes its rows for a screen reader only when told to. Asked again with each focus: one may be started later. */
function useScreenReader(): boolean {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const ask = () => {
      void askShell("app.info", null).then((answer) => answer.ok && setOn(answer.value.screenReader));
    };
    ask();
    addEventListener("focus", ask);
    return () => removeEventListener("focus", ask);
  }, []);
  return isOn;
}
