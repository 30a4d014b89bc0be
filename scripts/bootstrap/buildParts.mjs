// Builds what is stale. Three parts, each with its own stamp: the command line needs only `main`, and an edit of the
// page does not rebuild the engine.
import fs from "node:fs";
import path from "node:path";
import { run } from "./childProcess.mjs";
import { hashTree } from "./fileHash.mjs";
import { withLock } from "./lock.mjs";
import { rootDir } from "./paths.mjs";
import { BootstrapError, showProgress } from "./report.mjs";

/** @typedef {"main" | "preload" | "renderer"} BuildPart */

/** @type {readonly BuildPart[]} */
export const allParts = ["main", "preload", "renderer"];

/** Files that change every part: how it is built, and with what. */
const sharedInputs = ["electron.vite.config.ts", "package.json", "package-lock.json", "tsconfig.json"];

/** The folders each part may import from (tests/architecture/allowedImports.ts). @type {Record<BuildPart, string[]>} */
const partInputs = {
  main: ["main", "preload", "native-bindings", "scripts/bootstrap"],
  preload: ["main", "preload", "native-bindings"],
  renderer: ["main", "preload", "renderer", "native-bindings"],
};

/**
 * Tests and notes never reach the bundle.
 * @param {string} file
 */
export function isBuildInput(file) {
  return !/\.(test|bench)\.tsx?$|\.md$/.test(file);
}

/**
 * @param {string} root
 * @param {BuildPart} part
 */
export function sourceHash(root, part) {
  return hashTree(root, [...sharedInputs, ...partInputs[part]], isBuildInput);
}

/**
 * @param {string} root
 * @param {readonly BuildPart[]} parts
 * @returns {BuildPart[]} those whose output is missing or older than its sources
 */
export function staleParts(root, parts) {
  return parts.filter((part) => {
    const stamp = stampFile(root, part);
    return !fs.existsSync(stamp) || fs.readFileSync(stamp, "utf8") !== sourceHash(root, part);
  });
}

/**
 * @param {readonly BuildPart[]} parts
 */
export async function ensureBuilt(parts) {
  if (staleParts(rootDir, parts).length === 0) return;
  await withLock(path.join(rootDir, ".cache", "build.lock"), async () => {
    const stale = staleParts(rootDir, parts);
    if (stale.length > 0) await build(stale);
  });
}

/** @param {readonly BuildPart[]} parts */
export async function build(parts) {
  // Taken before building: a file saved meanwhile must make the result stale, not be taken for built.
  const hashes = parts.map((part) => sourceHash(rootDir, part));
  for (const part of parts) fs.rmSync(stampFile(rootDir, part), { force: true });
  const progress = showProgress(`building ${parts.join(", ")}`, () => "");
  const vite = path.join(rootDir, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const result = await run(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: rootDir,
    env: { ...process.env, NTSCOPE_BUILD_PARTS: parts.join(","), NO_COLOR: "1" },
    output: "keep",
  });
  progress.dispose();
  if (result.code !== 0) throw new BootstrapError(`the build failed.\n${result.output.trim()}`);
  fs.mkdirSync(path.dirname(stampFile(rootDir, "main")), { recursive: true });
  parts.forEach((part, index) => {
    fs.writeFileSync(stampFile(rootDir, part), hashes[index] ?? "");
  });
}

/** Makes all parts stale: something else is about to write to out/. */
export function forgetBuild() {
  fs.rmSync(path.dirname(stampFile(rootDir, "main")), { recursive: true, force: true });
}

/**
 * @param {string} root
 * @param {BuildPart} part
 */
function stampFile(root, part) {
  return path.join(root, "out", ".built", part);
}
