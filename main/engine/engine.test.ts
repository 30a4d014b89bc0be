import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Log } from "../log/log";
import { ManualScheduler } from "../log/manualScheduler";
import { testPrint, testRule } from "../log/testLines";
import type { MachineEvent } from "../machine/machine";
import { createEngine, type Engine } from "./engine";
import { FakeMachine } from "./fakeMachine";
import type { EngineClient, LogState } from "./protocol";

/** Looks often and waits long: a busy machine is no failure. */
const until = (test: () => unknown) => vi.waitUntil(test, { interval: 5, timeout: 20_000 });

let machine: FakeMachine;
let scheduler: ManualScheduler;
let engine: Engine;
let client: EngineClient;
let faults: string[];

beforeEach(() => {
  machine = new FakeMachine();
  scheduler = new ManualScheduler();
  faults = [];
  engine = createEngine(machine, {
    log: new Log({ scheduler }),
    scheduler,
    onFault: ({ verb, error }) => faults.push(`${verb}: ${String(error)}`),
  });
  client = engine.connect();
});

afterEach(() => engine.dispose());

async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: { message: string } }>,
): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function print(...texts: string[]): void {
  for (const text of texts) engine.log.print(testPrint(`${text}\n`));
}

const logTexts = async (view: number) =>
  (await value(client.call("log.text", { view, from: 0, count: 1000, format: "text" }))).split("\n").slice(0, -1);

describe("the machine's verbs", () => {
  it("answer what the machine answers, errors included", async () => {
    expect(await client.call("objects.list", { path: "\\" })).toEqual({ ok: true, value: { path: "\\", entries: [] } });
    expect(await client.call("objects.list", { path: "\\No\0\ud800" })).toMatchObject({
      ok: false,
      error: { status: "0xC0000034", name: "STATUS_OBJECT_NAME_NOT_FOUND" },
    });
  });

  it("take paths of 64 KB and beyond, up to a limit that is said", async () => {
    const long = `\\${"x".repeat(100_000)}`;
    expect(await client.call("objects.list", { path: long })).toMatchObject({ error: { domain: "nt" } });
    expect(await client.call("objects.list", { path: "x".repeat(2 ** 20 + 1) })).toMatchObject({
      error: { name: "bad-request", message: expect.stringContaining("1,048,576") },
    });
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])("refuse to read %j bytes", async (length) => {
    expect(await client.call("devices.read", { handle: 4, length })).toMatchObject({
      ok: false,
      error: { name: "bad-request", message: expect.stringContaining("devices.read length") },
    });
    expect(machine.calls).toEqual([]);
  });

  it("read bytes and no more: a part of a larger buffer does not carry it along", async () => {
    const answer = client.call("devices.read", { handle: 4, length: 3, offset: 7 });
    await until(() => machine.completeRead);
    machine.completeRead?.(new Uint8Array(1000).fill(65).subarray(5, 8));
    const { data } = await value(answer);
    expect(data).toEqual(new Uint8Array([65, 65, 65]));
    expect(data?.buffer.byteLength).toBe(3);
    expect(machine.calls).toEqual([["read", 4, 3, 7]]);
  });

  it("cancel a read that a driver holds", async () => {
    const controller = new AbortController();
    const answer = client.call("devices.read", { handle: 4, length: 3 }, { signal: controller.signal });
    await until(() => machine.completeRead);
    controller.abort();
    expect((await value(answer)).status.name).toBe("STATUS_CANCELLED");
  });

  it("say when NtScope itself failed, and go on", async () => {
    expect(await client.call("services.start", { name: "x" })).toMatchObject({
      ok: false,
      error: { name: "internal", message: expect.stringContaining("a fault at x") },
    });
    expect(faults).toEqual(["services.start: Error: a fault at x"]);
    expect(await client.call("machine.info", {})).toMatchObject({ ok: true });
  });
});

