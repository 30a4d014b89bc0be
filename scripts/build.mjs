// `npm run build`: builds all parts, stale or not.

import path from "node:path";
import { allParts, build } from "./bootstrap/buildParts.mjs";
import { withLock } from "./bootstrap/lock.mjs";
import { rootDir } from "./bootstrap/paths.mjs";
import { prepareTools } from "./bootstrap/prepare.mjs";
import { runScript, say } from "./bootstrap/report.mjs";

await runScript(async () => {
  await prepareTools();
  await withLock(path.join(rootDir, ".cache", "build.lock"), () => build(allParts));
  say("built out/");
  return 0;
});
