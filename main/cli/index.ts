/**
 * Entry of the `ntscope` command: plain Node, no Electron. Wires the process to `runCli`.
 */
import { openModelEngine } from "../engine/modelEngine";
import { ownEngine } from "../engine/ownEngine";
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
  async openEngine(machine) {
    if (machine === "model") return openModelEngine();
    // Only here: koffi is native code, which the model does without.
    const { createNativeEngine } = await import("../engine/nativeEngine");
    return ownEngine(await createNativeEngine(__dirname));
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
