/**
 * What happens when something of NtScope itself breaks. The page: its log is in the engine, so a reload loses nothing,
 * and it is offered. This process: there is nothing to go on with, so it is said and written down before the end.
 * The engine's end is the engine host's matter.
 */
import type { App, BrowserWindow, Dialog } from "electron";
import { type AppLog, describeError } from "./appLog";

export function watchProcesses(app: App, log: AppLog): void {
  app.on("child-process-gone", (_event, details) => {
    if (details.reason === "clean-exit") return;
    log.write("warn", "process", `${details.type} ended: ${details.reason}, exit code ${details.exitCode}`);
  });
  process.on("unhandledRejection", (reason) => {
    log.write("error", "process", `unhandled rejection: ${describeError(reason)}`);
  });
  process.on("uncaughtException", (error) => {
    log.write("error", "process", `uncaught: ${describeError(error)}`);
    process.stderr.write(`NtScope ended: ${describeError(error)}\n`);
    app.exit(1);
  });
}

/** `reload` loads the page anew. */
export function watchPage(window: BrowserWindow, dialog: Dialog, reload: () => void, log: AppLog): void {
  const { webContents } = window;
  webContents.on("render-process-gone", (_event, details) => {
    if (details.reason === "clean-exit") return;
    log.write("error", "page", `ended: ${details.reason}, exit code ${details.exitCode}`);
    offerReload(window, dialog, details.reason)
      .then((wantsReload) => (wantsReload ? reload() : window.close()))
      .catch((error: unknown) => log.write("error", "page", describeError(error)));
  });
  webContents.on("unresponsive", () => log.write("warn", "page", "does not respond"));
  webContents.on("preload-error", (_event, _path, error) => log.write("error", "page", describeError(error)));
  webContents.on("did-fail-load", (_event, code, description) => {
    log.write("error", "page", `not loaded: ${description} (${code})`);
  });
}

async function offerReload(window: BrowserWindow, dialog: Dialog, reason: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: "error",
    title: "NtScope",
    message: "The window's page has stopped working.",
    detail: `Reason: ${reason}. The machine and its log go on; reloading the page shows them again.`,
    buttons: ["Reload", "Quit"],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
