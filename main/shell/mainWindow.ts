/** Opens the window where it was last, keeps note of where it goes, and shows the settings that are the window's own. */
import { BrowserWindow, dialog, nativeTheme, screen } from "electron";
import type { Theme } from "../../preload/settings";
import { type AppLog, describeError } from "./appLog";
import { watchPage } from "./crashHandling";
import type { SettingsStore } from "./settingsStore";
import { backgroundColor, themeSource } from "./theme";
import { windowOptions } from "./window";
import { placeWindow } from "./windowState";

export interface MainWindowOptions {
  preload: string;
  pageUrl: string;
  settings: SettingsStore;
  hasDevTools: boolean;
  log: AppLog;
}

export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const { settings, log, pageUrl } = options;
  nativeTheme.themeSource = themeSource(settings.settings.theme);
  const window = new BrowserWindow(
    windowOptions({
      bounds: placeWindow(settings.window, workAreas()),
      backgroundColor: currentBackground(settings.settings.theme),
      preload: options.preload,
      hasDevTools: options.hasDevTools,
    }),
  );
  window.once("ready-to-show", () => {
    if (settings.window?.maximised) window.maximize();
    window.show();
  });
  const load = (): void => {
    window.loadURL(pageUrl).catch((error: unknown) => log.write("error", "page", describeError(error)));
  };
  watchPage(window, dialog, load, log);
  keepPlace(window, settings);
  followSettings(window, settings);
  load();
  return window;
}

function workAreas(): Electron.Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
}

function currentBackground(theme: Theme): string {
  return backgroundColor(theme, nativeTheme.shouldUseDarkColors);
}

function keepPlace(window: BrowserWindow, settings: SettingsStore): void {
  const note = (): void => {
    if (window.isDestroyed() || window.isMinimized()) return;
    settings.changeWindow({ ...window.getNormalBounds(), maximised: window.isMaximized() });
  };
  window.on("resize", note);
  window.on("move", note);
  window.on("maximize", note);
  window.on("unmaximize", note);
}

/** Theme and zoom are the window's to show; all other settings are the page's. */
function followSettings(window: BrowserWindow, settings: SettingsStore): void {
  const { webContents } = window;
  const showBackground = (): void => window.setBackgroundColor(currentBackground(settings.settings.theme));
  const following = settings.onDidChange(({ theme, zoom }) => {
    nativeTheme.themeSource = themeSource(theme);
    showBackground();
    if (webContents.getZoomFactor() !== zoom) webContents.setZoomFactor(zoom);
  });
  nativeTheme.on("updated", showBackground);
  // A zoom factor is forgotten with the document it was set on.
  webContents.on("dom-ready", () => webContents.setZoomFactor(settings.settings.zoom));
  window.once("closed", () => {
    following.dispose();
    nativeTheme.removeListener("updated", showBackground);
  });
}
