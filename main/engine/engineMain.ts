/**
 * What the engine process runs: the model kernel behind the parent's ports. It owns no window and no Electron API, so
 * that a driver's crash or endless loop costs the window nothing.
 */
import { createModelEngine } from "./modelEngine";
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
  // Started within a promise: a boot that throws is told like any other crash.
  engine: Promise.resolve().then(() => createModelEngine({ bootsInSteps: true })),
  exit: (code) => process.exit(code),
});