describe("the machine's news", () => {
  it("reach the clients as events and the log as lines", async () => {
    const events: MachineEvent[] = [];
    const stops: string[] = [];
    client.on("machine", (event) => events.push(event));
    client.on("bugcheck", (bugcheck) => stops.push(bugcheck.name));
    await client.call("machine.info", {});
    engine.log.print(testPrint("half a li"));
    const bugcheck = {
      code: "0x00000044",
      name: "MULTIPLE_IRP_COMPLETE_REQUESTS",
      parameters: ["0x1", "0x2", "0x3", "0x4"],
      rule: "An IRP may be completed once.",
      driver: "example",
      stack: ["nt!IofCompleteRequest", "example!dispatch"],
    };
    const report = { severity: "warning", driver: "d", routine: "unload", rule: "A device leaks.", mend: "Delete it." };
    machine.emit({ kind: "report", report: { ...report, severity: "warning" } });
    machine.emit({ kind: "stateChanged", state: { kind: "bugchecked", bugcheck } });
    machine.emit({ kind: "servicesChanged" });
    await until(() => events.length === 3 && stops.length === 1);
    expect(events.map((event) => event.kind)).toEqual(["report", "stateChanged", "servicesChanged"]);
    const { view } = await value(client.call("log.openView", { rules: [] }));
    expect(await logTexts(view)).toEqual([
      "warning: d!unload: A device leaks. Delete it.",
      "half a li",
      "*** STOP: 0x00000044 (0x1, 0x2, 0x3, 0x4) MULTIPLE_IRP_COMPLETE_REQUESTS",
      "An IRP may be completed once.",
      "Driver: example",
      "Stack: nt!IofCompleteRequest < example!dispatch",
    ]);
  });

  it("case 109: messages that the masks held back are counted, after whatever ran a driver", async () => {
    machine.masks = [
      { id: 77, name: "IHVDRIVER", mask: 0, dropped: 2 },
      { id: 101, name: "DEFAULT", mask: 0, dropped: 3 },
    ];
    expect(await value(client.call("log.state", {}))).toMatchObject({ droppedByMask: 5 });
    const heard: number[] = [];
    client.on("log", (state) => heard.push(state.droppedByMask));
    machine.masks = [{ id: 101, name: "DEFAULT", mask: 0, dropped: 9 }];
    await client.call("devices.write", { handle: 1, data: new Uint8Array(1) });
    // Asked once the throttle lets it, told once the next one does.
    scheduler.advance(50);
    await until(() => scheduler.waiting > 0);
    scheduler.advance(50);
    await until(() => heard.at(-1) === 9);
  });
});

describe("the log's events", () => {
  it("come at most 20 times a second while lines arrive, and once after the last", async () => {
    const states: LogState[] = [];
    client.on("log", (state) => states.push(state));
    await client.call("machine.info", {});
    for (let millisecond = 0; millisecond < 1000; millisecond += 1) {
      print("line");
      scheduler.advance(1);
      await Promise.resolve();
    }
    scheduler.advance(1000);
    await until(() => states.at(-1)?.lines === 1000);
    expect(states.length).toBeGreaterThanOrEqual(19);
    expect(states.length).toBeLessThanOrEqual(21);
    expect(scheduler.waiting).toBe(0);
  });
});

