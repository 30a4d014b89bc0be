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
  /** The machine is being attached, which may take a while; a sentence of what is being done. */
  | { kind: "opening"; sentence: string }
  /** The machine could not be attached. No process runs; `engine.restart` tries again. */
  | { kind: "failed"; error: { name: string; message: string } }
  | { kind: "running"; processId: number }
  /** No answer to the heartbeat for `seconds`: a driver loops, or the engine is very busy. */
  | { kind: "hung"; seconds: number }
  | { kind: "crashed"; exitCode: number; reason: string };

export interface ShellVerbs {
  "settings.get": [null, Settings];
  "settings.set": [Partial<Settings>, Settings];
  "clipboard.write": [{ text: string }, null];
  /** Shows the save dialog; null when it was dismissed. The engine writes the file. */
  "dialog.save": [
    { suggestedName: string; format: "debugview" | "text" | "csv" | "jsonl" | "irpTrace" },
    { path: string } | null,
  ];
  "dialog.openDriver": [null, { path: string } | null];
  /**
   * Asks for a folder and writes a driver to begin with into a new one in it, named as the driver: answers the driver's file,
   * null when the dialog was dismissed. Overwrites nothing: `file-exists`.
   */
  "dialog.newDriver": [{ name: string }, { path: string } | null];
  /** Pops up a native menu of these commands at the pointer or at a point of the page; answers the chosen one. */
  "menu.popup": [{ commands: (CommandId | "-")[]; x?: number; y?: number }, CommandId | null];
  /** Which commands can run now and which are ticked, for the native menu. */
  "menu.state": [{ enabled: Partial<Record<CommandId, boolean>>; checked: Partial<Record<CommandId, boolean>> }, null];
  "engine.status": [null, EngineStatus];
  /** Kills the engine process if need be and starts a new one over the same machine. */
  "engine.restart": [null, null];
  /** Gives up attaching the machine; its status is `failed` then. Nothing once it is attached. */
  "engine.cancel": [null, null];
  "machines.list": [null, MachinesState];
  /** `here`: this page's own machine is replaced. What the words do not name well is refused in a sentence. */
  "machines.open": [{ machine: MachineRequest; place: "tab" | "here" }, null];
  /** Ends a machine's engine and its tab; the first one's cannot be closed. */
  "machines.close": [{ id: string }, null];
  /** `step`: the next or previous one of the tabs, round and round. */
  "machines.activate": [{ id: string } | { step: 1 | -1 }, null];
  /** Asks the user for a folder. */
  "machines.choosePrefix": [null, { path: string } | null];
  /** Asks the user for an agent's key file. */
  "machines.chooseKeyFile": [null, { path: string } | null];
  /** What a page knows of its own machine, for its tab and the title bar. */
  "machines.describe": [{ name: string; state: MachineTab["state"] }, null];
  "app.info": [null, AppInfo];
  "app.openLogFolder": [null, null];
  "app.quit": [null, null];
}

/** A machine as the user names it. Paths are this computer's. */
export type MachineRequest =
  | { kind: "model" }
  | { kind: "local" }
  /** Without `prefix`, NtScope's own, which is made when it is not there. */
  | { kind: "wine"; prefix?: string; make?: boolean }
  /** The line that an agent prints; it holds the key, which goes no further than this call. */
  | { kind: "pairing"; line: string }
  | { kind: "agent"; address: string; keyFile: string };

export interface MachineTab {
  /** Of the page that shows it: `first`, or the `machine` parameter of its address. */
  id: string;
  /** For people; from the machine, so hostile. */
  name: string;
  /** `failed`: it could not be attached. `crashed`: its engine ended. */
  state: "connecting" | "running" | "stopped" | "lost" | "hung" | "crashed" | "failed";
}

export interface MachinesState {
  /** In the order of their tabs. */
  machines: MachineTab[];
  active: string;
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
  /** To the window's top page alone, which draws the tabs. */
  machines: MachinesState;
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
