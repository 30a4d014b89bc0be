// Starts an Electron app as a user does, without a debugger that holds it back, and looks at it through Chromium's own
// remote debugging port: when its page showed something, and what its processes take.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { whyNoSandbox } from "../../scripts/bootstrap/display.mjs";
import { findElectron } from "../../scripts/bootstrap/findElectron.mjs";

export interface StartedWindow {
  /** Ms from the start of the process until the page showed the element and painted it. */
  readonly untilShown: number;
  /** Proportional set size of all its processes, in MB: shared pages are counted once. Linux only, else NaN. */
  memory(): number;
  close(): Promise<void>;
}

/** `selector`: what the page must show before it counts as started. */
export async function startWindow(appPath: string, selector: string): Promise<StartedWindow> {
  const executable = findElectron()?.executable;
  if (executable === undefined) throw new Error("No Electron; `npm run bench` fetches it.");
  const profile = mkdtempSync(path.join(os.tmpdir(), "ntscope-bench-"));
  const sandbox = whyNoSandbox(path.join(path.dirname(executable), "chrome-sandbox"));
  const switches = [...(sandbox === undefined ? [] : ["--no-sandbox"]), "--remote-debugging-port=0"];
  const started = Date.now();
  const child = spawn(executable, [appPath, ...switches, `--user-data-dir=${profile}`]);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const endpoint = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stderr.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("close", () => reject(new Error(`${appPath} ended before it opened a window:\n${text}`)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  const shown = await whenShown(browser, selector);
  return {
    untilShown: shown - started,
    memory: () => memoryOf(child.pid ?? 0),
    async close() {
      await browser.close();
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Unix ms at which the element had been painted. */
async function whenShown(browser: Browser, selector: string): Promise<number> {
  const [context] = browser.contexts();
  if (!context) throw new Error("Chromium has no context");
  const page = context.pages()[0] ?? (await context.waitForEvent("page"));
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          // The frame after the one that drew it.
          else requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        };
        look();
      }),
    selector,
  );
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
