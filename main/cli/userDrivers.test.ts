/** `new-driver`, and drivers in files through the shell: written to a folder, type-checked, started, used and stopped. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { openMachine } from "./openMachine";
import { runCli } from "./run";

const root = path.join(__dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "ntscope drivers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(argv: string[], script: string[] = []) {
  const data: string[] = [];
  const messages: string[] = [];
  const code = await runCli(argv, {
    output: { data: (text) => data.push(text), message: (text) => messages.push(text) },
    stdin: Readable.from([script.join("\n")]),
    openEngine: openMachine,
    untilStopped: () => AbortSignal.abort(),
  });
  return { code, data, messages, text: data.join("\n") };
}

function fixture(name: string): string {
  return readFileSync(path.join(root, "tests/fixtures/userDrivers", name), "utf8");
}

/** A busy machine takes some seconds for TypeScript's own start; this only bounds a hang. */
const timeout = 60_000;

describe("a driver file in the shell", { timeout }, () => {
  it("is created, started, opened, written, read and stopped", async () => {
    const file = path.join(folder, "echo.ts");
    writeFileSync(file, fixture("echo.ts"));
    const { code, messages, text } = await run(
      ["shell"],
      [
        `sc create echo binPath= "${file}" type= kernel`,
        "sc start echo",
        "drivers",
        "open \\\\.\\Echo --access rw",
        "write h1 hello",
        "read h1 100",
        "close h1",
        "sc stop echo",
        "log --all",
      ],
    );
    expect({ code, messages }).toEqual({ code: 0, messages: [] });
    expect(text).toContain("STATE              : 4  RUNNING");
    expect(text).toContain("\\Driver\\echo");
    expect(text).toContain("hello");
    expect(text).toMatch(/kept 5 bytes[\s\S]*goodbye/);
  });

  it("fails to start with the place and the words of what is wrong", async () => {
    const file = path.join(folder, "wrong.ts");
    writeFileSync(file, "let x: number = 1;\nlet y = ;\n");
    const created = `sc create wrong binPath= "${file}" type= kernel`;
    const { code, messages } = await run(["shell"], [created, "sc start wrong"]);
    expect(code).toBe(1);
    expect(messages.join()).toMatch(/ERROR_BAD_EXE_FORMAT \(193\).*wrong\.ts:2:9: Unexpected token/);
  });

  it("fails as any driver does when there is no file", async () => {
    const missing = path.join(folder, "missing.ts");
    const created = `sc create no binPath= "${missing}" type= kernel`;
    const { code, messages } = await run(["shell"], [created, "sc start no"]);
    expect(code).toBe(1);
    expect(messages.join()).toMatch(/ERROR_PATH_NOT_FOUND \(3\).*this computer has no such file/);
  });
});

const printed = [
  "hello",
  "read pends",
  "the timer completes a read with 5 bytes",
  "read pends",
  "read cancelled",
  "sleeping 500 ms",
  "awake",
  "goodbye",
];

/** The README's lines, as they are: what a learner sees. */
async function expectTried(script: string[]): Promise<void> {
  const { code, data, messages } = await run(["shell"], script);
  // The one line that fails is the read that was cancelled.
  expect({ code, messages }).toEqual({ code: 1, messages: [expect.stringContaining("STATUS_CANCELLED")] });
  const [created, started, opened, written, read, slept, stopping, closed, stopped, ...log] = data;
  expect([created, opened, written, closed]).toEqual([
    "[SC] CreateService SUCCESS",
    expect.stringMatching(/^h1\b/),
    "5 bytes, STATUS_SUCCESS",
    expect.stringContaining("h1"),
  ]);
  expect(started).toContain("4  RUNNING");
  expect(read).toMatch(/^5 bytes, STATUS_SUCCESS\nhello\n/);
  expect(slept).toBe("0x00222000: 0 bytes, STATUS_SUCCESS");
  expect(stopping).toContain("3  STOP_PENDING");
  expect(stopped).toContain("1  STOPPED");
  // Number, time and process stand before the text. A report would be a line too.
  expect(log.map((line) => line.replace(/^ +\d+ +[\d:.]+ +\S+ \(\d+\) +/, ""))).toEqual(printed);
}

describe("ntscope new-driver", { timeout }, () => {
  it("writes a TypeScript driver that type-checks against the types beside it", async () => {
    const dir = path.join(folder, "pend");
    const written = await run(["new-driver", "Pend", "--dir", dir]);
    expect(written).toMatchObject({ code: 0, messages: [] });
    const names = ["Pend.ts", "README.md", "ntscope-driver.d.ts", "tsconfig.json"];
    expect(readdirSync(dir).sort()).toEqual(names);
    execFileSync(process.execPath, [path.join(root, "node_modules/typescript/lib/tsc.js"), "-p", dir]);
  });

  it("writes a README whose lines show a read pend, be completed by the timer, be cancelled, and a stop that waits", async () => {
    const readme = readFileSync(path.join(folder, "pend", "README.md"), "utf8");
    await expectTried(/```\n([\s\S]*?)```/.exec(readme)?.[1]?.split("\n") ?? []);
  });

  it("writes a JavaScript driver that does the same", async () => {
    const dir = path.join(folder, "js");
    expect((await run(["new-driver", "Plain", "--js", "--dir", dir])).code).toBe(0);
    expect(readFileSync(path.join(dir, "Plain.js"), "utf8")).not.toMatch(/: number|type Ddk/);
    execFileSync(process.execPath, [path.join(root, "node_modules/typescript/lib/tsc.js"), "-p", dir]);
    const readme = readFileSync(path.join(dir, "README.md"), "utf8");
    const script = /```\n([\s\S]*?)```/.exec(readme)?.[1]?.split("\n") ?? [];
    await expectTried(script);
  });

  it("overwrites nothing, and takes only names that a device can have", async () => {
    const dir = path.join(folder, "kept");
    mkdirSync(dir);
    writeFileSync(path.join(dir, "README.md"), "mine");
    const refused = await run(["new-driver", "Kept", "--dir", dir]);
    expect(refused.code).toBe(1);
    expect(refused.messages.join()).toContain("README.md is there already; no file was written.");
    expect(readdirSync(dir)).toEqual(["README.md"]);
    for (const name of ["a/b", "..", "1a", "ä", "x".repeat(33)]) expect((await run(["new-driver", name])).code).toBe(2);
  });
});
