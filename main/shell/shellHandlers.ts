/** What each of the page's verbs does. Parameters have passed their schema and the sender is the page (ipc.ts). */
import { app, type BrowserWindow, clipboard, dialog, Menu, shell } from "electron";
import type { CommandId } from "../../preload/commands";
import type { AppInfo } from "../../preload/contract";
import { popUp, type ShowPopup } from "./contextMenu";
import { openDriverOptions, saveLogOptions } from "./dialogs";
import type { EngineHost } from "./engineHost";
import { ShellError, type ShellHandlers } from "./ipc";
import type { MenuStateKeeper } from "./menu";
import type { SettingsStore } from "./settingsStore";
import { safeTitle } from "./window";

export interface ShellServices {
  window: BrowserWindow;
  settings: SettingsStore;
  engine: EngineHost;
  menu: MenuStateKeeper;
  logFolder: string;
}

export function shellHandlers(services: ShellServices): ShellHandlers {
  const { window, settings, engine, menu } = services;
  return {
    "settings.get": () => settings.settings,
    "settings.set": (patch) => {
      settings.change(patch);
      return settings.settings;
    },
    "clipboard.write": async ({ text }) => {
      // Electron 44 made it a promise; before, awaiting nothing is harmless.
      await clipboard.writeText(text);
      return null;
    },
    "dialog.saveLog": async ({ suggestedName, format }) => {
      const options = saveLogOptions(suggestedName, format, app.getPath("documents"));
      const { canceled, filePath } = await dialog.showSaveDialog(window, options);
      return canceled || !filePath ? null : { path: filePath };
    },
    "dialog.openDriver": async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, openDriverOptions());
      const [path] = filePaths;
      return canceled || path === undefined ? null : { path };
    },
    "menu.popup": (request) => {
      const options = { isMac: process.platform === "darwin", state: menu.state };
      return popUp(request, window.webContents.getZoomFactor(), options, popUpOver(window));
    },
    "menu.state": (state) => {
      const bar = Menu.getApplicationMenu();
      menu.update(state, (id: CommandId) => bar?.getMenuItemById(id) ?? null);
      return null;
    },
    "engine.status": () => engine.status,
    "engine.restart": async () => {
      await engine.restart();
      return null;
    },
    "app.info": () => appInfo(services.logFolder),
    "app.openLogFolder": async () => {
      const failure = await shell.openPath(services.logFolder);
      if (failure !== "") throw new ShellError("not-opened", `${services.logFolder}: ${failure}`);
      return null;
    },
    "app.quit": () => {
      // After the answer is on its way, so that the page does not wait on a process that is gone.
      setImmediate(() => app.quit());
      return null;
    },
    "window.setTitle": ({ title }) => {
      window.setTitle(safeTitle(title));
      return null;
    },
  };
}

function popUpOver(window: BrowserWindow): ShowPopup {
  return (template, place, closed) => {
    Menu.buildFromTemplate(template).popup({ window, ...place, callback: closed });
  };
}

function appInfo(logFolder: string): AppInfo {
  const { electron = "", chrome = "", node } = process.versions;
  return {
    version: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    platform: `${process.platform} ${process.arch}`,
    logFolder,
    screenReader: app.accessibilitySupportEnabled,
  };
}
