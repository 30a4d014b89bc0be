/** The engine's process as the host needs it: Electron's `utilityProcess` behind a small interface. */
import { app, type Details, type MessagePortMain, utilityProcess } from "electron";
import type { MachineSpec } from "../attach/machineSpec";

/** What the engine process hears from this process (main/engine/parentLink.ts). */
export type ToEngine =
  | { kind: "open"; spec: MachineSpec }
  | { kind: "connect" }
  | { kind: "ping"; id: number }
  | { kind: "shutdown" };

export interface EngineExit {
  exitCode: number;
  /** In words, as far as the operating system says. */
  reason: string;
}

export interface EngineChild {
  /** Known once it runs. */
  readonly processId: number | undefined;
  post(message: ToEngine, port?: MessagePortMain): void;
  /** At once and without its help: a driver that loops answers nothing. */
  kill(): void;
  onDidExit(listener: (exit: EngineExit) => void): void;
  onMessage(listener: (message: unknown) => void): void;
}

const serviceName = "NtScope engine";

/** Ms. Electron tells the reason of a death after the death itself, and of an orderly end not at all. */
const reasonGrace = 250;

const reasons: Partial<Record<Details["reason"], string>> = {
  killed: "the process was killed from outside",
  crashed: "the process crashed",
  oom: "the process ran out of memory",
  "abnormal-exit": "the process gave up",
  "launch-failed": "the process could not be started",
};

export interface EngineChildOptions {
  /** Where its compiled code is kept (main/engine/compiledCode.ts); undefined for nowhere. */
  codeFolder: string | undefined;
  /** Its standard output and error appear on this program's (development). */
  showsOutput: boolean;
}

export function forkEngine(modulePath: string, { codeFolder, showsOutput }: EngineChildOptions): EngineChild {
  const child = utilityProcess.fork(modulePath, codeFolder === undefined ? [] : [codeFolder], {
    serviceName,
    stdio: showsOutput ? "inherit" : "ignore",
  });
  let isEnding = false;
  return {
    get processId() {
      return child.pid;
    },
    post(message, port) {
      if (message.kind === "shutdown") isEnding = true;
      child.postMessage(message, port ? [port] : []);
    },
    kill() {
      isEnding = true;
      // `child.kill()` asks (SIGTERM); only before the process exists is there nothing better.
      if (child.pid === undefined) child.kill();
      else killProcess(child.pid);
    },
    onDidExit(listener) {
      child.once("exit", (exitCode) => {
        const exit: EngineExit = { exitCode, reason: "the process ended by itself" };
        if (isEnding) listener(exit);
        else withReason(exit, listener);
      });
    },
    onMessage(listener) {
      child.on("message", listener);
    },
  };
}

function killProcess(processId: number): void {
  try {
    process.kill(processId, "SIGKILL");
  } catch (error) {
    // It ended on its own in this moment, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The exit code too is sure only then: of a killed process Electron 25 may first say 0. */
function withReason(exit: EngineExit, listener: (exit: EngineExit) => void): void {
  const tell = (_event: unknown, details: Details): void => {
    if (details.name !== serviceName) return;
    finish({ exitCode: details.exitCode, reason: reasons[details.reason] ?? exit.reason });
  };
  const timer = setTimeout(() => finish(exit), reasonGrace);
  function finish(known: EngineExit): void {
    clearTimeout(timer);
    app.removeListener("child-process-gone", tell);
    listener(known);
  }
  app.on("child-process-gone", tell);
}
