// Installs the npm packages when package-lock.json says something else than what lies in node_modules.
import fs from "node:fs";
import path from "node:path";
import { runNpm } from "./childProcess.mjs";
import { hashText } from "./fileHash.mjs";
import { withLock } from "./lock.mjs";
import { rootDir } from "./paths.mjs";
import { BootstrapError, say, showProgress } from "./report.mjs";

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>} LockedPackages */

/**
 * What node_modules was installed from. The platform is part of it: packages with native code differ.
 * @param {string} lockFile text of package-lock.json
 * @param {string} platform
 * @param {string} arch
 */
export function packagesStamp(lockFile, platform = process.platform, arch = process.arch) {
  return `${platform}-${arch} ${hashText(lockFile)}`;
}

/**
 * Whether an installed tree is the locked one, so that a developer's own `npm install` is not thrown away.
 * @param {LockedPackages} locked "packages" of package-lock.json
 * @param {LockedPackages} installed "packages" of node_modules/.package-lock.json, which npm writes last of all
 */
export function isInstalledTree(locked, installed) {
  for (const [name, wanted] of Object.entries(locked)) {
    if (name === "") continue;
    const found = installed[name];
    if (found === undefined ? !wanted.optional : found.version !== wanted.version) return false;
    if (found !== undefined && found.integrity !== wanted.integrity) return false;
  }
  return Object.keys(installed).every((name) => name in locked);
}

/** Makes node_modules what package-lock.json says. Safe to interrupt: the stamp is gone until npm is done. */
export async function ensurePackages() {
  if (isCurrent()) return;
  await withLock(path.join(rootDir, ".cache", "packages.lock"), async () => {
    if (isCurrent()) return;
    if (adoptInstalled()) return;
    fs.rmSync(stampFile(), { force: true });
    await install();
    writeStamp();
  });
}

function stampFile() {
  return path.join(rootDir, "node_modules", ".ntscope-packages");
}

function currentStamp() {
  return packagesStamp(fs.readFileSync(path.join(rootDir, "package-lock.json"), "utf8"));
}

function isCurrent() {
  return fs.existsSync(stampFile()) && fs.readFileSync(stampFile(), "utf8") === currentStamp();
}

function writeStamp() {
  fs.writeFileSync(stampFile(), currentStamp());
}

function adoptInstalled() {
  const hidden = path.join(rootDir, "node_modules", ".package-lock.json");
  if (fs.existsSync(stampFile()) || !fs.existsSync(hidden)) return false;
  const locked = JSON.parse(fs.readFileSync(path.join(rootDir, "package-lock.json"), "utf8"));
  const installed = JSON.parse(fs.readFileSync(hidden, "utf8"));
  if (!isInstalledTree(locked.packages, installed.packages)) return false;
  writeStamp();
  return true;
}

async function install() {
  const modules = path.join(rootDir, "node_modules");
  const progress = showProgress("installing npm packages (first start, or package-lock.json changed)", () => {
    const count = fs.existsSync(modules) ? fs.readdirSync(modules).length : 0;
    return `${count} folders`;
  });
  const result = await runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: rootDir, output: "keep" });
  progress.dispose();
  if (result.code !== 0) {
    throw new BootstrapError(
      `npm ci failed (exit ${result.code}); the next start tries again.\n${result.output.trim()}`,
    );
  }
  say("npm packages installed");
}
