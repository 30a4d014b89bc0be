// `npm run notices`: writes THIRD-PARTY-NOTICES.md, the licences of all packages whose code the built app contains.
// Counted are the packages that the sources import and all that those depend on; a few of these end up outside the
// bundle, which harms nobody. shippedPackages.test.mjs fails when the file is out of date.
import fs from "node:fs";
import path from "node:path";
import { rootDir } from "./bootstrap/paths.mjs";
import { prepareTools } from "./bootstrap/prepare.mjs";
import { runScript, say } from "./bootstrap/report.mjs";
import { noticesText, shippedPackages } from "./bootstrap/shippedPackages.mjs";

await runScript(async () => {
  await prepareTools();
  const packages = shippedPackages(rootDir);
  fs.writeFileSync(path.join(rootDir, "THIRD-PARTY-NOTICES.md"), noticesText(rootDir, packages));
  say(`THIRD-PARTY-NOTICES.md names ${packages.length} packages`);
  return 0;
});
