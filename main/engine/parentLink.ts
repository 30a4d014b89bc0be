/**
 * The engine process's side of its parent, the Electron main process: clients' ports come in, heartbeats are answered,
 * and a crash is told before the process ends. Electron's types are declared here as far as they are used: nothing but
 * main/shell imports electron.
 */
import { type MessagePortMainLike, rpcPortOfMessagePortMain } from "../rpc/mainMessagePort";
import type { Engine } from "./engine";

/** The part of `process.parentPort` (Electron's ParentPort) that is used. */
export interface ParentPortLike {
  on(event: "message", listener: (event: { data: unknown; ports: MessagePortMainLike[] }) => void): unknown;
  postMessage(message: unknown): void;
}

export interface ParentLinkOptions {
  parentPort: ParentPortLike;
  engine: Promise<Engine>;
  exit(code: number): void;
}

/**
 * Listens to the parent: `{ kind: "connect" }` with a port serves a client on it, `{ kind: "ping", id }` is answered
 * `{ kind: "pong", id }`, `{ kind: "shutdown" }` ends the engine and the process with code 0.
 */
export function linkToParent({ parentPort, engine, exit }: ParentLinkOptions): void {
  parentPort.on("message", ({ data, ports }) => {
    const message = typeof data === "object" && data !== null ? (data as { kind?: unknown; id?: unknown }) : {};
    const [port] = ports;
    switch (message.kind) {
      case "connect":
        // A port keeps what is sent to it until it is listened to, so nothing is lost while the machine boots.
        if (port) void engine.then((started) => started.serve(rpcPortOfMessagePortMain(port)));
        break;
      case "ping":
        parentPort.postMessage({ kind: "pong", id: message.id });
        break;
      case "shutdown":
        void engine.then(ended).finally(() => exit(0));
        break;
    }
  });
}

async function ended(engine: Engine): Promise<void> {
  engine.dispose();
  await engine.gone?.();
}

/** What the parent is told before the process ends because of `error`. */
export function fatalMessage(error: unknown): { kind: "fatal"; message: string; stack: string } {
  if (error instanceof Error) return { kind: "fatal", message: error.message, stack: error.stack ?? "" };
  return { kind: "fatal", message: String(error), stack: "" };
}
