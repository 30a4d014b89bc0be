// `npm run dev`: the window with the page served by Vite (edits show at once) and the main process rebuilt on change.
import path from "node:path";
import { forgetBuild } from "./bootstrap/buildParts.mjs";
import { run } from "./bootstrap/childProcess.mjs";
import { whyNoSandbox } from "./bootstrap/display.mjs";
import { ensureElectron } from "./bootstrap/electron.mjs";
import { ensureSystem } from "./bootstrap/ensureSystem.mjs";
import { rootDir } from "./bootstrap/paths.mjs";
import { prepareTools } from "./bootstrap/prepare.mjs";
import { runScript } from "./bootstrap/report.mjs";

await runScript(async () => {
  await prepareTools();
  await ensureSystem(["window"]);
  const { executable } = await ensureElectron();
  // What follows builds for development into the same folder.
  forgetBuild();
  const noSandbox = whyNoSandbox(path.join(path.dirname(executable), "chrome-sandbox")) !== undefined;
  const vite = path.join(rootDir, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const result = await run(process.execPath, [vite, "dev", "--watch", ...process.argv.slice(2)], {
    cwd: rootDir,
    env: { ...process.env, ELECTRON_EXEC_PATH: executable, ...(noSandbox ? { NO_SANDBOX: "1" } : {}) },
    output: "show",
  });
  return result.code;
});
