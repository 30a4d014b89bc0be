// The summary of `npm test`: what it counts, and when it fails.
import { describe, expect, it } from "vitest";
import { countTests, isCi, summarize } from "./testReport.mjs";

const report = {
  testResults: [
    {
      name: "/clone/main/a.test.ts",
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "a works" },
        { status: "failed", fullName: "a fails" },
        { status: "skipped", fullName: "a waits" },
        { status: "todo", fullName: "a will" },
      ],
    },
    { name: "/clone/main/broken.test.ts", status: "failed", assertionResults: [] },
  ],
};

describe("countTests", () => {
  it("counts a file that failed to load as a failure, and names what was skipped", () => {
    expect(countTests(report, "/clone")).toEqual({
      passed: 1,
      failed: 2,
      skipped: ["main/a.test.ts: a waits", "main/a.test.ts: a will"],
    });
  });
});

describe("summarize", () => {
  const good = {
    name: /** @type {const} */ ("unit"),
    seconds: 1,
    failed: false,
    tests: { passed: 3, failed: 0, skipped: [] },
  };
  const types = { name: /** @type {const} */ ("types"), seconds: 1, failed: false };

  it("adds up and ends with one plain line", () => {
    const e2e = { ...good, name: /** @type {const} */ ("e2e"), tests: { passed: 2, failed: 0, skipped: [] } };
    const { lines, exitCode } = summarize([types, good, e2e], true);
    expect(lines.at(-1)).toBe("5 passed, 0 failed");
    expect(exitCode).toBe(0);
  });

  it("fails when a step without tests failed", () => {
    expect(summarize([{ ...types, failed: true }, good], false).exitCode).toBe(1);
  });

  it("says what was skipped, and in CI fails for it", () => {
    const skipping = { ...good, tests: { passed: 3, failed: 0, skipped: ["x: y"] } };
    expect(summarize([skipping], false).exitCode).toBe(0);
    expect(summarize([skipping], false).lines).toContain("  x: y");
    expect(summarize([skipping], true).exitCode).toBe(1);
  });
});

describe("isCi", () => {
  it("takes the usual spellings of no", () => {
    expect([{ CI: "true" }, { CI: "1" }].every(isCi)).toBe(true);
    expect([{}, { CI: "" }, { CI: "false" }, { CI: "0" }].some(isCi)).toBe(false);
  });
});
