// What each command needs before it can run, in the order in which the steps build on each other.
import { allParts, ensureBuilt } from "./buildParts.mjs";
import { ensureElectron } from "./electron.mjs";
import { ensureSystem } from "./ensureSystem.mjs";
import { isNodeNewEnough, neededNode } from "./nodeVersion.mjs";
import { ensurePackages } from "./packages.mjs";
import { BootstrapError } from "./report.mjs";

/** For lint, types and unit tests: Node.js and the npm packages. */
export async function prepareTools() {
  if (!isNodeNewEnough(process.versions.node)) {
    throw new BootstrapError(`Node.js ${neededNode} or newer is needed; this is ${process.versions.node}.`);
  }
  await ensurePackages();
}

/** For the command line: no Electron, no display. */
export async function prepareCommandLine() {
  await prepareTools();
  await ensureBuilt(["main"]);
}

/** For the window: everything. */
export async function prepareWindow() {
  await prepareTools();
  await ensureSystem(["window"]);
  const electron = await ensureElectron();
  await ensureBuilt(allParts);
  return electron;
}

/** For all tests. */
export async function prepareTests() {
  await prepareTools();
  await ensureSystem(["window", "test", "wine"]);
  const electron = await ensureElectron();
  await ensureBuilt(allParts);
  return electron;
}
