// A lock between processes, as a file: two starts at once must not install, unpack or build over each other.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "./report.mjs";

/** A lock of another computer (a shared home folder) can't be probed; none of our work takes this long. */
const FOREIGN_LOCK_AGE_MS = 30 * 60_000;
/** How long a lock file may stay empty: its owner is between creating and writing it. */
const UNWRITTEN_LOCK_AGE_MS = 5_000;
const POLL_MS = 200;
/** A short wait is not worth a line. */
const POLLS_BEFORE_TELLING = 5;

/**
 * Whether the process that a lock file names can still be at work.
 * @param {string} content "HOST PID", or empty while it is being written
 * @param {number} ageMs
 * @param {(pid: number) => boolean} isAlive
 * @param {string} host
 */
export function isLockHeld(content, ageMs, isAlive = isProcessAlive, host = os.hostname()) {
  const [owner, pid] = content.trim().split(" ");
  if (!owner || !pid) return ageMs < UNWRITTEN_LOCK_AGE_MS;
  if (owner !== host) return ageMs < FOREIGN_LOCK_AGE_MS;
  return isAlive(Number(pid));
}

/** @param {number} pid */
function isProcessAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is someone else's.
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Runs `work` while holding the lock; waits for whoever holds it, and takes it from a process that died.
 * @template T
 * @param {string} file the lock file; its folder is created
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let polls = 1; !tryTake(file); polls++) {
    if (polls === POLLS_BEFORE_TELLING) say(`waiting for another start of ntscope that is setting up (${file})`);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryTake(file) {
  try {
    fs.writeFileSync(file, `${os.hostname()} ${process.pid}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const content = readIfThere(file);
  if (content !== undefined && !isLockHeld(content.text, content.ageMs)) fs.rmSync(file, { force: true });
  return false;
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return { text: fs.readFileSync(file, "utf8"), ageMs: Date.now() - fs.statSync(file).mtimeMs };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}
