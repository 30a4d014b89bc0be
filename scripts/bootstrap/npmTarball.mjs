// One tarball of the npm registry, fetched with `npm pack` and checked. For what is no dependency of ours but is fetched
// when it is needed, into the cache that all clones share.
import fs from "node:fs";
import path from "node:path";
import { run, runNpm } from "./childProcess.mjs";
import { hasIntegrity } from "./fileHash.mjs";
import { cacheDir } from "./paths.mjs";
import { BootstrapError, say } from "./report.mjs";

const ATTEMPTS = 3;

/**
 * @typedef {object} NpmTarball
 * @property {string} name of the package
 * @property {string} version
 * @property {string} integrity "sha512-BASE64", as the registry publishes it
 */

/**
 * Fetches a tarball and unpacks it into a folder that is to be filled; checked before anything of it is read.
 * @param {NpmTarball} tarball
 * @param {string} target gets what lies in the tarball's `package` folder
 */
export async function unpackNpmTarball(tarball, target) {
  const file = await fetchNpmTarball(tarball);
  fs.mkdirSync(target, { recursive: true });
  const result = await run("tar", ["-xzf", file, "-C", target, "--strip-components=1"], { output: "keep" });
  if (result.code !== 0) {
    throw new BootstrapError(`unpacking ${tarball.name} failed: tar: ${lastLine(result.output)}`);
  }
  fs.rmSync(path.dirname(file), { recursive: true, force: true });
}

/**
 * @param {NpmTarball} tarball
 * @returns {Promise<string>} the checked file, alone in its folder
 */
async function fetchNpmTarball(tarball) {
  const flatName = tarball.name.replace("@", "").replace("/", "-");
  const folder = path.join(cacheDir(), `download-${flatName}`);
  const file = path.join(folder, `${flatName}-${tarball.version}.tgz`);
  for (let attempt = 1; ; attempt++) {
    if (fs.existsSync(file)) {
      if (await hasIntegrity(file, tarball.integrity)) return file;
      say(`the downloaded ${tarball.name} is not what it should be (wrong checksum)`);
    }
    if (attempt > ATTEMPTS) break;
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const args = ["pack", `${tarball.name}@${tarball.version}`, "--pack-destination", folder, "--loglevel=error"];
    const result = await runNpm(args, { cwd: folder, output: "keep" });
    if (result.code !== 0) say(`npm pack failed, attempt ${attempt} of ${ATTEMPTS}: ${lastLine(result.output)}`);
  }
  throw new BootstrapError(`${tarball.name}@${tarball.version} could not be fetched with npm pack.`);
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}
