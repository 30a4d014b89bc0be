/** The IRP trace and the debugger's views on the command line. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { openMachine } from "./openMachine";
import { runCli } from "./run";

async function run(argv: string[], script: readonly string[] = []) {
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

const started = ["sc create x binPath= builtin:example type= kernel", "sc start x"];
const used = [...started, "open \\\\.\\Example", "close h1"];

describe("trace", () => {
  it("shows one row an IRP, and filters", async () => {
    const { code, text, messages } = await run(["shell"], [...used, "trace"]);
    expect({ code, messages }).toEqual({ code: 0, messages: [] });
    expect(text).toMatch(/^1 +[0-9:.]+ +IRP_MJ_CREATE +\\Device\\Example +ntscope\.exe \(\d+\) +STATUS_SUCCESS/m);
    expect(text).toMatch(/^3 +[0-9:.]+ +IRP_MJ_CLOSE/m);
    const filtered = await run(
      ["shell"],
      [...used, "trace --function cleanup --device Exam* --status success --last 5"],
    );
    expect(filtered.text).not.toMatch(/IRP_MJ_CREATE/);
    const wild = await run(["shell"], [...used, "trace --function cleanup --device *Exam* --process ntscope"]);
    expect(wild.text).toMatch(/^2 .*IRP_MJ_CLEANUP/m);
    const last = await run(["shell"], [...used, "trace --last 1"]);
    expect(last.text).not.toMatch(/IRP_MJ_CLEANUP/);
    expect(last.messages).toEqual(["trace: 2 older ones are not shown; --last N shows more"]);
  });

  it("shows the way of one, with what was printed", async () => {
    const { text } = await run(["shell"], [...used, "trace --irp 1"]);
    expect(text).toMatch(/^IRP 1 at 0x[0-9A-F]{16}: IRP_MJ_CREATE for \\Device\\Example by ntscope\.exe/m);
    expect(text).toMatch(/^0 +1 +\\Driver\\x +\\Device\\Example +example!dispatch_device +completed +STATUS_SUCCESS$/m);
    const steps = text
      .split("\n")
      .slice(-5)
      .map((line) => line.slice(12));
    expect(steps).toEqual([
      "  call example!dispatch_device (IRP_MJ_CREATE, location 1)",
      '  "userspace opened the device"',
      "  IoCompleteRequest STATUS_SUCCESS, information 0",
      "end STATUS_SUCCESS, information 0",
      "  return STATUS_SUCCESS",
    ]);
  });

  it("answers JSON lines, one document with --irp, and log lines with their IRP", async () => {
    const { data } = await run(["shell", "--json"], [...used, "trace", "trace --irp 2", "log --all", "trace --irp 9"]);
    const documents = data.map((text) => JSON.parse(text));
    const rows = documents.filter(({ major }) => major !== undefined);
    expect(rows.map(({ number, major }) => [number, major])).toEqual([
      [1, "IRP_MJ_CREATE"],
      [2, "IRP_MJ_CLEANUP"],
      [3, "IRP_MJ_CLOSE"],
    ]);
    expect(rows[0].time).toMatch(/Z$/);
    expect(documents.find(({ steps }) => steps !== undefined)).toMatchObject({ row: { number: 2 }, lost: 0 });
    expect(documents.filter(({ sequence }) => sequence !== undefined).map(({ irp }) => irp)).toEqual([1, 2, 3]);
    expect(documents.at(-1)).toMatchObject({ error: { name: "no-irp" } });
  });

  it("stops, goes on, clears and saves", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "ntscope-cli-"));
    try {
      const file = path.join(folder, "trace.json");
      const script = [
        ...used,
        "trace --off",
        "open \\\\.\\Example",
        `trace --function create --save "${file}"`,
        "trace --clear --on",
      ];
      const { code, text } = await run(["shell"], script);
      expect(code).toBe(0);
      expect(text).toContain("not recording; 3 IRPs with 3 hops, 0 dropped");
      expect(text).toContain(`1 IRPs in ${file}`);
      expect(text).toContain("\nrecording; 0 IRPs with 0 hops, 0 dropped");
      expect(JSON.parse(await readFile(file, "utf8")).irps).toMatchObject([{ number: 1, major: "IRP_MJ_CREATE" }]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    expect(await run(["trace", "--on", "--off"])).toMatchObject({ code: 2 });
    expect(await run(["trace", "--irp", "x"])).toMatchObject({ code: 2 });
  });
});

describe("devstack, drvobj and irp", () => {
  it("marks the asked device", async () => {
    const { text } = await run(["shell"], [...started, "devstack \\Device\\Example"]);
    expect(text).toMatch(/^ {2}!DevObj {11}!DrvObj {13}!DevExt {11}ObjectName$/m);
    expect(text).toMatch(/^> [0-9a-f]{16} {2}\\Driver\\x {11}[0-9a-f]{16} {2}Example$/m);
    expect((await run(["devstack", "\\Device\\Nope"])).code).toBe(1);
  });

  it("lists a driver's routines", async () => {
    const { text } = await run(["shell"], [...started, "drvobj x"]);
    expect(text).toMatch(/^Driver object \([0-9a-f]{16}\) is for:\n \\Driver\\x$/m);
    expect(text).toMatch(/^Device Object list:\n[0-9a-f]{16} {2}\\Device\\Example$/m);
    expect(text).toMatch(/^DriverUnload: {2}[0-9a-f]{16}\texample!/m);
    expect(text).toMatch(/^DriverStartIo: 0{16}$/m);
    expect(text).toMatch(/^\[00\] IRP_MJ_CREATE {22}[0-9a-f]{16}\texample!dispatch_device$/m);
    expect(text).toMatch(/^\[1b\] IRP_MJ_PNP /m);
  });

  it("shows no IRP where there is none", async () => {
    const { code, data } = await run(["irp", "0xfffff80000000000", "--json"]);
    expect({ code, error: JSON.parse(data[0] ?? "").error.name }).toEqual({ code: 1, error: "no-irp" });
    expect((await run(["irp"])).code).toBe(2);
  });
});
