/** The built command line in a process of its own: what tests within one process cannot see, such as when it ends. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "ntscope-shell-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ntscope = (...words: string[]) =>
  promisify(execFile)(process.execPath, [path.join(rootDir, "out", "main", "cli.js"), ...words]);

it("the lines in a new driver's README run to their end, and wait for what the driver answers later", async () => {
  await ntscope("new-driver", "mine", "--dir", folder);
  const [, lines = ""] = /```\n([\s\S]*?)```/.exec(readFileSync(path.join(folder, "README.md"), "utf8")) ?? [];
  const script = path.join(folder, "try.txt");
  writeFileSync(script, `${lines}trace\n`);
  // One read is cancelled on purpose, so the script's exit code is 1.
  const { code, stdout } = await ntscope("shell", script).catch((error) => error);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^hello$/m);
  expect(stdout).toContain("the timer completes a read with 5 bytes");
  expect(stdout.match(/IRP_MJ_\w+|STATUS_\w+/g)).toEqual(expect.arrayContaining(["IRP_MJ_READ", "STATUS_CANCELLED"]));
  expect(stdout).toMatch(/STATE +: 1 +STOPPED/);
  expect(stdout).toContain("goodbye");
});
