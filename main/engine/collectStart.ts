/**
 * Gives back what the engine's start left: sources that have been compiled, and room for objects as short-lived as a
 * boot's, 7 MB in all. A process that has nothing to do does not collect by itself and would keep them for hours.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of heap: 10 ms for a booted engine, with a third of this. Beyond it lies a user's work, whose pause would be felt. */
const MOST = 32 * 2 ** 20;

export function collectStart(): void {
  if (process.memoryUsage().heapUsed > MOST) return;
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // Kept code is taken only under the flags that it was compiled under.
  setFlagsFromString("--no-expose-gc");
  collect();
}
