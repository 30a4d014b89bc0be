import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAppLog, describeError } from "./appLog";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ntscope-applog-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const now = (): Date => new Date(Date.UTC(2026, 10, 21, 1, 2, 3, 4));
const failOnFailure = (error: unknown): never => {
  throw error;
};

describe("createAppLog", () => {
  it("writes one line an entry, with nothing in it that a terminal would obey", () => {
    const log = createAppLog({ folder, now, onFailure: failOnFailure });
    log.write("error", "engine", "first\n    at second\u001b[31m red");
    expect(readFileSync(path.join(folder, "ntscope.log"), "utf8")).toBe(
      "2026-11-21T01:02:03.004Z error engine: first | at second [31m red\n",
    );
  });

  it("keeps two files of bounded size, across starts too", () => {
    for (let start = 0; start < 3; start++) {
      const log = createAppLog({ folder, now, maxBytes: 1_000, onFailure: failOnFailure });
      for (let entry = 0; entry < 20; entry++) log.write("info", "shell", `entry ${entry} of start ${start}`);
    }
    expect(readdirSync(folder).sort()).toEqual(["ntscope.1.log", "ntscope.log"]);
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).size).toBeLessThanOrEqual(1_000);
    expect(readFileSync(path.join(folder, "ntscope.log"), "utf8")).toContain("entry 19 of start 2");
  });

  it("cuts an endless message", () => {
    createAppLog({ folder, now, onFailure: failOnFailure }).write("error", "shell", "x".repeat(100_000));
    expect(statSync(path.join(folder, "ntscope.log")).size).toBeLessThan(5_000);
  });

  it("says once that it cannot write, and goes on", () => {
    const blocked = path.join(folder, "file");
    writeFileSync(blocked, "");
    const failures: unknown[] = [];
    const log = createAppLog({ folder: path.join(blocked, "logs"), now, onFailure: (error) => failures.push(error) });
    log.write("info", "shell", "one");
    log.write("info", "shell", "two");
    expect(failures).toHaveLength(1);
  });
});

describe("describeError", () => {
  it("takes what was thrown, whatever it is", () => {
    expect(describeError(new TypeError("bad"))).toMatch(/^TypeError: bad\n/);
    expect(describeError("words")).toBe("words");
    expect(describeError(undefined)).toBe("thrown: undefined");
  });
});
