// Child processes for bootstrap: run and wait, with what they print either shown or kept for the error message.
import { spawn } from "node:child_process";

/** What is kept of a child's output for an error message; the end is what says why it failed. */
const KEPT_OUTPUT = 8_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {"show" | "keep"} [output] show: straight to this terminal; keep: in the result
 * @property {AbortSignal} [signal] aborting kills the child
 */

/** Signals that ask this process to end. */
const endSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Passes such signals to a child and waits for it: an orphaned npm would go on writing under the next start's feet.
 * @param {import("node:child_process").ChildProcess} child
 */
export function passSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal);
  for (const signal of endSignals) process.on(signal, pass);
  child.once("close", () => {
    for (const signal of endSignals) process.off(signal, pass);
  });
}

/**
 * Runs a program to its end. Never throws: a program that could not start has code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const shown = options.output === "show";
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      signal: options.signal,
      killSignal: "SIGKILL",
      windowsHide: true,
      stdio: shown ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    passSignals(child);
    let output = "";
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString("utf8")).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs npm: the one that runs this script where there is one, so that both have the same version and settings.
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) return run(process.execPath, [script, ...args], options);
  // Windows' npm is a .cmd file, which Node starts only through the command interpreter; the arguments are ours.
  if (process.platform === "win32") return run("cmd.exe", ["/d", "/s", "/c", "npm", ...args], options);
  return run("npm", args, options);
}
