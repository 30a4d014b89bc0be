// The one thing that bootstrap can't fetch: a Node.js new enough to run the build.

/** Vite and electron-vite need it (their `engines`). */
const NEEDED = [20, 19];

/**
 * @param {string} version as process.versions.node has it
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = NEEDED;
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

export const neededNode = NEEDED.join(".");
