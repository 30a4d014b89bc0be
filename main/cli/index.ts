/**
 * Entry of the `ntscope` command: plain Node, no Electron. Wires the process to `runCli`.
 */
import { openMachine } from "./openMachine";
import { runCli } from "./run";

// A reader that has seen enough (`ntscope ls -r | head`) closes the pipe; that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") {
    process.exit(0);
  }
  throw error;
});

void runCli(process.argv.slice(2), {
  output: {
    data: (text) => process.stdout.write(`${text}\n`),
    message: (text) => process.stderr.write(`ntscope: ${text}\n`),
  },
  stdin: process.stdin,
  openEngine: openMachine,
  untilStopped() {
    const controller = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
    return controller.signal;
  },
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`ntscope: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
