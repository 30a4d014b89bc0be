// Bytes on disk below a folder: the only measure of a download that npm or Electron makes for us.
import fs from "node:fs";
import path from "node:path";

/**
 * @param {string} dir
 * @returns {number} bytes; files that vanish meanwhile count as nothing
 */
export function folderSize(dir) {
  let total = 0;
  for (const name of entriesOf(dir)) {
    const full = path.join(dir, name);
    const stat = fs.lstatSync(full, { throwIfNoEntry: false });
    if (stat !== undefined) total += stat.isDirectory() ? folderSize(full) : stat.size;
  }
  return total;
}

/** @param {string} dir */
function entriesOf(dir) {
  try {
    return fs.readdirSync(dir);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? "")) return [];
    throw error;
  }
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return Math.round(bytes / 1_000_000);
}
