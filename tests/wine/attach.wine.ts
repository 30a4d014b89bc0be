// NtScope's own command line on a Wine prefix: the article's scenario on the real compiled drivers, what another program
// prints, and an agent or a whole prefix that is killed.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { EngineAnswer, EngineClient, EngineParams, EngineVerb, SourceInfo } from "../../main/engine/protocol";
import { runProgram } from "../../main/wine/runProgram";
import { WinePrefix } from "../../main/wine/winePrefix";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { AttachedPrefix } from "./harness/attachedPrefix";
import { describeRust, describeWine } from "./harness/describeWine";
import { driverFile } from "./harness/wineMachine";

const programFolder = path.join(rootDir, "out", "main");

/** Runs a script of shell commands on the prefix in a process of its own, as a user would. */
async function shell(...lines: readonly string[]): Promise<{ code: number; documents: Record<string, unknown>[] }> {
  const words = [
    path.join(programFolder, "cli.js"),
    "shell",
    "--json",
    "--machine",
    `wine:${inject("winePrefix")}`,
    "-",
  ];
  const { code, stdout } = await runProgram(process.execPath, words, { env: process.env, input: lines.join("\n") });
  const documents = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, documents };
}

describeWine("ntscope shell --machine wine", () => articleTests("example"));
describeRust("ntscope shell --machine wine, the driver in Rust", () => articleTests("rustExample"));

function articleTests(driver: string): void {
  it("starts a driver, sees its device, opens it and reads what it prints", async () => {
    const { code, documents } = await shell(
      `sc create example binPath= ${driverFile(driver)} type= kernel`,
      "sc start example",
      "ls \\Device",
      "resolve \\??\\Example",
      "open \\\\.\\Example --access rw",
      "close h1",
      "log --all",
      "sc stop example",
      "sc delete example",
    );
    const [, started, listed, resolved, opened, closed, first, second] = documents;
    expect(started).toMatchObject({ state: "RUNNING" });
    expect(listed).toMatchObject({ entries: expect.arrayContaining([{ name: "Example", type: "Device" }]) });
    expect(resolved).toMatchObject({ reached: { path: "\\Device\\Example", type: "Device" } });
    expect(opened).toMatchObject({ handle: "h1", name: "STATUS_SUCCESS" });
    expect(closed).toEqual({ handle: "h1", closed: true });
    expect([first?.source, first?.text]).toEqual(["kernel", "userspace opened the device"]);
    // Wine sends no IRP_MJ_CLEANUP.
    expect(second?.text).toBe("userspace closed the device");
    expect(code).toBe(0);
  });
}

describeWine("ntscope shell --machine wine, reading and writing", () => {
  it("gives back what was written", async () => {
    const { code, documents } = await shell(
      `sc create example binPath= ${driverFile("exampleRw")} type= kernel`,
      "sc start example",
      "open \\\\.\\Example --access rw",
      'write h1 "Hello, world!"',
      "read h1 20 --offset 0",
      "close h1",
      "sc stop example",
      "sc delete example",
    );
    expect(documents[3]).toMatchObject({ information: 13, name: "STATUS_SUCCESS" });
    expect(documents[4]).toMatchObject({ information: 13, text: "Hello, world!" });
    expect(code).toBe(0);
  });

  it("says that a folder holds no prefix, and makes none unasked", async () => {
    const folder = path.join(os.tmpdir(), "ntscope-no-prefix");
    const words = [path.join(programFolder, "cli.js"), "ls", "\\", "--machine", `wine:${folder}`];
    const { code, stderr } = await runProgram(process.execPath, words, { env: process.env });
    expect([code, stderr]).toEqual([1, expect.stringContaining(`There is no Wine prefix in ${folder}.`)]);
    expect(fs.existsSync(folder)).toBe(false);
  });
});

describeWine("an engine over a Wine prefix", () => {
  let attached: AttachedPrefix;
  let client: EngineClient;
  const prefix = () => new WinePrefix(inject("winePrefix"));
  beforeAll(async () => {
    attached = await AttachedPrefix.open();
    client = attached.client;
  });
  afterAll(() => attached.close());

  async function ask<K extends EngineVerb>(verb: K, params: EngineParams<K>): Promise<EngineAnswer<K>> {
    const answer = await client.call(verb, params);
    if (!answer.ok) throw new Error(`${verb}: ${answer.error.message}`);
    return answer.value;
  }

  /** Resolves when the machine says that it runs again. */
  function backAgain(): Promise<void> {
    return new Promise((resolve) => {
      const listening = client.on("machine", (event) => {
        if (event.kind !== "stateChanged" || event.state.kind !== "running") return;
        listening.dispose();
        resolve();
      });
    });
  }

  async function logText(): Promise<string[]> {
    const { view, rows: count } = await ask("log.openView", { rules: [] });
    const text = await ask("log.text", { view, from: 0, count, format: "text" });
    await ask("log.closeView", { view });
    return text.split("\n");
  }

  it("captures with both of its sources", async () => {
    const states = (sources: SourceInfo[]) => sources.map(({ name, health }) => [name, health.state]);
    expect(states(await ask("sources.list", {}))).toEqual(
      expect.arrayContaining([
        ["dbwin", "running"],
        ["wine", "running"],
      ]),
    );
    expect(await ask("machine.info", {})).toMatchObject({ kind: "wine", state: { kind: "running" } });
  });

  it("shows what another program prints, with its name, however soon that ends", async () => {
    const { view } = await ask("log.openView", { rules: [] });
    const shown = new Promise<void>((resolve) => {
      const listening = client.on("log", async ({ lines }) => {
        const rows = await client.call("log.rows", { view, from: 0, count: lines });
        if (!rows.ok || !rows.value.processes.includes("ods.exe")) return;
        listening.dispose();
        resolve();
      });
    });
    expect((await prefix().run(driverFile("ods"), ["many", "2", "1"])).code).toBe(0);
    await shown;
    const { text, processes } = await ask("log.rows", { view, from: 0, count: 1000 });
    expect(new TextDecoder().decode(text)).toContain("0 00 1done");
    expect(processes.filter((name) => name !== "")).toEqual(["ods.exe"]);
  });

  it("starts the agent again when it is killed, and says so", async () => {
    const isBack = backAgain();
    await prefix().run("taskkill", ["/f", "/im", "node.exe"]);
    await isBack;
    expect((await ask("objects.list", { path: "\\Device" })).entries.length).toBeGreaterThan(0);
    expect((await logText()).filter((line) => line.includes("was started anew"))).toHaveLength(1);
  });

  it("starts the prefix again when all of it is killed, with its debug output", async () => {
    const listing = Promise.all(Array.from({ length: 20 }, () => client.call("objects.list", { path: "\\Device" })));
    const isBack = backAgain();
    await runProgram("wineserver", ["-k"], { env: prefix().environment });
    // Each was answered before, or says that the agent was lost: none is left without an answer.
    for (const answer of await listing) {
      if (!answer.ok) expect(answer.error.name).toBe("agent-lost");
    }
    await isBack;
    const binPath = driverFile("hello");
    await ask("services.create", { name: "hello", binPath, type: "kernel" });
    await ask("services.start", { name: "hello" });
    await ask("services.stop", { name: "hello" });
    await ask("services.delete", { name: "hello" });
    expect((await logText()).filter((line) => line.includes("Hello, world!"))).toHaveLength(1);
  });
});
