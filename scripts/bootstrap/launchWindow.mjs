// Prepares everything and opens the window; ends when it is closed.
import { spawn } from "node:child_process";
import path from "node:path";
import { passSignals } from "./childProcess.mjs";
import { hasDisplay, whyNoSandbox } from "./display.mjs";
import { rootDir } from "./paths.mjs";
import { prepareWindow } from "./prepare.mjs";
import { say } from "./report.mjs";

/**
 * @param {readonly string[]} args what the app gets after its own path
 * @returns {Promise<number>} the exit code
 */
export async function launchWindow(args) {
  if (!hasDisplay()) {
    say("no display: neither DISPLAY nor WAYLAND_DISPLAY is set, so no window can be shown. Either");
    say("  - start it where there is a desktop, or over `ssh -X`;");
    say("  - use a virtual display:  xvfb-run -a npm start   (package xvfb; `npm test` brings its own);");
    say("  - use the command line, which needs none:  npm run -s ntscope -- --help");
    return 1;
  }
  const { executable } = await prepareWindow();
  return runElectron(executable, args);
}

/**
 * @param {string} executable
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
function runElectron(executable, args) {
  const reason = whyNoSandbox(path.join(path.dirname(executable), "chrome-sandbox"));
  if (reason !== undefined) say(`started with --no-sandbox: ${reason}`);
  const switches = reason === undefined ? [] : ["--no-sandbox"];
  const env = { ...process.env };
  // Set by some terminals that are Electron apps themselves; it would make our Electron a plain Node.js.
  delete env.ELECTRON_RUN_AS_NODE;
  const child = spawn(executable, [rootDir, ...switches, ...args], { stdio: "inherit", env });
  passSignals(child);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      say(`${executable} did not start: ${error.message}`);
      resolve(1);
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
}
