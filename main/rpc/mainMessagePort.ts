/**
 * Adapter for Electron's MessagePortMain, which the engine process gets. Its shape is declared here rather than
 * imported: nothing but main/shell imports electron. Unlike a web port it transfers ports only, never ArrayBuffers
 * (it throws), so buffers are copied.
 */
import { rpcPortOver } from "./portAdapter";
import { PortEvents } from "./portEvents";
import type { RpcPort } from "./rpcPort";

/** The part of Electron's MessagePortMain that is used. */
export interface MessagePortMainLike {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function rpcPortOfMessagePortMain(port: MessagePortMainLike): RpcPort {
  const events = new PortEvents();
  port.on("message", (event) => events.message(event.data));
  port.on("close", () => events.close());
  return rpcPortOver(port, events, (message) => port.postMessage(message));
}
