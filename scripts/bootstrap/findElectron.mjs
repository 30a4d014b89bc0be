// Where the Electron to run is, without fetching anything: for tests, and the first question of bootstrap.
import fs from "node:fs";
import path from "node:path";
import { cacheDir, rootDir } from "./paths.mjs";

/**
 * @typedef {object} FoundElectron
 * @property {string} executable full path of the binary
 * @property {"override" | "official" | "npm runtime"} origin
 */

/** Folder of the npm-shipped runtime in the shared cache; see electronRuntime.mjs. */
export function runtimeDir() {
  return path.join(cacheDir(), "electron-25.1.1-linux-x64");
}

/**
 * Name of Electron's executable inside its folder, as its npm package has it.
 * @param {NodeJS.Platform} platform
 */
export function executableName(platform) {
  if (platform === "win32") return "electron.exe";
  if (platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
  return "electron";
}

/**
 * The order of DESIGN section 8: the folder in ELECTRON_OVERRIDE_DIST_PATH, the official binary, the npm runtime.
 * @param {NodeJS.ProcessEnv} env
 * @returns {FoundElectron | undefined}
 */
export function findElectron(env = process.env) {
  const name = executableName(process.platform);
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return foundIn(override, name, "override");
  const official = officialDir();
  return foundIn(path.join(official, "dist"), name, "official") ?? foundIn(runtimeDir(), name, "npm runtime");
}

/** The folder of the npm package `electron`, whose install script puts the binary under dist/. */
export function officialDir() {
  return path.join(rootDir, "node_modules", "electron");
}

/**
 * @param {string} dir
 * @param {string} name
 * @param {FoundElectron["origin"]} origin
 * @returns {FoundElectron | undefined}
 */
function foundIn(dir, name, origin) {
  const executable = path.resolve(dir, name);
  // Electron writes path.txt when it has unpacked all of itself; without it a half-unpacked folder would be run.
  const complete = origin !== "official" || fs.existsSync(path.join(officialDir(), "path.txt"));
  return complete && fs.existsSync(executable) ? { executable, origin } : undefined;
}
