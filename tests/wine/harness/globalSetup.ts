// Before the tests under Wine: the drivers built from their sources, and a fresh prefix that the test files share one
// after the other. Where Wine or mingw is missing, the tests are skipped and say so.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { WinePrefix } from "../../../main/wine/winePrefix";
import { buildDrivers } from "../../../scripts/bootstrap/buildDrivers.mjs";
import { ensureBuilt } from "../../../scripts/bootstrap/buildParts.mjs";
import { missingRig } from "./missingRig";

declare module "vitest" {
  interface ProvidedContext {
    /** Why there is no rig; empty where there is one. */
    wineMissing: string;
    winePrefix: string;
    /** Names of the built drivers and programs and where they are. */
    driverFiles: Record<string, string>;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = missingRig();
  project.provide("wineMissing", missing);
  if (missing !== "") {
    process.stderr.write(`ntscope: the tests under Wine are skipped: ${missing}\n`);
    project.provide("winePrefix", "");
    project.provide("driverFiles", {});
    return async () => undefined;
  }
  // NtScope's own command line runs in the prefix too.
  await ensureBuilt(["main"]);
  project.provide("driverFiles", Object.fromEntries(await buildDrivers()));
  const prefix = new WinePrefix(fs.mkdtempSync(path.join(os.tmpdir(), "ntscope-wine-")));
  await prefix.make();
  project.provide("winePrefix", prefix.folder);
  return () => prefix.remove();
}
