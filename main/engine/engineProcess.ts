/**
 * Entry of the engine process, an Electron utilityProcess: loads engineMain.js beside it, compiled code and all where a
 * folder for that is named. The namespace of a window that starts waits for this process more than for anything else.
 */
import path from "node:path";
import { collectStart } from "./collectStart";
import { CompiledCode } from "./compiledCode";
import { limitBacktracking } from "./limitBacktracking";

/** Ms. The page's first questions have been answered then, so the code that answered them is kept too. */
const timeUntilKept = 2_000;
/** Ms. What the page loads later has come then; a collection before that would be undone by it. */
const timeUntilCollected = 10_000;

// Before anything is compiled: V8 takes kept code only under the very flags that it was compiled under.
limitBacktracking();

const [, , folder] = process.argv;
const code = new CompiledCode(folder);
code.load(path.join(__dirname, "engineMain.js"));
if (folder !== undefined) setTimeout(() => code.keep(), timeUntilKept).unref();
setTimeout(collectStart, timeUntilCollected).unref();
