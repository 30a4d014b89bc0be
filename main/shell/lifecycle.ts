/** What comes before the app is ready, and what comes after its last window. */
import { app, protocol } from "electron";
import type { AppLog } from "./appLog";
import { appScheme } from "./appProtocol";
import { watchProcesses } from "./crashHandling";
import { restrictContents } from "./sessionPolicy";
import type { SettingsStore } from "./settingsStore";

/** Everything here must be settled before `ready`, or holds for every page from the first on. */
export function prepareProcess(isMachinePage: (url: string) => boolean, log: AppLog): void {
  watchProcesses(app, log);
  // With both, root's child processes crash in an endless loop; a window's own `sandbox` holds beside the switch.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([appScheme]);
  restrictContents(app, isMachinePage, log);
}

/** No engine outlives the window: a looping one would keep a processor busy for ever. */
export function endInOrder(settings: SettingsStore, engines: { stop(): Promise<void> }): void {
  let isEnding = false;
  app.on("window-all-closed", () => app.quit());
  // `app.exit` does not come by here again; a second quit meanwhile (a second signal) waits for the first.
  app.on("will-quit", (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    settings.dispose();
    const end = (): void => app.exit(0);
    engines.stop().then(end, end);
  });
}
