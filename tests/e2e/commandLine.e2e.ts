// `ntscope shell FILE` in a process of its own: it lives as long as its commands do, whatever else keeps it alive or not.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";

const SCRIPT = String.raw`
sc create waits binPath= builtin:pend-cancel type= kernel
sc start waits
open \\.\PendCancel --name p
read p 10 --cancel-after 100
close p
sc stop waits
sc query waits
`;

describe("the command line as a process", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "ntscope-script-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("waits for a request that only time ends, and goes on", () => {
    const script = path.join(folder, "script.txt");
    writeFileSync(script, SCRIPT);
    const words = [path.join(rootDir, "out", "main", "cli.js"), "shell", script];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", input: "" });
    expect(stderr).toContain("STATUS_CANCELLED");
    expect(stdout).toContain("STOPPED");
    expect(status).toBe(1);
  });
});
