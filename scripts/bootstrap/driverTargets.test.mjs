// What the test drivers are made of: a file that no target counts among its inputs would never make one stale.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { driverTargets } from "./driverTargets.mjs";
import { rootDir } from "./paths.mjs";

const folder = path.join(rootDir, "tests", "fixtures", "drivers");

/** @param {string} file */
function includesOf(file) {
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  return [...text.matchAll(/^#include "(.*)"/gm)].map((match) =>
    path.posix.join(path.posix.dirname(file), match[1] ?? ""),
  );
}

describe("the drivers' targets", () => {
  it("have names of their own", () => {
    expect(new Set(driverTargets.map((target) => target.name)).size).toBe(driverTargets.length);
    expect(new Set(driverTargets.map((target) => target.output)).size).toBe(driverTargets.length);
  });

  it("count what they include among their inputs, and nothing that is not there", () => {
    for (const target of driverTargets) {
      const inputs = new Set(target.inputs);
      for (const input of inputs) {
        expect(fs.existsSync(path.join(folder, input)), input).toBe(true);
        if (/\.[ch]$/.test(input)) for (const header of includesOf(input)) expect(inputs).toContain(header);
      }
    }
  });
});
