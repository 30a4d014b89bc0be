/**
 * The bridge: `window.ntscope`, made of the contract's three verbs. It runs sandboxed and isolated from the page.
 * It holds no policy: the main process checks the sender and the payload of every call. A port cannot cross
 * contextBridge, so the engine's is handed on by `window.postMessage` to the page's own origin alone.
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from "electron";
import { callChannel, connectEngineChannel, enginePortChannel, eventChannel } from "./channels";
import type { Bridge, ShellEvents } from "./contract";
import { FirstPort } from "./firstPort";

/** A record rather than a list, so that a new event in the contract does not compile until it is named here. */
const eventNames: Record<keyof ShellEvents, true> = {
  command: true,
  engineStatus: true,
  machines: true,
  settings: true,
};

/**
 * The page's first question is for its settings, and nothing is drawn before the answer: asked here, it is on its way
 * while the page's scripts are still being read.
 */
let firstSettings: Promise<unknown> | undefined = ipcRenderer.invoke(callChannel, "settings.get", null);
// A refusal is the page's to see, when it asks; until then it is nobody's.
firstSettings.catch(() => undefined);

function takeFirstSettings(): Promise<unknown> | undefined {
  const answer = firstSettings;
  firstSettings = undefined;
  return answer;
}

const firstPort = new FirstPort<MessagePort>(
  () => ipcRenderer.send(connectEngineChannel),
  (port) => window.postMessage(enginePortChannel, window.location.origin, [port]),
);
ipcRenderer.on(enginePortChannel, ({ ports: [port] }) => {
  if (port) firstPort.arrived(port);
});
/** Kinds of engine status after which a port of before leads nowhere. */
const endings = new Set<unknown>(["starting", "failed", "crashed"]);
ipcRenderer.on(eventChannel, (_event, name: string, value: { kind?: unknown }) => {
  if (name === "engineStatus" && endings.has(value.kind)) firstPort.engineEnded();
});

const bridge: Bridge = {
  call(verb, params) {
    const asked = verb === "settings.get" && params === null ? takeFirstSettings() : undefined;
    return (asked ?? ipcRenderer.invoke(callChannel, verb, params)) as ReturnType<typeof bridge.call<typeof verb>>;
  },

  on(event, listener) {
    if (!Object.hasOwn(eventNames, event)) throw new TypeError(`There is no event "${String(event)}"`);
    if (typeof listener !== "function") throw new TypeError("The listener must be a function");
    // The page gets the value, never Electron's event, whose `sender` would be a raw ipcRenderer.
    const forward = (_event: IpcRendererEvent, name: string, value: unknown): void => {
      if (name === event) listener(value as Parameters<typeof listener>[0]);
    };
    ipcRenderer.on(eventChannel, forward);
    return () => {
      ipcRenderer.removeListener(eventChannel, forward);
    };
  },

  connectEngine() {
    firstPort.want();
  },
};

contextBridge.exposeInMainWorld("ntscope", bridge);
