// `npm run check [-- FILE-FILTER...]`: what is worth running before each commit; needs no Electron and no display.
import { prepareTools } from "./bootstrap/prepare.mjs";
import { runScript } from "./bootstrap/report.mjs";
import { isCi, summarize } from "./bootstrap/testReport.mjs";
import { runStep } from "./bootstrap/testSteps.mjs";

await runScript(async () => {
  await prepareTools();
  const filters = process.argv.slice(2);
  const results = [];
  for (const name of /** @type {const} */ (["types", "lint", "unit"])) results.push(await runStep(name, filters));
  const { lines, exitCode } = summarize(results, isCi());
  process.stdout.write(`\n${lines.join("\n")}\n`);
  return exitCode;
});
