/**
 * What a page may not do, whatever it is: no permissions but writing to the clipboard, no navigation but that of a frame
 * to our own page for a machine that there is, no windows, no webviews, and no request that leaves the machine. Electron's security checklist, items 1, 5 and 11 to 14.
 */
import type { App, Session, WebContents } from "electron";
import type { AppLog } from "./appLog";
import { firstMachine } from "./machines";

const allowedPermissions: ReadonlySet<string> = new Set(["clipboard-sanitized-write"]);

/** Schemes that stay in the program. `devtools` is not there in a packaged window. */
const localSchemes: ReadonlySet<string> = new Set(["app:", "data:", "blob:", "devtools:"]);

/** `developmentOrigin`: the dev server's, while one is used. */
export function restrictSession(session: Session, developmentOrigin: string | undefined): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(allowedPermissions.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !isLocal(request.url, developmentOrigin) });
  });
  session.on("will-download", (event) => event.preventDefault());
}

/**
 * Applies to every page of the program, those that do not exist yet included.
 * @param isMachinePage whether a frame may show this address
 */
export function restrictContents(app: App, isMachinePage: (url: string) => boolean, log: AppLog): void {
  app.on("web-contents-created", (_event, contents) => denyLeaving(contents, isMachinePage, log));
}

function denyLeaving(contents: WebContents, isMachinePage: (url: string) => boolean, log: AppLog): void {
  const deny = (what: string) => (event: { preventDefault(): void }) => {
    event.preventDefault();
    log.write("warn", "session", `denied: ${what}`);
  };
  // Reloading is navigation too, but it is only ever asked for by this process, which these events do not cover.
  contents.on("will-navigate", deny("navigation"));
  contents.on("will-redirect", deny("redirect"));
  contents.on("will-frame-navigate", (details) => {
    if (details.isMainFrame || !isMachinePage(details.url)) deny("frame navigation")(details);
  });
  contents.on("will-attach-webview", deny("webview"));
  contents.setWindowOpenHandler(() => {
    log.write("warn", "session", "denied: new window");
    return { action: "deny" };
  });
}

/** Whether `url` is our page (`pageUrl`) for a further machine, and nothing else. */
export function isPageOfMachine(url: string, pageUrl: string, hasMachine: (id: string) => boolean): boolean {
  const [page, id, extra] = url.split("?machine=");
  return page === pageUrl && id !== undefined && extra === undefined && id !== firstMachine && hasMachine(id);
}

export function isLocal(url: string, developmentOrigin?: string): boolean {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    // What can't be read is not sent.
    return false;
  }
  if (localSchemes.has(parsed.protocol)) return true;
  // The dev server's page talks to it over a web socket as well.
  return developmentOrigin !== undefined && parsed.origin.replace(/^ws/, "http") === developmentOrigin;
}
