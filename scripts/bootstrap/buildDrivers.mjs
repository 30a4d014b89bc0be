// Builds the test drivers (tests/fixtures/drivers) and their user programs into out/drivers: those whose sources or
// flags changed. Only tests need them.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { run } from "./childProcess.mjs";
import {
  driverTargets,
  gccArguments,
  MINGW_GCC,
  RUST_TARGET,
  rustcArguments,
  rustLinkArguments,
} from "./driverTargets.mjs";
import { hasProgram } from "./ensureSystem.mjs";
import { hashText, hashTree } from "./fileHash.mjs";
import { withLock } from "./lock.mjs";
import { rootDir } from "./paths.mjs";
import { BootstrapError, say, showProgress } from "./report.mjs";

/** @typedef {import("./driverTargets.mjs").DriverTarget} DriverTarget */

const sourceDir = path.join(rootDir, "tests", "fixtures", "drivers");
const outputDir = path.join(rootDir, "out", "drivers");

/** Whether the compiler is there that all of them need. */
export function hasDriverCompiler() {
  return hasProgram(MINGW_GCC);
}

/**
 * Makes all drivers ready. Those in Rust are left out, with a line that says so, where no rustc can build them.
 * @returns {Promise<ReadonlyMap<string, string>>} the name of a target and the file's full path
 */
export async function buildDrivers() {
  if (!hasDriverCompiler()) {
    throw new BootstrapError(
      `the test drivers need ${MINGW_GCC}. On Debian and Ubuntu: apt-get install gcc-mingw-w64-x86-64`,
    );
  }
  const rustc = findRustc();
  if (rustc === undefined) {
    say("the Rust drivers are not built: no rustc has the target x86_64-pc-windows-gnu (libstd-rust-dev-windows)");
  }
  const targets = driverTargets.filter((target) => target.language === "c" || rustc !== undefined);
  if (targets.some(isStale)) {
    await withLock(path.join(rootDir, ".cache", "drivers.lock"), () => build(targets.filter(isStale), rustc ?? ""));
  }
  return new Map(targets.map((target) => [target.name, outputFile(target)]));
}

/**
 * @param {readonly DriverTarget[]} targets
 * @param {string} rustc
 */
async function build(targets, rustc) {
  fs.mkdirSync(path.join(outputDir, ".built"), { recursive: true });
  const progress = showProgress(`building ${targets.length} test drivers and programs`, () => "");
  try {
    for (const target of targets) {
      // Taken before building: a file saved meanwhile must make the result stale.
      const hash = targetHash(target);
      fs.rmSync(stampFile(target), { force: true });
      if (target.language === "c") await compile(target.name, MINGW_GCC, gccCommand(target));
      else await buildRust(target, rustc);
      fs.writeFileSync(stampFile(target), hash);
    }
  } finally {
    progress.dispose();
  }
}

/** @param {DriverTarget} target */
function gccCommand(target) {
  return gccArguments(target, ddkHeaders(), outputFile(target));
}

/**
 * @param {DriverTarget} target
 * @param {string} rustc
 */
async function buildRust(target, rustc) {
  const library = `${outputFile(target)}.a`;
  await compile(target.name, rustc, rustcArguments(target, library));
  await compile(target.name, MINGW_GCC, rustLinkArguments(library, outputFile(target)));
  fs.rmSync(library);
}

/**
 * @param {string} name
 * @param {string} program
 * @param {readonly string[]} args
 */
async function compile(name, program, args) {
  // RUSTC_BOOTSTRAP: the article's framework uses alloc_error_handler, which only nightly compilers grant by name.
  const env = { ...process.env, RUSTC_BOOTSTRAP: "1", LC_ALL: "C" };
  const result = await run(program, args, { cwd: sourceDir, env, output: "keep" });
  if (result.code !== 0) throw new BootstrapError(`building the driver ${name} failed.\n${result.output.trim()}`);
}

/** @param {DriverTarget} target */
function isStale(target) {
  const stamp = stampFile(target);
  if (!fs.existsSync(outputFile(target)) || !fs.existsSync(stamp)) return true;
  return fs.readFileSync(stamp, "utf8") !== targetHash(target);
}

/**
 * Over the sources and the whole command lines, in names that do not depend on where the clone lies.
 * @param {DriverTarget} target
 */
function targetHash(target) {
  const commands =
    target.language === "c"
      ? [gccArguments(target, "ddk", target.output)]
      : [rustcArguments(target, target.output), rustLinkArguments(target.output, target.output)];
  return hashText(JSON.stringify([hashTree(sourceDir, target.inputs), commands]));
}

/** @param {DriverTarget} target */
function outputFile(target) {
  return path.join(outputDir, target.output);
}

/** @param {DriverTarget} target */
function stampFile(target) {
  return path.join(outputDir, ".built", target.name);
}

/** ntddk.h lies in a folder beside the user mode headers; where those are differs between distributions. */
function ddkHeaders() {
  const result = spawnSync(MINGW_GCC, ["-E", "-Wp,-v", "-xc", process.platform === "win32" ? "NUL" : "/dev/null"], {
    encoding: "utf8",
  });
  const folders = result.stderr.split("\n").map((line) => path.join(line.trim(), "ddk"));
  const found = folders.find((folder) => path.isAbsolute(folder) && fs.existsSync(path.join(folder, "ntddk.h")));
  if (found === undefined) throw new BootstrapError(`${MINGW_GCC} has no ddk/ntddk.h, which the test drivers need.`);
  return found;
}

/** The distribution's rustc where the first on the PATH, often rustup's, has no Windows target. */
function findRustc() {
  return ["rustc", "/usr/bin/rustc"].find((program) => {
    const query = ["--print", "target-libdir", "--target", RUST_TARGET];
    const result = spawnSync(program, query, { encoding: "utf8" });
    return result.status === 0 && fs.existsSync(result.stdout.trim());
  });
}
