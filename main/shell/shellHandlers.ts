/** What each of the page's verbs does. Parameters have passed their schema and the sender is the page (ipc.ts). */
import path from "node:path";
import { app, type BrowserWindow, clipboard, dialog, Menu, shell } from "electron";
import type { CommandId } from "../../preload/commands";
import type { AppInfo } from "../../preload/contract";
import { popUp, type ShowPopup } from "./contextMenu";
import { newDriverOptions, openDriverOptions, saveOptions } from "./dialogs";
import { ShellError, type ShellHandlers } from "./ipc";
import { machineHandlers } from "./machineHandlers";
import type { Machines } from "./machines";
import type { SettingsStore } from "./settingsStore";

export interface ShellServices {
  window: BrowserWindow;
  settings: SettingsStore;
  machines: Machines;
  logFolder: string;
}

export function shellHandlers(services: ShellServices): ShellHandlers {
  const { window, settings, machines } = services;
  return {
    ...machineHandlers(services),
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
    "dialog.save": async ({ suggestedName, format }) => {
      const options = saveOptions(suggestedName, format, app.getPath("documents"));
      const { canceled, filePath } = await dialog.showSaveDialog(window, options);
      return canceled || !filePath ? null : { path: filePath };
    },
    "dialog.openDriver": async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, openDriverOptions());
      const [file] = filePaths;
      return canceled || file === undefined ? null : { path: file };
    },
    "dialog.newDriver": ({ name }) => newDriver(window, name),
    "menu.popup": (request, machine) => {
      const options = { platform: process.platform, state: machines.get(machine).menu.state };
      return popUp(request, window.webContents.getZoomFactor(), options, popUpOver(window));
    },
    "menu.state": (state, machine) => {
      const known = machines.get(machine);
      // The bar is the active machine's; what others say of theirs is kept until they are looked at.
      known.menu.update(state, known === machines.active ? menuBarItem : () => null);
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
  };
}

async function newDriver(window: BrowserWindow, name: string): Promise<{ path: string } | null> {
  // Loaded when it is wanted: it holds the whole kit's types.
  const { badNameMessage, isDriverName, writeNewDriver } = await import("../userDrivers/writeNewDriver");
  if (!isDriverName(name)) throw new ShellError("bad-name", badNameMessage);
  const { canceled, filePaths } = await dialog.showOpenDialog(window, newDriverOptions(name, app.getPath("documents")));
  const [folder] = filePaths;
  if (canceled || folder === undefined) return null;
  const written = await writeNewDriver(name, path.join(folder, name), false);
  if (!written.ok) throw new ShellError(written.error.name, written.error.message);
  return { path: written.value.driver };
}

export function menuBarItem(id: CommandId): Electron.MenuItem | null {
  return Menu.getApplicationMenu()?.getMenuItemById(id) ?? null;
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
