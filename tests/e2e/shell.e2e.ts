/** The window's own business: its place, its settings, its theme, its menus, a second start. Asked over the bridge alone. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { commands } from "../../preload/commands";
import { findElectron } from "../../scripts/bootstrap/findElectron.mjs";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";

/** Runs the program without a debugger and answers how it ended. */
function start(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const executable = findElectron()?.executable;
  if (executable === undefined) throw new Error("No Electron; `npm test` fetches it.");
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [rootDir, "--no-sandbox", ...args]);
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      output.stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output.stderr += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...output }));
  });
}

describe("one window", () => {
  let launched: LaunchedApp;
  beforeAll(async () => {
    launched = await launchApp();
    await new NtscopePage(launched).ready();
  });
  afterAll(async () => {
    await launched.close();
  });

  it("says what it runs on", async () => {
    const answer = await launched.page.evaluate(() => window.ntscope.call("app.info", null));
    const versions = await launched.app.evaluate(() => ({
      electron: process.versions.electron,
      node: process.versions.node,
    }));
    expect(answer).toMatchObject({
      ok: true,
      value: { version: "0.1.0", ...versions, logFolder: path.join(launched.userDataDir, "logs") },
    });
  });

  it("shows every command of the table in its menu, with its key, and tells the page of a click", async () => {
    const { app, page } = launched;
    const shown = await app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
      return items
        .filter((item) => item.type !== "separator")
        .map((item) => [item.id, item.label, item.accelerator ?? null]);
    });
    const here = process.platform === "win32" ? "windows" : "other";
    const table = Object.entries(commands)
      .filter(([, row]) => row.menu !== "none" && !("system" in row && row.system !== here))
      .map(([id, row]) => [id, row.title, "accelerator" in row ? row.accelerator : null]);
    expect(shown.sort()).toEqual(table.sort());

    await page.evaluate(() => {
      const heard = new Promise((resolve) => window.ntscope.on("command", resolve));
      Object.assign(globalThis, { commandHeard: heard });
    });
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("view.refresh")?.click());
    expect(await page.evaluate(() => (globalThis as unknown as { commandHeard: Promise<string> }).commandHeard)).toBe(
      "view.refresh",
    );
  });

  it("shows in the menu what the page says can be done", async () => {
    const { app, page } = launched;
    const read = () =>
      app.evaluate(({ Menu }) => {
        const menu = Menu.getApplicationMenu();
        return [
          menu?.getMenuItemById("log.nextMark")?.enabled,
          menu?.getMenuItemById("view.themeHighContrast")?.checked,
        ];
      });
    const say = (enabled: boolean, checked: boolean) =>
      page.evaluate(
        ([isEnabled, isChecked]) =>
          window.ntscope.call("menu.state", {
            enabled: { "log.nextMark": isEnabled },
            checked: { "view.themeHighContrast": isChecked },
          }),
        [enabled, checked] as const,
      );
    await say(false, true);
    expect(await read()).toEqual([false, true]);
    await say(true, false);
    expect(await read()).toEqual([true, false]);
  });

  it("pops up a menu of the page's choosing and answers what was chosen", async () => {
    const { app, page } = launched;
    // Nobody can click a native popup from outside, so the test stands in for the desktop that shows it.
    await app.evaluate(({ Menu }) => {
      const real = Menu.prototype.popup;
      Menu.prototype.popup = function popup(options) {
        Menu.prototype.popup = real;
        Object.assign(globalThis, {
          popupShown: [this.items.map((item) => item.id ?? item.type), options?.x, options?.y],
        });
        this.getMenuItemById("object.properties")?.click();
        options?.callback?.();
      };
    });
    const answer = await page.evaluate(() =>
      window.ntscope.call("menu.popup", { commands: ["object.properties", "-", "edit.copy"], x: 10, y: 20 }),
    );
    expect(answer).toEqual({ ok: true, value: "object.properties" });
    const shown = await app.evaluate(() => (globalThis as unknown as { popupShown: unknown[] }).popupShown);
    expect(shown).toEqual([["object.properties", expect.any(String), "edit.copy"], 10, 20]);
  });

  it("writes the clipboard and asks where to save", async () => {
    const { app, page } = launched;
    await page.evaluate(() => window.ntscope.call("clipboard.write", { text: "\\Device\\Example\u0000\u{1f600}" }));
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain("\\Device\\Example");

    await app.evaluate(({ dialog }) => {
      dialog.showSaveDialog = ((_window: unknown, options: Electron.SaveDialogOptions) =>
        Promise.resolve({
          canceled: false,
          filePath: `/chosen/${options.defaultPath?.split(/[\\/]/).at(-1)}`,
        })) as never;
      dialog.showOpenDialog = (() => Promise.resolve({ canceled: true, filePaths: [] })) as never;
    });
    const answers = await page.evaluate(async () => [
      await window.ntscope.call("dialog.save", { suggestedName: "../a.log", format: "debugview" }),
      await window.ntscope.call("dialog.openDriver", null),
    ]);
    expect(answers).toEqual([
      { ok: true, value: { path: "/chosen/_a.log" } },
      { ok: true, value: null },
    ]);
  });

  it("changes theme, zoom and title", async () => {
    const { app, page } = launched;
    // Playwright pretends a light scheme unless told not to.
    await page.emulateMedia({ colorScheme: null });
    for (const [theme, isDark] of [
      ["dark", true],
      ["light", false],
      ["highContrast", true],
    ] as const) {
      await page.evaluate((wanted) => window.ntscope.call("settings.set", { theme: wanted }), theme);
      await page.waitForFunction((dark) => matchMedia("(prefers-color-scheme: dark)").matches === dark, isDark);
    }
    const before = await page.evaluate(() => devicePixelRatio);
    await page.evaluate(() => window.ntscope.call("settings.set", { zoom: 2 }));
    await page.waitForFunction((ratio) => devicePixelRatio === 2 * ratio, before);
    await page.evaluate(() => window.ntscope.call("settings.set", { zoom: 1, theme: "system" }));
    await page.evaluate(() => window.ntscope.call("machines.describe", { name: "a\u202eb\nc", state: "running" }));
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe(
      "a\ufffdb\ufffdc - NtScope",
    );
  });

  it("comes to the front when the program is started again, which then ends", async () => {
    const { app, userDataDir } = launched;
    await app.evaluate(({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      first?.hide();
      const heard = new Promise((resolve) => {
        first?.once("show", () => resolve(BrowserWindow.getAllWindows().length));
      });
      Object.assign(globalThis, { showHeard: heard });
    });
    const second = await start([`--user-data-dir=${userDataDir}`, "--machine", "model"]);
    const windows = app.evaluate(() => (globalThis as unknown as { showHeard: Promise<number> }).showHeard);
    expect([second.code, await windows]).toEqual([0, 1]);
  });

  it("offers to reload a page that crashed, and does", async () => {
    const { app } = launched;
    const reloaded = await app.evaluate(
      ({ BrowserWindow, dialog }) =>
        new Promise((resolve) => {
          const asked: string[] = [];
          dialog.showMessageBox = ((_window: unknown, options: Electron.MessageBoxOptions) => {
            asked.push(...(options.buttons ?? []));
            return Promise.resolve({ response: 0, checkboxChecked: false });
          }) as never;
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once("did-finish-load", () => {
            contents.executeJavaScript("typeof window.ntscope").then((type) => resolve([asked, type]));
          });
          contents?.forcefullyCrashRenderer();
        }),
    );
    expect(reloaded).toEqual([["Reload", "Quit"], "object"]);
    launched.problems.expect(/crash/);
  });
});

