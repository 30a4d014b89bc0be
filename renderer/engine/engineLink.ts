/**
 * One engine as the page sees it for as long as the window lives. Engines come and go (a crash, a restart, a
 * machine chosen anew); the link keeps the page's listeners, hands calls to whichever engine is there, and tells
 * views when to load afresh. A call without an engine answers an error value like any other failure.
 */
import { type EngineClient, type EngineEvent, type EngineEvents, fail, ntscopeError } from "../../preload/shared";

type Subscription = { event: EngineEvent; listener: (value: never) => void; attached?: { dispose(): void } };

export interface EngineLink extends EngineClient {
  isConnected(): boolean;
  /** Called at once when an engine is there already, and again after each reconnection. */
  onDidConnect(listener: () => void): { dispose(): void };
  onDidDisconnect(listener: () => void): { dispose(): void };
  attach(client: EngineClient): void;
  detach(): void;
}

export function createEngineLink(): EngineLink {
  let current: EngineClient | undefined;
  const subscriptions = new Set<Subscription>();
  const connectListeners = new Set<() => void>();
  const disconnectListeners = new Set<() => void>();

  function detach() {
    if (!current) return;
    const old = current;
    current = undefined;
    for (const subscription of subscriptions) {
      subscription.attached?.dispose();
      delete subscription.attached;
    }
    old.dispose();
    for (const listener of [...disconnectListeners]) listener();
  }

  function attachOne(client: EngineClient, subscription: Subscription) {
    // The set holds listeners of every event; each was typed against its own event in `on` below.
    subscription.attached = client.on(
      subscription.event,
      subscription.listener as (value: EngineEvents[EngineEvent]) => void,
    );
  }

  return {
    isConnected: () => current !== undefined,
    attach(client) {
      detach();
      current = client;
      for (const subscription of subscriptions) attachOne(client, subscription);
      for (const listener of [...connectListeners]) listener();
    },
    detach,
    async call(verb, params, options) {
      if (!current) return fail(ntscopeError("engine-not-connected", "The engine is not running."));
      return current.call(verb, params, options);
    },
    on(event, listener) {
      const subscription: Subscription = { event, listener };
      subscriptions.add(subscription);
      if (current) attachOne(current, subscription);
      return {
        dispose() {
          subscription.attached?.dispose();
          subscriptions.delete(subscription);
        },
      };
    },
    onDidConnect(listener) {
      connectListeners.add(listener);
      if (current) listener();
      return { dispose: () => void connectListeners.delete(listener) };
    },
    onDidDisconnect(listener) {
      disconnectListeners.add(listener);
      return { dispose: () => void disconnectListeners.delete(listener) };
    },
    dispose() {
      detach();
      subscriptions.clear();
      connectListeners.clear();
      disconnectListeners.clear();
    },
  };
}
