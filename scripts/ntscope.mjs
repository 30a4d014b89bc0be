#!/usr/bin/env node
// The `ntscope` command. Without a verb it opens the window; everything else is the command line, which runs in this
// process and needs neither Electron nor a display. Bootstrap is silent when there is nothing to do.
import { createRequire } from "node:module";
import path from "node:path";
import { launchWindow } from "./bootstrap/launchWindow.mjs";
import { rootDir } from "./bootstrap/paths.mjs";
import { prepareCommandLine } from "./bootstrap/prepare.mjs";
import { runScript } from "./bootstrap/report.mjs";
import { opensWindow } from "./bootstrap/windowArguments.mjs";

const args = process.argv.slice(2);

await runScript(async () => {
  if (opensWindow(args)) return launchWindow(args);
  await prepareCommandLine();
  const entry = path.join(rootDir, "out", "main", "cli.js");
  process.argv[1] = entry;
  createRequire(import.meta.url)(entry);
  // The command line sets the exit code itself when its work is done.
  return Number(process.exitCode ?? 0);
});
