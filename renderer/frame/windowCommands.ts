/** Commands that are the window's own: panes, theme, zoom, clipboard and help. */
import type { Theme } from "../../preload/settings";
import { askShell } from "../api";
import { isTextField } from "../commands/keyboard";
import { type CommandHandler, type CommandHandlers, provideCommands, windowScope } from "../commands/registry";
import { changeSettings, useSettings } from "../settings/settings";
import { activeGrid } from "../ui/dataGrid/activeGrid";
import { openAbout } from "../views/about/aboutState";
import { provideConsoleCommands } from "../views/console/consoleCommands";
import { provideMachineCommands } from "../views/machines/machineCommands";
import { openPalette } from "../views/palette/paletteState";
import { provideProgramCommands } from "../views/programs/programCommands";
import { provideServiceCommands } from "../views/services/serviceCommands";
import { provideClockCommands } from "../views/threads/clockState";
import { copyText } from "./clipboard";
import { canCloseActivePane, closeActivePane, focusNextGroup, openPane, resetLayout } from "./dock";
import { type PaneKind, panes } from "./panes";

function themeCommand(theme: Theme): CommandHandler {
  return {
    run: () => changeSettings({ theme }),
    isChecked: () => useSettings.getState().theme === theme,
  };
}

/** Chromium's own steps would be 25 %; a tenth suits 22 px rows. The bounds are the settings' own. */
function zoomTo(zoom: number): void {
  changeSettings({ zoom: Math.round(Math.min(3, Math.max(0.5, zoom)) * 10) / 10 });
}

/** What a text field has selected, for Edit > Copy from the menu; the keys stay the field's own. */
function selectedText(): string {
  const focused = document.activeElement;
  if (isTextField(focused) && (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement)) {
    return focused.value.slice(focused.selectionStart ?? 0, focused.selectionEnd ?? 0);
  }
  return window.getSelection()?.toString() ?? "";
}

function selectAll(): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) focused.select();
  else activeGrid()?.selectAll();
}

const editCommands: CommandHandlers = {
  "edit.copy": {
    run: async () => {
      const text = selectedText();
      if (text) await copyText(text);
      else await activeGrid()?.copy();
    },
  },
  "edit.selectAll": { run: selectAll },
  "view.columns": { run: () => activeGrid()?.openColumns(), isEnabled: () => activeGrid() !== undefined },
};

const viewCommands: CommandHandlers = {
  "view.nextPane": { run: () => focusNextGroup(1) },
  "view.previousPane": { run: () => focusNextGroup(-1) },
  "view.closePane": { run: closeActivePane, isEnabled: canCloseActivePane },
  "view.resetLayout": { run: resetLayout },
  "view.themeSystem": themeCommand("system"),
  "view.themeLight": themeCommand("light"),
  "view.themeDark": themeCommand("dark"),
  "view.themeHighContrast": themeCommand("highContrast"),
  "view.zoomIn": { run: () => zoomTo(useSettings.getState().zoom + 0.1) },
  "view.zoomOut": { run: () => zoomTo(useSettings.getState().zoom - 0.1) },
  "view.zoomReset": { run: () => zoomTo(1) },
};

const appCommands: CommandHandlers = {
  "app.quit": { run: async () => void (await askShell("app.quit", null)) },
  "tools.palette": { run: openPalette },
  "help.logFolder": { run: async () => void (await askShell("app.openLogFolder", null)) },
  "help.about": { run: openAbout },
};

function paneCommands(): CommandHandlers {
  const handlers: CommandHandlers = {};
  for (const kind of Object.keys(panes) as PaneKind[]) {
    const pane = panes[kind];
    if ("command" in pane) handlers[pane.command] = { run: () => openPane(kind) };
  }
  return handlers;
}

export function provideWindowCommands(): void {
  provideMachineCommands();
  provideServiceCommands();
  provideConsoleCommands();
  provideProgramCommands();
  provideClockCommands();
  for (const handlers of [editCommands, viewCommands, appCommands, paneCommands()]) {
    provideCommands(windowScope, handlers);
  }
}
