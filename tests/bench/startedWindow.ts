// Starts an Electron app as a user does, without a debugger that holds it back, and looks at it from outside: when its
// page showed something, and what its processes take.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { whyNoSandbox } from "../../scripts/bootstrap/display.mjs";
import { findElectron } from "../../scripts/bootstrap/findElectron.mjs";
import { DevtoolsPipe } from "./devtoolsPipe";

export interface StartedWindow {
  /** Ms from the start of the process until the page showed the element and painted it. */
  readonly untilShown: number;
  /** Proportional set size of all its processes, in MB: shared pages are counted once. Linux only, else NaN. */
  memory(): number;
  close(): Promise<void>;
}

/** `selector`: what the page must show before it counts as started. `profile`: the folder of its user data. */
export async function startWindow(appPath: string, selector: string, profile: string): Promise<StartedWindow> {
  const executable = findElectron()?.executable;
  if (executable === undefined) throw new Error("No Electron; `npm run bench` fetches it.");
  const sandbox = whyNoSandbox(path.join(path.dirname(executable), "chrome-sandbox"));
  const switches = [...(sandbox === undefined ? [] : ["--no-sandbox"]), "--remote-debugging-pipe"];
  const started = Date.now();
  const child = spawn(executable, [appPath, ...switches, `--user-data-dir=${profile}`], {
    // Chromium's debugging pipe is on 3 (in) and 4 (out).
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const evaluate = await new DevtoolsPipe(child.stdio[3] as Writable, child.stdio[4] as Readable).attach();
  const shown = Number(await evaluate(`(${whenShown.toString()})(${JSON.stringify(selector)}, ${MOST_WAITING})`));
  if (!(shown > 0)) {
    child.kill();
    await ended;
    throw new Error(`${appPath} did not show ${selector} within ${MOST_WAITING / 1000} s.`);
  }
  return {
    untilShown: shown - started,
    memory: () => memoryOf(child.pid ?? 0),
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** Ms. Fifty times what a start takes: then it never comes. */
const MOST_WAITING = 60_000;

/** Runs in the page: Unix ms at which the element had been painted; 0 when it did not come in time. */
function whenShown(selector: string, mostWaiting: number): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (performance.now() > mostWaiting) resolve(0);
      else if (document.querySelector(selector) === null) requestAnimationFrame(look);
      // The frame after the one that drew it.
      else requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    };
    look();
  });
}

function memoryOf(root: number): number {
  if (process.platform !== "linux") return Number.NaN;
  let kilobytes = 0;
  for (const processId of withDescendants(root)) {
    try {
      const rollup = readFileSync(`/proc/${processId}/smaps_rollup`, "utf8");
      kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // It ended between the two looks, and takes nothing.
    }
  }
  return kilobytes / 1024;
}

function withDescendants(root: number): Set<number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // After the program's name, which is in brackets and may hold anything: state, then the parent.
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8"))?.[1];
      parents.set(Number(name), Number(parent));
    } catch {
      // Ended meanwhile.
    }
  }
  const family = new Set([root]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [processId, parent] of parents) if (family.has(parent)) family.add(processId);
  }
  return family;
}
