/**
 * The only file that touches `window.ntscope`: shell verbs, shell events, and the engine port that the preload
 * script passes on. Everything else in the page imports from here or from engine/connection.ts.
 */
import type { Bridge, ShellAnswer, ShellEvents, ShellVerb, ShellVerbs } from "../preload/contract";

declare global {
  interface Window {
    readonly ntscope: Bridge;
  }
}

/** What the preload script posts to the page, with the port, once the main process has handed one over. */
const enginePortMessage = "ntscope.enginePort";

/** Asks the shell; a refused or failed call comes back as a value, never as a rejection. */
export function askShell<K extends ShellVerb>(verb: K, params: ShellVerbs[K][0]): Promise<ShellAnswer<K>> {
  return window.ntscope.call(verb, params).catch((reason: unknown) => ({
    ok: false,
    error: { name: "bridge-failed", message: reason instanceof Error ? reason.message : String(reason) },
  }));
}

export function onShell<E extends keyof ShellEvents>(
  event: E,
  listener: (value: ShellEvents[E]) => void,
): { dispose(): void } {
  return { dispose: window.ntscope.on(event, listener) };
}

/** Asks for a new engine port; it comes to every `onEnginePort` listener. */
export function requestEnginePort(): void {
  window.ntscope.connectEngine();
}

export function onEnginePort(listener: (port: MessagePort) => void): { dispose(): void } {
  const receive = (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (event.source === window && event.data === enginePortMessage && port) listener(port);
  };
  window.addEventListener("message", receive);
  return { dispose: () => window.removeEventListener("message", receive) };
}
