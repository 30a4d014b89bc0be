// `npm test [-- FILE-FILTER...]`: types, lint, unit tests, those under Wine and the window's, on a fresh clone with nothing else done before.
import { prepareTests } from "./bootstrap/prepare.mjs";
import { runScript } from "./bootstrap/report.mjs";
import { isCi, summarize } from "./bootstrap/testReport.mjs";
import { runStep } from "./bootstrap/testSteps.mjs";

await runScript(async () => {
  await prepareTests();
  const filters = process.argv.slice(2);
  const results = [];
  // One after the other: the window's tests measure nothing, but they do time out on a machine that is busy elsewhere.
  for (const name of /** @type {const} */ (["types", "lint", "unit", "wine", "e2e"]))
    results.push(await runStep(name, filters));
  const { lines, exitCode } = summarize(results, isCi());
  process.stdout.write(`\n${lines.join("\n")}\n`);
  return exitCode;
});
