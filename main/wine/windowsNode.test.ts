// The Windows half of koffi is the same version as the half that npm installs.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { koffiTarball } from "./windowsNode";

describe("koffi's binary for Windows", () => {
  it("has the version of package.json and the checksum of the lock file", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(rootDir, "package.json"), "utf8"));
    const lock = JSON.parse(fs.readFileSync(path.join(rootDir, "package-lock.json"), "utf8"));
    expect(koffiTarball.version).toBe(manifest.dependencies.koffi);
    expect(koffiTarball.integrity).toBe(lock.packages[`node_modules/${koffiTarball.name}`].integrity);
  });
});
