/**
 * The engine process's side of its parent, the Electron main process: the machine to open comes in, then clients' ports;
 * heartbeats are answered, and a crash is told before the process ends. Electron's types are declared here as far as they
 * are used: nothing but main/shell imports electron.
 */
import type { Result } from "../machine/result";
import { type MessagePortMainLike, rpcPortOfMessagePortMain } from "../rpc/mainMessagePort";
import type { Engine } from "./engine";

/** The part of `process.parentPort` (Electron's ParentPort) that is used. */
export interface ParentPortLike {
  on(event: "message", listener: (event: { data: unknown; ports: MessagePortMainLike[] }) => void): unknown;
  postMessage(message: unknown): void;
}

export interface ParentLinkOptions {
  parentPort: ParentPortLike;
  /** Opens the engine over the machine that the parent named; a rejection is a crash like any other. */
  open(spec: unknown, onProgress: (sentence: string) => void, signal: AbortSignal): Promise<Result<Engine>>;
  exit(code: number): void;
}

/**
 * Listens to the parent. `{ kind: "open", spec }`, once and first, opens the machine; what is being done meanwhile is told
 * as `{ kind: "progress", sentence }`, the end of it as `{ kind: "opened" }` or `{ kind: "failed", error }`.
 * `{ kind: "connect" }` with a port serves a client on it, `{ kind: "ping", id }` is answered `{ kind: "pong", id }`,
 * `{ kind: "shutdown" }` ends the engine and the process with code 0.
 *
 * The spec comes in a message and not with the command line: it may hold a key, and command lines can be read by others.
 */
export function linkToParent({ parentPort, open, exit }: ParentLinkOptions): void {
  let opening: Promise<Engine | undefined> | undefined;
  const ending = new AbortController();

  async function start(spec: unknown): Promise<Engine | undefined> {
    const tell = (sentence: string) => parentPort.postMessage({ kind: "progress", sentence });
    const opened = await open(spec, tell, ending.signal);
    parentPort.postMessage(opened.ok ? { kind: "opened" } : { kind: "failed", error: opened.error });
    return opened.ok ? opened.value : undefined;
  }

  /** A port keeps what is sent to it until it is listened to, so nothing is lost while the machine boots. */
  async function serve(port: MessagePortMainLike): Promise<void> {
    const engine = await opening;
    if (engine) engine.serve(rpcPortOfMessagePortMain(port));
    else port.close();
  }

  /** What is still being opened is given up; should that take long, the parent ends the process. */
  async function shutDown(): Promise<void> {
    ending.abort();
    try {
      const engine = await opening;
      if (engine) await ended(engine);
    } finally {
      exit(0);
    }
  }

  parentPort.on("message", ({ data, ports }) => {
    const message =
      typeof data === "object" && data !== null ? (data as { kind?: unknown; id?: unknown; spec?: unknown }) : {};
    const [port] = ports;
    switch (message.kind) {
      case "open":
        opening ??= start(message.spec);
        break;
      case "connect":
        if (port) void serve(port);
        break;
      case "ping":
        parentPort.postMessage({ kind: "pong", id: message.id });
        break;
      case "shutdown":
        void shutDown();
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
