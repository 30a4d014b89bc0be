/** The engine's process as the host needs it: Electron's `utilityProcess` behind a small interface. */
import { type MessagePortMain, utilityProcess } from "electron";

/** What the engine process hears from this process (main/engine/engineProcess.ts). */
export type ToEngine = { kind: "connect" } | { kind: "ping"; id: number } | { kind: "shutdown" };

/** What it answers. */
export type FromEngine = { kind: "pong"; id: number } | { kind: "fatal"; message: string; stack?: string };

export interface EngineChild {
  /** Known once it runs. */
  readonly processId: number | undefined;
  post(message: ToEngine, port?: MessagePortMain): void;
  /** At once and without its help: a driver that loops answers nothing. */
  kill(): void;
  onDidExit(listener: (exitCode: number) => void): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** `showsOutput`: the engine's standard output and error appear on this program's (development). */
export function forkEngine(modulePath: string, showsOutput: boolean): EngineChild {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: "NtScope engine",
    stdio: showsOutput ? "inherit" : "ignore",
  });
  return {
    get processId() {
      return child.pid;
    },
    post: (message, port) => child.postMessage(message, port ? [port] : []),
    kill() {
      // `child.kill()` asks (SIGTERM); only before the process exists is there nothing better.
      if (child.pid === undefined) child.kill();
      else process.kill(child.pid, "SIGKILL");
    },
    onDidExit: (listener) => {
      child.once("exit", listener);
    },
    onMessage: (listener) => {
      child.on("message", listener);
    },
  };
}
