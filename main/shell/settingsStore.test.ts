import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppLog } from "./appLog";
import { defaultSettings, settingsPatchSchema } from "./settingsSchema";
import { openSettingsStore } from "./settingsStore";

let folder: string;
let file: string;
let logged: string[];
const log: AppLog = { write: (level, area, message) => logged.push(`${level} ${area}: ${message}`) };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ntscope-settings-"));
  file = path.join(folder, "profile", "settings.json");
  logged = [];
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function writeFile(text: string): void {
  const first = openSettingsStore(file, log);
  first.change({ guideDone: false });
  first.dispose();
  writeFileSync(file, text);
}

describe("openSettingsStore", () => {
  it("starts from the defaults and keeps changes between starts", () => {
    const first = openSettingsStore(file, log);
    expect(first.settings).toEqual(defaultSettings());
    first.change({ theme: "dark", lastPath: "\\Device\\\ud800\u0000x" });
    first.changeWindow({ x: -5, y: 6, width: 700, height: 500, maximised: true });
    first.dispose();

    const second = openSettingsStore(file, log);
    expect(second.settings).toEqual({ ...defaultSettings(), theme: "dark", lastPath: "\\Device\\\ud800\u0000x" });
    expect(second.window).toEqual({ x: -5, y: 6, width: 700, height: 500, maximised: true });
    expect(readdirSync(path.dirname(file))).toEqual(["settings.json"]);
    expect(logged).toEqual([]);
    second.dispose();
  });

  it("waits for more changes before it writes, then writes once", () => {
    vi.useFakeTimers();
    const store = openSettingsStore(file, log);
    store.change({ zoom: 2 });
    vi.advanceTimersByTime(300);
    store.change({ zoom: 1.5 });
    expect(existsSync(file)).toBe(false);
    vi.advanceTimersByTime(300);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: 1, settings: { zoom: 1.5 } });
    store.dispose();
  });

  it("tells listeners until they are disposed", () => {
    const store = openSettingsStore(file, log);
    const zooms: number[] = [];
    const listening = store.onDidChange((settings) => zooms.push(settings.zoom));
    store.change({ zoom: 2 });
    listening.dispose();
    store.change({ zoom: 3 });
    expect(zooms).toEqual([2]);
    store.dispose();
  });

  it.each(["", "{", "null", "[]", '"x"', '{"version":1}', '{"version":2,"settings":{}}', "\u0000\u0001\u0002"])(
    "puts a file aside that holds %j and starts from the defaults",
    (text) => {
      writeFile(text);
      const store = openSettingsStore(file, log);
      expect(store.settings).toEqual(defaultSettings());
      expect(readFileSync(`${file}.damaged`, "utf8")).toBe(text);
      expect(logged).toEqual([expect.stringContaining("kept as settings.json.damaged")]);
      store.change({ follow: false });
      store.dispose();
      expect(openSettingsStore(file, log).settings.follow).toBe(false);
    },
  );

  it("keeps the sound entries of a file with a bad one", () => {
    writeFile(JSON.stringify({ version: 1, settings: { theme: "purple", zoom: 2 }, window: { x: "left" } }));
    const store = openSettingsStore(file, log);
    expect(store.settings).toEqual({ ...defaultSettings(), zoom: 2 });
    expect(store.window).toBeUndefined();
    expect(logged).toEqual(["warn settings: kept as settings.json.damaged; damaged: theme, window"]);
    store.dispose();
  });

  it("takes a file of any bytes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        writeFile(text);
        const store = openSettingsStore(file, log);
        expect(v.is(settingsPatchSchema, store.settings)).toBe(true);
        store.dispose();
      }),
      { numRuns: 200 },
    );
  });

  it("says that it could not write, and goes on", () => {
    writeFileSync(path.join(folder, "profile"), "a file where the folder should be");
    const store = openSettingsStore(file, log);
    store.change({ zoom: 2 });
    store.dispose();
    expect(store.settings.zoom).toBe(2);
    expect(logged.at(-1)).toMatch(/^error settings: not written: /);
  });
});
