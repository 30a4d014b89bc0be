// `npm start [-- ARGUMENTS]`: opens the window on a fresh clone, with nothing else done before.
import { launchWindow } from "./bootstrap/launchWindow.mjs";
import { runScript } from "./bootstrap/report.mjs";

await runScript(() => launchWindow(process.argv.slice(2)));
