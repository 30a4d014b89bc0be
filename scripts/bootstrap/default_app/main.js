// The app inside the npm-shipped Electron runtime: opens the app named on the command line, as the
// default app of an official Electron does (`electron [-r MODULE] PATH [ARGUMENTS]`), with the same
// `process.defaultApp` mark, so that NtScope sees no difference between the two.
// Source: Electron's documentation of the command line and of `process.defaultApp`.
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const electron = require("electron");

const app = /** @type {LaunchedApp} */ (electron.app);

/**
 * Splits what comes before the app's path from the path itself; Chromium's own switches are skipped.
 * @param {readonly string[]} argv
 * @returns {{ modules: string[], appPath: string | undefined }}
 */
function readCommandLine(argv) {
  /** @type {string[]} */
  const modules = [];
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index];
    if (word === "-r" || word === "--require") modules.push(argv[++index] ?? "");
    else if (word !== undefined && !word.startsWith("-")) return { modules, appPath: path.resolve(word) };
  }
  return { modules, appPath: undefined };
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  if (process.env.DISPLAY || process.platform !== "linux") electron.dialog.showErrorBox("Electron", message);
  app.exit(1);
}

/**
 * What Electron's typings leave out, since only a default app needs it.
 * @typedef {Electron.App & { setVersion(version: string): void, setAppPath(path: string): void, setDesktopName(name: string): void }} LaunchedApp
 */

/** @param {string} appPath */
async function loadApp(appPath) {
  let entry = appPath;
  if (fs.statSync(appPath).isDirectory()) {
    const manifest = JSON.parse(fs.readFileSync(path.join(appPath, "package.json"), "utf8"));
    if (manifest.version) app.setVersion(manifest.version);
    const name = manifest.productName || manifest.name;
    if (name) app.setName(name);
    if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
    app.setAppPath(appPath);
    entry = path.join(appPath, manifest.main || "index.js");
  } else {
    app.setAppPath(path.dirname(appPath));
  }
  // Electron worked the folder out from its own name before this file ran; a folder asked for stays.
  if (!app.commandLine.hasSwitch("user-data-dir")) {
    app.setPath("userData", path.join(app.getPath("appData"), app.getName()));
    app.setPath("sessionData", app.getPath("userData"));
  }
  // The ES module loader is only asked where it must be: `require` keeps the start synchronous, so the
  // app can still register schemes and switches that must come before `ready`.
  if (entry.endsWith(".mjs")) await import(pathToFileURL(entry).href);
  else require(entry);
}

Object.defineProperty(process, "defaultApp", { configurable: false, enumerable: true, value: true });
const { modules, appPath } = readCommandLine(process.argv);
if (appPath === undefined) {
  fail("Usage: electron [-r MODULE] PATH [ARGUMENTS]");
} else {
  for (const name of modules) require(require.resolve(name, { paths: [process.cwd()] }));
  loadApp(appPath).catch((error) => fail(`The app at ${appPath} did not start.\n${error?.stack ?? error}`));
}
