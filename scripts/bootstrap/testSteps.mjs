// The steps of `npm test` and `npm run check`, each a program with an exit code; Vitest's also leave a JSON report,
// from which the summary counts.
import fs from "node:fs";
import path from "node:path";
import { run } from "./childProcess.mjs";
import { rootDir } from "./paths.mjs";
import { countTests } from "./testReport.mjs";

/** @typedef {import("./testReport.mjs").TestCount} TestCount */
/** @typedef {"types" | "lint" | "unit" | "wine" | "e2e"} StepName */
/** @typedef {{ name: StepName, seconds: number, failed: boolean, tests?: TestCount }} StepResult */

/**
 * @param {StepName} name
 * @param {readonly string[]} filters names of test files to run; all where empty
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<StepResult>}
 */
export async function runStep(name, filters, env = process.env) {
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  const report = path.join(rootDir, "test-results", `${name}.json`);
  fs.rmSync(report, { force: true });
  const { code } = await run(process.execPath, stepCommand(name, report, filters), {
    cwd: rootDir,
    env,
    output: "show",
  });
  const result = { name, seconds: (Date.now() - started) / 1000, failed: code !== 0 };
  if (!fs.existsSync(report)) return result;
  return { ...result, tests: countTests(JSON.parse(fs.readFileSync(report, "utf8")), rootDir) };
}

/**
 * @param {StepName} name
 * @param {string} report
 * @param {readonly string[]} filters
 */
function stepCommand(name, report, filters) {
  /** @param {string} file */
  const tool = (file) => path.join(rootDir, "node_modules", file);
  if (name === "types") return [tool("typescript/bin/tsc"), "--noEmit", "-p", "tsconfig.json"];
  if (name === "lint") return [tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"];
  const options = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`, "--passWithNoTests"];
  return [tool("vitest/vitest.mjs"), "run", "--project", name, ...options, ...filters];
}