describe("between two starts", () => {
  let userDataDir: string;
  beforeAll(() => {
    userDataDir = mkdtempSync(path.join(os.tmpdir(), "ntscope-e2e-"));
  });
  afterAll(() => {
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const settingsFile = () => path.join(userDataDir, "settings.json");
  /** Undefined until it is written. */
  const keptPlace = () => {
    if (!existsSync(settingsFile())) return undefined;
    const { maximised: _, ...place } = JSON.parse(readFileSync(settingsFile(), "utf8")).window ?? {};
    return place;
  };

  it("keeps settings and the window's place", async () => {
    const bounds = { x: 60, y: 70, width: 901, height: 603 };
    const first = await launchApp({ userDataDir });
    await first.page.evaluate(() => window.ntscope.call("settings.set", { lastPath: "\\Device\\\ud800", zoom: 1.25 }));
    // While a window is new, the display may still tell of its first place after this, so it is said until it is kept.
    const place = async () => {
      await first.app.evaluate(({ BrowserWindow }, wanted) => {
        BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
      }, bounds);
      return isDeepStrictEqual(keptPlace(), bounds);
    };
    await vi.waitUntil(place, { timeout: 20_000, interval: 500 });
    await first.close();

    const second = await launchApp({ userDataDir });
    expect(
      await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
    ).toEqual(bounds);
    expect(await second.page.evaluate(() => window.ntscope.call("settings.get", null))).toMatchObject({
      ok: true,
      value: { lastPath: "\\Device\\\ud800", zoom: 1.25 },
    });
    await second.close();
  });

  it("starts from the defaults over a damaged file, which it keeps", async () => {
    const damaged = readFileSync(settingsFile()).subarray(0, 40);
    writeFileSync(settingsFile(), damaged);
    const launched = await launchApp({ userDataDir });
    expect(await launched.page.evaluate(() => window.ntscope.call("settings.get", null))).toMatchObject({
      ok: true,
      value: { zoom: 1 },
    });
    expect(readFileSync(`${settingsFile()}.damaged`)).toEqual(damaged);
    await launched.close();
  });

  it("leaves a window no larger than the display, wherever the last one was", async () => {
    writeFileSync(
      settingsFile(),
      JSON.stringify({
        version: 1,
        settings: {},
        window: { x: -90_000, y: 5, width: 90_000, height: 90_000, maximised: false },
      }),
    );
    const launched = await launchApp({ userDataDir });
    const { bounds, area } = await launched.app.evaluate(({ BrowserWindow, screen }) => ({
      bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
      area: screen.getPrimaryDisplay().workArea,
    }));
    // Electron takes a pixel off a window that would fill a bare X display.
    expect(area.width - (bounds?.width ?? 0)).toBeOneOf([0, 1]);
    expect(area.height - (bounds?.height ?? 0)).toBeOneOf([0, 1]);
    expect([bounds?.x, bounds?.y]).toEqual([area.x, area.y]);
    await launched.close();
  });
});

describe("the command line", () => {
  it.each([
    [["--machine", "snapshot:x.json"], `"snapshot:x.json" is no machine`],
    [["--machine", "toaster"], `"toaster" is no machine`],
    [["--machine", "agent:box:4000"], "an agent needs its key"],
    [["--machine", "model", "--key-file", "k"], "--key-file does not belong to this --machine"],
    [["--machine"], "--machine wants a machine"],
    [["stray"], `unexpected argument "stray"`],
  ])("refuses %j with a sentence and exit code 2, and opens nothing", async (args, sentence) => {
    const ended = await start(args);
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
    expect(ended.stderr).toContain(`ntscope: `);
    expect(ended.stderr).toContain(sentence);
  });

  it("prints help to standard output", async () => {
    const ended = await start(["--help"]);
    expect([ended.code, ended.stdout.split("\n")[0]]).toEqual([
      0,
      "Usage: ntscope [--machine MACHINE] [--key-file FILE] [--make-prefix]",
    ]);
    expect(existsSync(path.join(rootDir, "settings.json"))).toBe(false);
  });
});
