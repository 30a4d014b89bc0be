/**
 * Settings and window state in one JSON file, `{ version, settings, window }`. Writes are atomic (a temporary file
 * renamed over the old one) and wait a little for more changes. A file that can't be understood is put aside under
 * another name, what is sound in it is kept, and the rest starts from the defaults: settings never stop a start.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import type { Settings } from "../../preload/settings";
import type { Disposable } from "../machine/machine";
import { type AppLog, describeError } from "./appLog";
import { defaultSettings, settingEntries, type WindowState, windowStateSchema } from "./settingsSchema";

/** Bumped when an entry changes its meaning; a newer file than this program knows is put aside, not overwritten. */
const fileVersion = 1;

/** Ms. Dragging a splitter changes the layout at every frame; one write after it is enough. */
const writeDelay = 500;

export interface SettingsStore extends Disposable {
  readonly settings: Settings;
  readonly window: WindowState | undefined;
  /** Merges, tells the listeners and writes soon. `patch` must have passed the schema. */
  change(patch: Partial<Settings>): void;
  changeWindow(state: WindowState): void;
  onDidChange(listener: (settings: Settings) => void): Disposable;
  /** Writes what waits to be written, now. */
  flush(): void;
}

export function openSettingsStore(file: string, log: AppLog): SettingsStore {
  const loaded = load(file, log);
  let { settings, window } = loaded;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<(settings: Settings) => void>();

  // Synchronous: the file is a few kilobytes, and a write that outlives the program could be torn.
  function flush(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    try {
      writeAtomically(file, JSON.stringify({ version: fileVersion, settings, window }, undefined, 1));
    } catch (error) {
      log.write("error", "settings", `not written: ${describeError(error)}`);
    }
  }

  function writeSoon(): void {
    timer ??= setTimeout(flush, writeDelay);
  }

  return {
    get settings() {
      return settings;
    },
    get window() {
      return window;
    },
    change(patch) {
      settings = { ...settings, ...patch };
      writeSoon();
      for (const listener of listeners) listener(settings);
    },
    changeWindow(state) {
      window = state;
      writeSoon();
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    flush,
    dispose() {
      flush();
      listeners.clear();
    },
  };
}

interface Loaded {
  settings: Settings;
  window: WindowState | undefined;
}

function load(file: string, log: AppLog): Loaded {
  const fresh: Loaded = { settings: defaultSettings(), window: undefined };
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    // No file is the first start. Anything else (a folder in its place, no rights) is worth a line.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") log.write("error", "settings", describeError(error));
    return fresh;
  }
  const read = salvage(text);
  if (read.problems.length > 0) putAside(file, read.problems, log);
  return read;
}

/** Keeps each entry that passes its schema; the others get their default and are named in `problems`. */
function salvage(text: string): Loaded & { problems: string[] } {
  const settings = defaultSettings();
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { settings, window: undefined, problems: [`not JSON (${(error as Error).name})`] };
  }
  const shape = v.safeParse(
    v.object({ version: v.literal(fileVersion), settings: v.record(v.string(), v.unknown()), window: v.unknown() }),
    withWindow(document),
  );
  if (!shape.success) return { settings, window: undefined, problems: ["not a settings file of this version"] };
  const problems: string[] = [];
  const kept: Record<string, unknown> = { ...settings };
  for (const [name, schema] of Object.entries(settingEntries)) {
    // An entry that an older program did not write yet keeps its default, and that is no damage.
    if (!Object.hasOwn(shape.output.settings, name)) continue;
    const entry = v.safeParse(schema, shape.output.settings[name]);
    if (entry.success) kept[name] = entry.output;
    else problems.push(name);
  }
  const window = v.safeParse(v.nullish(windowStateSchema), shape.output.window);
  if (!window.success) problems.push("window");
  return {
    settings: kept as unknown as Settings,
    window: window.success ? (window.output ?? undefined) : undefined,
    problems,
  };
}

/** `window` may be missing (no window was ever moved); valibot wants the key. */
function withWindow(document: unknown): unknown {
  return typeof document === "object" && document !== null ? { window: undefined, ...document } : document;
}

function putAside(file: string, problems: string[], log: AppLog): void {
  const aside = `${file}.damaged`;
  try {
    renameSync(file, aside);
    log.write("warn", "settings", `kept as ${path.basename(aside)}; damaged: ${problems.join(", ")}`);
  } catch (error) {
    log.write("error", "settings", `damaged and not put aside: ${describeError(error)}`);
  }
}

function writeAtomically(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  // One instance a profile (singleInstance.ts), so one temporary name is enough and leaves at most one file behind.
  const temporary = `${file}.new`;
  const handle = openSync(temporary, "w", 0o600);
  try {
    writeFileSync(handle, text);
    // Without it a power cut can leave the renamed file empty.
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}
