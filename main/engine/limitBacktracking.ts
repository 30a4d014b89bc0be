/**
 * A filter such as (a+)+$ can make a search of one line take years, and a driver chooses the lines. V8 has a second
 * engine that is linear in the text; with this flag it takes over from an expression that backtracks too much. It knows
 * neither back references nor look-around nor the `i` flag (rules match without case by other means); for what
 * remains, the window's hang notice is there.
 */
import { setFlagsFromString } from "node:v8";

/** For the whole process, and for expressions made from now on. */
export function limitBacktracking(): void {
  setFlagsFromString("--enable-experimental-regexp-engine-on-excessive-backtracks");
}
