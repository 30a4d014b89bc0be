// Opens the real window for a test, as `npm start` does, in a profile of its own.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { whyNoSandbox } from "../../../scripts/bootstrap/display.mjs";
import { findElectron } from "../../../scripts/bootstrap/findElectron.mjs";
import { rootDir } from "../../../scripts/bootstrap/paths.mjs";
import { type AppProblems, watchForProblems } from "./appProblems";

export interface LaunchOptions {
  /** Arguments after the app's path, as after `npm start --`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A profile to start with, to test what the app keeps; the caller deletes it. Default: a new one, deleted at close. */
  readonly userDataDir?: string;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userDataDir: string;
  readonly problems: AppProblems;
  /** Takes a picture of the page: into docs/screenshots where they are being updated, else into test-results. */
  screenshot(name: string): Promise<void>;
  /** Closes the app and fails when it printed errors, threw, or lost a process meanwhile. */
  close(): Promise<void>;
}

/** A window that is not there by then never comes: a cold start takes about two seconds on two busy cores. */
const LAUNCH_TIMEOUT_MS = 45_000;

export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const electron = findElectron();
  if (electron === undefined) throw new Error("No Electron; `npm test` fetches it.");
  const userDataDir = options.userDataDir ?? mkdtempSync(path.join(os.tmpdir(), "ntscope-e2e-"));
  const sandboxHelper = path.join(path.dirname(electron.executable), "chrome-sandbox");
  const switches = whyNoSandbox(sandboxHelper) === undefined ? [] : ["--no-sandbox"];
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [rootDir, ...switches, `--user-data-dir=${userDataDir}`, ...(options.args ?? [])],
    env: { ...inheritedEnvironment(), ...options.env },
    cwd: rootDir,
    timeout: LAUNCH_TIMEOUT_MS,
  });
  const problems = await watchForProblems(app);
  const page = await app.firstWindow({ timeout: LAUNCH_TIMEOUT_MS });
  return {
    app,
    page,
    userDataDir,
    problems,
    screenshot: (name) => takeScreenshot(page, name),
    async close() {
      await app.close();
      if (options.userDataDir === undefined) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
      if (problems.all.length > 0) throw new Error(`The app reported problems:\n${problems.all.join("\n")}`);
    },
  };
}

/** Without the variables that would make Electron something else than the app. */
function inheritedEnvironment(): Record<string, string> {
  const {
    ELECTRON_RUN_AS_NODE: _asNode,
    ELECTRON_RENDERER_URL: _devServer,
    NODE_OPTIONS: _options,
    ...rest
  } = process.env;
  return Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function takeScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.NTSCOPE_UPDATE_SCREENSHOTS === "1" ? "docs/screenshots" : "test-results/screenshots";
  const dir = path.join(rootDir, folder);
  if (!existsSync(dir)) await mkdir(dir, { recursive: true });
  await page.screenshot({ path: path.join(dir, `${name}.png`), animations: "disabled" });
}
