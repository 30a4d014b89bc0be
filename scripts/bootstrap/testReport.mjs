// Reads Vitest's JSON reports (Jest's format) and says how the tests went. A skipped test is named, and in CI it fails.
import path from "node:path";

/**
 * @typedef {object} TestCount
 * @property {number} passed
 * @property {number} failed failed tests, and files that failed before a test ran
 * @property {string[]} skipped "file: test"
 */

/**
 * @param {any} report Vitest's JSON report
 * @param {string} root what file names are shown relative to
 * @returns {TestCount}
 */
export function countTests(report, root) {
  /** @type {TestCount} */
  const count = { passed: 0, failed: 0, skipped: [] };
  for (const file of report.testResults) {
    const tests = file.assertionResults;
    for (const test of tests) {
      if (test.status === "passed") count.passed++;
      else if (test.status === "failed") count.failed++;
      else count.skipped.push(`${path.relative(root, file.name)}: ${test.fullName}`);
    }
    const sawFailure = tests.some((/** @type {{ status: string }} */ test) => test.status === "failed");
    if (file.status === "failed" && !sawFailure) count.failed++;
  }
  return count;
}

/**
 * @param {readonly import("./testSteps.mjs").StepResult[]} steps
 * @param {boolean} isCi
 * @returns {{ lines: string[], exitCode: number }}
 */
export function summarize(steps, isCi) {
  const passed = sum(steps.map((step) => step.tests?.passed ?? 0));
  const failed = sum(steps.map((step) => step.tests?.failed ?? 0));
  const skipped = steps.flatMap((step) => step.tests?.skipped ?? []);
  const lines = steps.map((step) => {
    const counts = step.tests === undefined ? "" : `, ${step.tests.passed} passed, ${step.tests.failed} failed`;
    return `${step.name.padEnd(6)} ${step.failed ? "FAILED" : "ok"} (${step.seconds.toFixed(1)} s${counts})`;
  });
  if (skipped.length > 0) {
    lines.push(`${skipped.length} skipped${isCi ? ", which in CI is a failure" : ""}:`);
    lines.push(...skipped.map((name) => `  ${name}`));
  }
  lines.push(`${passed} passed, ${failed} failed`);
  const isFailed = steps.some((step) => step.failed) || failed > 0 || (isCi && skipped.length > 0);
  return { lines, exitCode: isFailed ? 1 : 0 };
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, value) => total + value, 0);
}

/**
 * @param {NodeJS.ProcessEnv} env
 */
export function isCi(env = process.env) {
  return env.CI !== undefined && env.CI !== "" && env.CI !== "0" && env.CI !== "false";
}
