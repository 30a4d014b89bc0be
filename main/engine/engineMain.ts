/**
 * What the engine process runs: the engine over the machine that the parent names, behind the parent's ports. It owns no
 * window and no Electron API, so that a driver's crash or endless loop costs the window nothing.
 */
import type { MachineSpec } from "../attach/machineSpec";
import { openEngine } from "../attach/openEngine";
import { fatalMessage, linkToParent, type ParentPortLike } from "./parentLink";

const { parentPort } = process as unknown as { parentPort: ParentPortLike | undefined };
if (!parentPort) throw new Error("The engine process runs only as a utilityProcess of NtScope.");

function end(error: unknown): void {
  parentPort?.postMessage(fatalMessage(error));
  // One turn of the loop, so that the message is on its way.
  setImmediate(() => process.exit(1));
}

process.on("uncaughtException", end);
process.on("unhandledRejection", end);

linkToParent({
  parentPort,
  // The parent is this program itself, so its word is taken.
  open: (spec, onProgress, signal) =>
    openEngine(spec as MachineSpec, {
      programFolder: __dirname,
      // Who sits at the window may read what they can read. Programs are started from the command line alone.
      allows: ["files"],
      onProgress,
      signal,
      bootsInSteps: true,
    }),
  exit: (code) => process.exit(code),
});
