import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createModelEngine } from "./modelEngine";
import { ownEngine } from "./ownEngine";
import type { EngineAnswer, EngineClient, EngineParams, EngineVerb, LogState } from "./protocol";

/** Looks often and waits long: a busy machine is no failure. */
const until = (test: () => unknown) => vi.waitUntil(test, { interval: 5, timeout: 20_000 });

let client: EngineClient;
beforeEach(() => {
  client = ownEngine(createModelEngine());
});
afterEach(() => client.dispose());

async function ask<K extends EngineVerb>(verb: K, params: EngineParams<K>): Promise<EngineAnswer<K>> {
  const answer = await client.call(verb, params);
  if (!answer.ok) throw new Error(`${verb}: ${answer.error.name} ${answer.error.message}`);
  return answer.value;
}

async function logText(): Promise<string[]> {
  const { view } = await ask("log.openView", { rules: [] });
  const text = await ask("log.text", { view, from: 0, count: 1000, format: "text" });
  await ask("log.closeView", { view });
  return text.split("\n").slice(0, -1);
}

async function start(name: string): Promise<void> {
  await ask("services.create", { name, binPath: `builtin:${name}`, type: "kernel" });
  await ask("services.start", { name });
}

describe("the model's engine", () => {
  it("plays the article's scenario: create, open, close, and what the driver printed in NT's order", async () => {
    await start("example");
    const opened = await ask("devices.open", { path: "\\\\.\\Example", access: "rw" });
    await ask("devices.close", { handle: opened.handle });
    expect(await logText()).toEqual([
      "userspace opened the device",
      "device is no longer in use by userspace",
      "userspace closed the device",
    ]);
    await ask("services.stop", { name: "example" });
    const devices = await ask("listing.open", { path: "\\Device", arrangement: { filter: "Example" } });
    expect(devices.count).toBe(0);
  });

  it("lists a booted namespace, sorted", async () => {
    const { listing, total } = await ask("listing.open", {
      path: "\\Device",
      arrangement: { sort: { column: "name", descending: false } },
    });
    const rows = await ask("listing.rows", { listing, from: 0, count: total });
    expect(rows.map((row) => row.name)).toContain("Null");
    expect(await ask("listing.seek", { listing, from: 0, name: "Null" })).toBe(
      rows.findIndex((row) => row.name === "Null"),
    );
  });

  it("closes a client's handles when it goes, and only those of the machine it opened them on", async () => {
    const engine = createModelEngine();
    client.dispose();
    client = engine.connect();
    const other = engine.connect();
    try {
      await start("example");
      const opened = await other.call("devices.open", { path: "\\\\.\\Example", access: "rw" });
      other.dispose();
      await until(async () => (await ask("handles.list", { scope: "own" })).length === 0);
      expect(opened.ok && (await logText())).toHaveLength(3);

      const early = engine.connect();
      await early.call("devices.open", { path: "\\\\.\\Example", access: "rw" });
      await ask("machine.restart", {});
      await start("example");
      await ask("devices.open", { path: "\\\\.\\Example", access: "rw" });
      early.dispose();
      await ask("machine.info", {});
      expect(await ask("handles.list", { scope: "own" })).toHaveLength(1);
    } finally {
      client.dispose();
      engine.dispose();
    }
  });

  it("tells of a bugcheck in the log and as an event, refuses what follows, and runs again after a restart", async () => {
    const stops: string[] = [];
    client.on("bugcheck", ({ name }) => stops.push(name));
    await start("mistakes");
    const stopped = await client.call("devices.open", { path: "\\\\.\\Mistakes\\complete-twice", access: "r" });
    expect(stopped).toMatchObject({ ok: false, error: { name: "machine-stopped" } });
    expect((await logText()).join("\n")).toMatch(/\*\*\* STOP: 0x0*44 .*MULTIPLE_IRP_COMPLETE_REQUESTS/);
    await until(() => stops.length > 0);
    expect(stops).toEqual(["MULTIPLE_IRP_COMPLETE_REQUESTS"]);
    await ask("machine.restart", {});
    expect((await ask("machine.info", {})).state).toEqual({ kind: "running" });
    expect((await logText()).at(-1)).toBe("The machine was restarted.");
  });

  it("counts what the masks held back", async () => {
    await ask("debugFilter.set", { component: 101, level: 3, on: false });
    await ask("debugFilter.set", { component: 0xffffffff, level: 3, on: false });
    const states: LogState[] = [];
    client.on("log", (state) => states.push(state));
    await start("hello");
    const { droppedByMask, lines } = await ask("log.state", {});
    expect(droppedByMask).toBeGreaterThan(0);
    expect(lines).toBe(0);
    await until(() => states.at(-1)?.droppedByMask === droppedByMask);
  });

  it("knows the structures it can dump", async () => {
    const names = await ask("structures.names", {});
    expect(names).toEqual(expect.arrayContaining(["DEVICE_OBJECT", "IRP"]));
    expect((await ask("structures.dump", { type: "DEVICE_OBJECT" })).size).toBeGreaterThan(0);
  });
});

it("keeps as many lines as it is told, whatever a driver prints", async () => {
  const engine = createModelEngine({ historyLines: 100 });
  const own = engine.connect();
  await own.call("services.create", { name: "mistakes", binPath: "builtin:mistakes", type: "kernel" });
  await own.call("services.start", { name: "mistakes" });
  await own.call("devices.open", { path: "\\\\.\\Mistakes\\flood", access: "r" });
  const state = await own.call("log.state", {});
  expect(state).toMatchObject({ ok: true, value: { lines: 100 } });
  expect(state.ok && state.value.droppedByHistory).toBeGreaterThan(10_000);
  expect(state.ok && state.value.bytes).toBeLessThan(20_000_000);
  engine.dispose();
}, 60_000);

describe("a driver in a file", () => {
  const file = fileURLToPath(new URL("../../tests/fixtures/userDrivers/echo.ts", import.meta.url));

  it("is not read for clients who may have no files read", async () => {
    await ask("services.create", { name: "echo", binPath: file, type: "kernel" });
    const started = await client.call("services.start", { name: "echo" });
    expect(started).toMatchObject({ ok: false, error: { name: "ERROR_PATH_NOT_FOUND" } });
    expect(started.ok ? "" : started.error.message).toContain("it runs the drivers that come with NtScope");
  });

  it("is read for others, and no other kind of file is", async () => {
    client.dispose();
    client = ownEngine(createModelEngine({ allows: ["files"] }));
    await ask("services.create", { name: "echo", binPath: file, type: "kernel" });
    expect(await ask("services.start", { name: "echo" })).toMatchObject({ state: "RUNNING" });
    await ask("services.create", { name: "json", binPath: file.replace("echo.ts", "echo.json"), type: "kernel" });
    const started = await client.call("services.start", { name: "json" });
    expect(started.ok ? "" : started.error.message).toContain("a .ts or .js file by its full path on this computer");
  });
});
