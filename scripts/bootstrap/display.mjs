// Displays on Linux: whether there is one, and a virtual one (Xvfb) for tests.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { BootstrapError } from "./report.mjs";

/** Wide enough for the default layout of tree, list, properties and log side by side. */
const SCREEN = "1600x1000x24";

/** Whether a window can be shown. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Starts an Xvfb on a free display number, which it picks itself.
 * @returns {Promise<{ display: string, dispose(): void }>}
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    const args = ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"];
    const child = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
    const dispose = () => {
      process.off("exit", dispose);
      child.kill();
    };
    process.on("exit", dispose);
    let errors = "";
    child.stderr?.on("data", (chunk) => {
      errors = (errors + chunk).slice(-2_000);
    });
    child.once("error", (error) => reject(new BootstrapError(`Xvfb did not start: ${error.message}`)));
    child.once("exit", (code) => reject(new BootstrapError(`Xvfb ended with exit code ${code}. ${errors.trim()}`)));
    let number = "";
    const answers = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
    answers.on("data", (chunk) => {
      number += chunk;
      if (number.includes("\n")) resolve({ display: `:${number.trim()}`, dispose });
    });
  });
}

/**
 * Chromium's sandbox can't be used by root, nor where the kernel gives users no namespaces and the helper program in
 * Electron's folder is not owned by root with its set-uid bit (an unpacked Electron never is).
 * @param {string} sandboxHelper path of chrome-sandbox beside the executable
 * @returns {string | undefined} why the sandbox can't be used
 */
export function whyNoSandbox(sandboxHelper) {
  if (process.platform !== "linux") return undefined;
  if (process.getuid?.() === 0) return "root can't use Chromium's sandbox";
  const helper = fs.statSync(sandboxHelper, { throwIfNoEntry: false });
  if (helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0) return undefined;
  const restricted =
    readSetting("/proc/sys/kernel/unprivileged_userns_clone") === "0" ||
    readSetting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") === "1" ||
    readSetting("/proc/sys/user/max_user_namespaces") === "0";
  return restricted ? "this kernel gives users no namespaces for Chromium's sandbox" : undefined;
}

/** @param {string} file */
function readSetting(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : undefined;
}
