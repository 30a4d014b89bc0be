/**
 * What the page may ask, and nothing else. Two ways lead out of the page:
 *  - the *engine port*, a MessagePort that the main process hands over once it has checked who asks; it carries
 *    the engine protocol (main/engine/protocol.ts), every request checked by schema in the engine;
 *  - the *shell verbs* below, which only the Electron main process can do; each is checked by schema and sender.
 * Types only, so that the page, the preload script and the main process can all import it.
 */
import type { CommandId } from "./commands";
import type { Settings } from "./settings";

export type EngineStatus =
  | { kind: "starting" }
  | { kind: "running"; processId: number }
  /** No answer to the heartbeat for `seconds`: a driver loops, or the engine is very busy. */
  | { kind: "hung"; seconds: number }
  | { kind: "crashed"; exitCode: number; reason: string };

export interface ShellVerbs {
  "settings.get": [null, Settings];
  "settings.set": [Partial<Settings>, Settings];
  "clipboard.write": [{ text: string }, null];
  /** Shows the save dialog; null when it was dismissed. The engine writes the file. */
  "dialog.saveLog": [
    { suggestedName: string; format: "debugview" | "text" | "csv" | "jsonl" },
    { path: string } | null,
  ];
  "dialog.openDriver": [null, { path: string } | null];
  /** Pops up a native menu of these commands at the pointer or at a point of the page; answers the chosen one. */
  "menu.popup": [{ commands: (CommandId | "-")[]; x?: number; y?: number }, CommandId | null];
  /** Which commands can run now and which are ticked, for the native menu. */
  "menu.state": [{ enabled: Partial<Record<CommandId, boolean>>; checked: Partial<Record<CommandId, boolean>> }, null];
  "engine.status": [null, EngineStatus];
  /** Kills the engine process if need be and starts a new one. */
  "engine.restart": [null, null];
  "app.info": [null, AppInfo];
  "app.openLogFolder": [null, null];
  "app.quit": [null, null];
  "window.setTitle": [{ title: string }, null];
}

export interface AppInfo {
  version: string;
  electron: string;
  chromium: string;
  node: string;
  platform: string;
  logFolder: string;
  /** A screen reader or another assistive technology uses the window now. */
  screenReader: boolean;
}

export interface ShellEvents {
  /** A menu item or accelerator was used. */
  command: CommandId;
  engineStatus: EngineStatus;
  settings: Settings;
}

export type ShellVerb = keyof ShellVerbs;

export type ShellAnswer<K extends ShellVerb> =
  | { ok: true; value: ShellVerbs[K][1] }
  | { ok: false; error: { name: string; message: string } };

/** `window.ntscope`, made by the preload script. Verbs only; callbacks get values, never Electron's events. */
export interface Bridge {
  call<K extends ShellVerb>(verb: K, params: ShellVerbs[K][0]): Promise<ShellAnswer<K>>;
  on<E extends keyof ShellEvents>(event: E, listener: (value: ShellEvents[E]) => void): () => void;
  /** Asks for an engine port; it arrives as a `message` event on `window` with data `"ntscope.enginePort"` and one port. */
  connectEngine(): void;
}