describe("the log's verbs", () => {
  it("carry rows as columns", async () => {
    print("a", "b", "c");
    const { view, rows } = await value(client.call("log.openView", { rules: [testRule({ text: "b;c" })] }));
    expect(rows).toBe(2);
    const columns = await value(client.call("log.rows", { view, from: 0, count: 10 }));
    expect(columns).toMatchObject({ from: 0, count: 2, processes: ["System"] });
    expect([...columns.sequence]).toEqual([2, 3]);
    expect(new TextDecoder().decode(columns.text)).toBe("bc");
    expect([...columns.textOffset]).toEqual([0, 1, 2]);
  });

  it("find, mark, comment, pause, flush, limit and clear", async () => {
    print("alpha", "beta", "alpha 2");
    const { view } = await value(client.call("log.openView", { rules: [] }));
    const find = (text: string, from: number, more = {}) =>
      client.call("log.find", { view, text, regex: false, matchCase: false, from, backwards: false, ...more });
    expect(await value(find("ALPHA", 0))).toBe(2);
    expect(await value(find("ALPHA", 0, { matchCase: true }))).toBe(-1);
    expect(await value(find("^b.t", 0, { regex: true }))).toBe(1);
    expect(await find("(", 0, { regex: true })).toMatchObject({ error: { name: "bad-regex" } });
    expect(await find("", 0)).toMatchObject({ error: { name: "empty-search" } });

    await value(client.call("log.mark", { view, row: 1, on: true }));
    expect(await value(client.call("log.findMark", { view, from: -1, backwards: false }))).toBe(1);
    expect(await client.call("log.mark", { view, row: 99, on: true })).toMatchObject({ error: { name: "no-row" } });

    await client.call("log.comment", { text: "note\nto self" });
    await client.call("log.capture", { on: false });
    print("unheard");
    await client.call("log.capture", { on: true });
    engine.log.print(testPrint("unfinished"));
    expect(await value(client.call("log.state", {}))).toMatchObject({ lines: 5, unfinished: 1, capturing: true });
    await client.call("log.flush", {});
    expect(await logTexts(view)).toEqual(["alpha", "beta", "alpha 2", "note", "to self", "unfinished"]);
    expect(await value(client.call("log.rowOf", { view, sequence: 4 }))).toBe(3);

    await client.call("log.history", { lines: 2 });
    expect(await logTexts(view)).toEqual(["to self", "unfinished"]);
    await client.call("log.clear", {});
    expect(await value(client.call("log.state", {}))).toMatchObject({ lines: 0, total: 6, droppedByHistory: 4 });
  });

  it("keep one client's views from another, and close them when it goes", async () => {
    const other = engine.connect();
    const { view } = await value(other.call("log.openView", { rules: [testRule({ action: "discard", text: "x" })] }));
    expect(await client.call("log.rows", { view, from: 0, count: 1 })).toMatchObject({ error: { name: "no-view" } });
    print("x");
    other.dispose();
    await until(() => engine.log.views.get(view) === undefined);
    print("x");
    expect(await value(client.call("log.state", {}))).toMatchObject({ lines: 1, discarded: 1, views: [] });
  });
});

describe("log.save", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "ntscope-save-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("writes the view's lines and replaces the file only when it is complete", async () => {
    const file = path.join(folder, "log.txt");
    await writeFile(file, "what was there");
    for (let count = 0; count < 2500; count += 1) print(`line ${count}`);
    const { view } = await value(client.call("log.openView", { rules: [] }));
    const saved = await value(client.call("log.save", { view, path: file, format: "text" }));
    const text = await readFile(file, "utf8");
    expect(text.split("\n").slice(0, -1)).toEqual(Array.from({ length: 2500 }, (_, count) => `line ${count}`));
    expect(saved).toEqual({ lines: 2500, bytes: Buffer.byteLength(text) });
    expect(await readdir(folder)).toEqual(["log.txt"]);
  });

  it("leaves nothing behind when it was cancelled", async () => {
    const file = path.join(folder, "log.txt");
    await writeFile(file, "what was there");
    for (let count = 0; count < 50_000; count += 1) print(`line ${count}`);
    const { view } = await value(client.call("log.openView", { rules: [] }));
    const controller = new AbortController();
    const saving = client.call("log.save", { view, path: file, format: "jsonl" }, { signal: controller.signal });
    await until(async () => (await readdir(folder)).length === 2);
    controller.abort();
    expect(await saving).toMatchObject({ ok: false, error: { name: "cancelled" } });
    expect(await readdir(folder)).toEqual(["log.txt"]);
    expect(await readFile(file, "utf8")).toBe("what was there");
  });

  it.each([
    ["", "bad-path"],
    ["relative.txt", "bad-path"],
    ["/no/such/folder/log.txt", "save-failed"],
  ])("says why %j cannot be written", async (file, name) => {
    const { view } = await value(client.call("log.openView", { rules: [] }));
    const answer = await client.call("log.save", { view, path: file, format: "text" });
    expect(answer).toMatchObject({ ok: false, error: { name } });
  });
});

it("ends with its clients' calls answered and its machine disposed", async () => {
  const answer = client.call("devices.read", { handle: 4, length: 3 });
  await until(() => machine.completeRead);
  engine.dispose();
  expect(await answer).toMatchObject({ ok: false, error: { name: "engine-gone" } });
  expect(machine.disposed).toBe(true);
});
