// Collects what went wrong in a running app without any test asking: errors on the page's console, uncaught errors,
// and processes that died. A test that leaves one behind fails when its window is closed.
import type { ConsoleMessage, ElectronApplication, Page } from "playwright-core";

export interface AppProblems {
  readonly all: readonly string[];
  /** Drops the problems that match, for a test that causes them on purpose; throws when there was none. */
  expect(pattern: RegExp): void;
}

export async function watchForProblems(app: ElectronApplication): Promise<AppProblems> {
  const all: string[] = [];
  const watchPage = (page: Page): void => {
    page.on("console", (message) => {
      if (message.type() === "error") all.push(`console error: ${message.text()} ${locationOf(message)}`);
    });
    page.on("pageerror", (error) => all.push(`uncaught on the page: ${error.stack ?? error.message}`));
    page.on("crash", () => all.push("the page's process crashed"));
  };
  app.on("window", watchPage);
  for (const page of app.windows()) watchPage(page);
  app.on("console", (message) => {
    if (message.text().startsWith(deathMark)) all.push(message.text().slice(deathMark.length));
  });
  await app.evaluate(reportDeaths, deathMark);
  return {
    all,
    expect(pattern) {
      const kept = all.filter((problem) => !pattern.test(problem));
      if (kept.length === all.length)
        throw new Error(`No problem matches ${pattern}. Seen: ${all.join("\n") || "none"}`);
      all.splice(0, all.length, ...kept);
    },
  };
}

/** Playwright hears nothing of processes other than pages, so the main process prints their deaths behind this mark. */
const deathMark = "ntscope-test-death: ";

/** Runs in Electron's main process. */
function reportDeaths({ app }: typeof import("electron"), mark: string): void {
  const tell = (what: string, reason: string): void => {
    // biome-ignore lint/suspicious/noConsole: standard output is the way from the main process to the test
    if (reason !== "clean-exit" && reason !== "killed") console.log(`${mark}${what}: ${reason}`);
  };
  app.on("child-process-gone", (_event, details) => tell(details.name ?? details.type, details.reason));
  app.on("render-process-gone", (_event, _contents, details) => tell("page", details.reason));
}

function locationOf(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location();
  return url === "" ? "" : `(${url}:${lineNumber + 1})`;
}
