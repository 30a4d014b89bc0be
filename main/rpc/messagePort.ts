/**
 * Adapter for ports of the web kind: the page's MessagePort and Node's worker MessagePort (which is an EventTarget too).
 * Chromium 114 has no `close` event on a MessagePort, so a peer that goes quietly is not noticed here: the protocol's
 * own `bye` message and the shell's engine status tell the page.
 */
import { rpcPortOver } from "./portAdapter";
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
  port.addEventListener("message", (event) => events.message((event as MessageEvent<unknown>).data));
  port.addEventListener("close", () => events.close());
  return rpcPortOver(port, events, (message, transfer) => port.postMessage(message, transfer ? [...transfer] : []));
}
