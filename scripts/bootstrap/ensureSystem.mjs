// Installs missing system packages where that is ours to do (root on Debian or Ubuntu), else says how.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { run } from "./childProcess.mjs";
import { withLock } from "./lock.mjs";
import { cacheDir } from "./paths.mjs";
import { BootstrapError, say, showProgress } from "./report.mjs";
import { aptNames, installCommand, missingPackages } from "./systemPackages.mjs";

/** @typedef {import("./systemPackages.mjs").Purpose} Purpose */
/** @typedef {import("./systemPackages.mjs").SystemPackage} SystemPackage */

/**
 * @param {readonly Purpose[]} purposes
 * @returns {Promise<void>} throws a BootstrapError where something that is needed to show a window stays missing
 */
export async function ensureSystem(purposes) {
  if (process.platform !== "linux") return;
  if (missingPackages(probeSystem(), purposes).length === 0) return;
  await withLock(path.join(cacheDir(), "system.lock"), async () => {
    const missing = missingPackages(probeSystem(), purposes);
    if (missing.length === 0) return;
    if (process.getuid?.() === 0 && hasProgram("apt-get")) await installWithApt(missing);
    else tell(missing);
  });
  const needed = missingPackages(probeSystem(), ["window"]).filter((entry) => !entry.optional);
  if (needed.length > 0) {
    throw new BootstrapError(
      `the window needs ${needed.map((entry) => entry.name).join(", ")}; see the command above.`,
    );
  }
}

/** @returns {import("./systemPackages.mjs").SystemProbe} */
export function probeSystem() {
  const libraries = cachedLibraries();
  return {
    // Where the loader's cache can't be read (NixOS, musl) nothing is called missing: Electron itself will say.
    hasLibrary: (soname) => libraries === undefined || libraries.includes(`\t${soname} `),
    hasProgram,
    hasFolder: (folder) => fs.existsSync(folder),
  };
}

/** The loader's cache, as text; ldconfig is not on a user's PATH everywhere. */
function cachedLibraries() {
  const program = ["/sbin/ldconfig", "/usr/sbin/ldconfig"].find((file) => fs.existsSync(file)) ?? "ldconfig";
  const result = spawnSync(program, ["-p"], { encoding: "utf8" });
  return result.status === 0 ? result.stdout : undefined;
}

/** @param {string} program */
export function hasProgram(program) {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .some((dir) => dir !== "" && fs.existsSync(path.join(dir, program)));
}

/** @param {string} name */
function isKnownToApt(name) {
  return spawnSync("apt-cache", ["show", name], { stdio: "ignore" }).status === 0;
}

/** @param {readonly SystemPackage[]} missing */
function tell(missing) {
  const names = missing.map((entry) => entry.name).join(", ");
  const command = installCommand(missing, hasProgram, isKnownToApt);
  say(`missing on this system: ${names}.`);
  if (command !== undefined) say(`install with:\n    ${process.getuid?.() === 0 ? "" : "sudo "}${command}`);
  else say("install them with your system's package tool.");
}

/** @param {readonly SystemPackage[]} missing */
async function installWithApt(missing) {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const progress = showProgress(
    `installing system packages (${missing.map((entry) => entry.name).join("; ")})`,
    () => "",
  );
  const update = await run("apt-get", ["update"], { env: environment, output: "keep" });
  const names = aptNames(missing, isKnownToApt);
  const args = ["install", "-y", "--no-install-recommends", ...names];
  const result = await run("apt-get", args, { env: environment, output: "keep" });
  progress.dispose();
  if (result.code === 0) return;
  const output = `${update.code === 0 ? "" : update.output}${result.output}`.trim().split("\n").slice(-8).join("\n");
  say(`this failed: apt-get update && apt-get ${args.join(" ")}\n${output}`);
}
