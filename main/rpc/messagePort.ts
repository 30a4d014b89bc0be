/**
 * Adapter for ports of the web kind: the page's MessagePort and Node's worker MessagePort (which is an EventTarget too).
 * Chromium 114 has no `close` event on a MessagePort, so a peer that goes quietly is not noticed here: the protocol's
 * own `bye` message and the shell's engine status tell the page.
 */
import type { Disposable } from "../machine/machine";
import { PortEvents } from "./portEvents";
import type { RpcPort } from "./rpcPort";

/** The part of the DOM's and Node's MessagePort that is used. */
export interface WebMessagePort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message" | "close", listener: (event: Event) => void): void;
  start(): void;
  close(): void;
}

export function rpcPortOfMessagePort(port: WebMessagePort): RpcPort {
  const events = new PortEvents();
  let started = false;
  port.addEventListener("message", (event) => events.message((event as MessageEvent<unknown>).data));
  port.addEventListener("close", () => events.close());
  return {
    post(message, transfer) {
      if (!events.isClosed) port.postMessage(message, transfer ? [...transfer] : []);
    },
    onMessage(listener): Disposable {
      const subscription = events.onMessage(listener);
      if (!started) {
        started = true;
        port.start();
      }
      return subscription;
    },
    onClose: (listener) => events.onClose(listener),
    close() {
      port.close();
      events.close();
    },
  };
}
