// Where things lie: the clone, what is built in it, and the cache that all clones of one user share.
// Sources: XDG Base Directory Specification; Apple's File System Programming Guide; Windows' LOCALAPPDATA.
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The clone's root folder. */
export const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * The folder for downloads that outlive a clone. Not inside it, so that a second clone fetches nothing.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home the user's home folder
 * @returns {string}
 */
export function cacheDir(env = process.env, platform = process.platform, home = os.homedir()) {
  if (platform === "win32") {
    return path.win32.join(env.LOCALAPPDATA || path.win32.join(home, "AppData", "Local"), "ntscope", "Cache");
  }
  if (platform === "darwin") return path.posix.join(home, "Library", "Caches", "ntscope");
  // The specification says that a relative XDG_CACHE_HOME is to be ignored.
  const xdg = env.XDG_CACHE_HOME;
  const base = xdg && path.posix.isAbsolute(xdg) ? xdg : path.posix.join(home, ".cache");
  return path.posix.join(base, "ntscope");
}
