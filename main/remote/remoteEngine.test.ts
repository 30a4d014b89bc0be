import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine, type Engine } from "../engine/engine";
import { FakeMachine } from "../engine/fakeMachine";
import { createModelEngine } from "../engine/modelEngine";
import { nodeScheduler } from "../engine/nodeScheduler";
import type { EngineClient } from "../engine/protocol";
import { Log } from "../log/log";
import type { LogRecord } from "../log/logRecord";
import type { Scheduler } from "../log/scheduler";
import type { DirectoryListing, MachineEvent } from "../machine/machine";
import type { Result } from "../machine/result";
import type { LinkState } from "./reconnectingEngine";
import { openRemoteEngine, type RemoteEngine } from "./remoteEngine";
import { cleanUp, cleanUpAll, modelEngine, startAgent, type TestAgent, testKey, value } from "./testAgent";
import { TestRelay } from "./testRelay";

afterEach(cleanUpAll);

/** Attempts to connect again come at once; what is there to end a wait that should not be keeps its time. */
const impatient: Scheduler = { ...nodeScheduler, later: (ms, task) => nodeScheduler.later(ms < 2000 ? 0 : ms, task) };

interface Rig {
  agent: TestAgent;
  relay: TestRelay;
  remote: RemoteEngine;
  client: EngineClient;
}

async function attach(engine: Engine, historyLines = 0): Promise<Rig> {
  const agent = await startAgent(engine);
  const relay = await TestRelay.open(agent.server.address);
  const pairing = { ...relay.address, key: testKey };
  const remote = value(await openRemoteEngine({ pairing, scheduler: impatient, historyLines, random: () => 0 }));
  cleanUp(() => remote.dispose());
  return { agent, relay, remote, client: remote.connect() };
}

function print(engine: Engine, from: number, count: number): void {
  const origin = { source: "kernel", component: 101, level: 3, processId: 4, threadId: 8, process: "System" } as const;
  for (let index = from; index < from + count; index += 1)
    engine.log.print({ ...origin, time: index, text: `${index}\n` });
}

function records({ log }: Engine): LogRecord[] {
  const all: LogRecord[] = [];
  for (let sequence = log.store.first; sequence < log.store.end; sequence += 1) {
    const record = log.store.record(sequence);
    if (record) all.push(record);
  }
  return all;
}

const prints = (engine: Engine) =>
  records(engine).flatMap(({ kind, text }) => (kind === "print" ? [Number(text)] : []));
const notes = (engine: Engine) =>
  records(engine).flatMap(({ kind, text }) => (kind === "print" ? [] : [`${kind}: ${text}`]));
const count = (from: number, length: number) => Array.from({ length }, (_, index) => from + index);
const turn = () => new Promise<void>((resolve) => void nodeScheduler.soon(resolve));

function state(remote: RemoteEngine, kind: LinkState["kind"]): Promise<void> {
  return new Promise((resolve) => {
    if (remote.link.state.kind === kind) return resolve();
    const subscription = remote.link.onState((next) => {
      if (next.kind !== kind) return;
      subscription.dispose();
      resolve();
    });
  });
}

async function inStep(remote: RemoteEngine): Promise<void> {
  await state(remote, "connected");
  await remote.sync();
}

describe("an agent's log", () => {
  it("comes whole, in order and once: 50,000 lines over a wire that is cut again and again", async () => {
    const engine = modelEngine();
    print(engine, 1, 5000);
    const { relay, remote } = await attach(engine);
    let cuts = 0;
    for (let from = 5001; from <= 50_000; from += 1000) {
      print(engine, from, 1000);
      await turn();
      if (from % 5000 !== 1) continue;
      // Not before something came over this connection, and mostly in the middle of a pull.
      await state(remote, "connected");
      await turn();
      relay.cut();
      cuts += 1;
    }
    while (prints(remote).length < 50_000) await inStep(remote);
    expect(prints(remote)).toEqual(count(1, 50_000));
    expect(cuts).toBe(9);
    expect(records(remote).find((record) => record.text === "7")).toMatchObject({
      ...{ source: "kernel", kind: "print", component: 101, level: 3, processId: 4, threadId: 8, process: "System" },
      time: 7,
    });
  }, 60_000);

  it("is told when it is lost and when it is back, with what came meanwhile", async () => {
    const engine = modelEngine();
    const { relay, remote } = await attach(engine);
    print(engine, 1, 10);
    await remote.sync();
    relay.hold();
    relay.cut();
    await state(remote, "lost");
    print(engine, 11, 5);
    relay.release();
    await inStep(remote);
    expect(prints(remote)).toEqual(count(1, 15));
    expect(notes(remote)).toEqual([
      expect.stringMatching(/^loss: The connection to 127\.0\.0\.1:\d+ was lost: The /),
      expect.stringMatching(/^marker: Connected to 127\.0\.0\.1:\d+ again: no line was missed, 5 came meanwhile\.$/),
    ]);
    expect(remote.log.state(0).lost).toBe(0);
  });

  it("says how many lines the agent no longer had", async () => {
    const engine = createModelEngine({ historyLines: 100 });
    cleanUp(() => engine.dispose());
    const { relay, remote } = await attach(engine);
    print(engine, 1, 50);
    await remote.sync();
    relay.hold();
    relay.cut();
    await state(remote, "lost");
    print(engine, 51, 500);
    relay.release();
    await inStep(remote);
    expect(prints(remote)).toEqual([...count(1, 50), ...count(451, 100)]);
    expect(notes(remote)[1]).toMatch(
      /^loss: .* 400 lines are no longer in its log and were missed, 100 came meanwhile\.$/,
    );
    expect(remote.log.state(0).lost).toBe(400);
  });

  it("says so too of lines that a flood pushed out before they could be read, or that were cleared", async () => {
    const engine = createModelEngine({ historyLines: 100 });
    cleanUp(() => engine.dispose());
    const { remote } = await attach(engine);
    await remote.sync();
    print(engine, 1, 1000);
    await remote.sync();
    expect(prints(remote)).toEqual(count(901, 100));
    print(engine, 1001, 3);
    engine.log.clear();
    print(engine, 1004, 1);
    await remote.sync();
    expect(prints(remote)).toEqual([...count(901, 100), 1004]);
    expect(notes(remote)).toEqual([
      "loss: 900 lines were dropped from the agent's log before they could be read.",
      "loss: 3 lines were dropped from the agent's log before they could be read.",
    ]);
    expect(remote.log.state(0).lost).toBe(903);
  });

  it("goes on with an agent that was started anew, and says so", async () => {
    const before = modelEngine();
    const { agent, relay, remote } = await attach(before);
    print(before, 1, 10);
    await remote.sync();
    relay.hold();
    await agent.server.stop();
    await state(remote, "lost");
    const after = modelEngine();
    print(after, 100, 5);
    relay.release((await startAgent(after)).server.address);
    await inStep(remote);
    expect(prints(remote)).toEqual([...count(1, 10), ...count(100, 5)]);
    expect(notes(remote)).toEqual([
      expect.stringContaining("was lost: The agent was stopped."),
      expect.stringContaining("was started anew and its log with it: no line that is known of was missed"),
    ]);
  });

  it("keeps its notes, each once", async () => {
    const { remote, client } = await attach(modelEngine());
    expect(await client.call("machine.restart", {})).toMatchObject({ ok: true });
    await client.call("services.create", { name: "m", binPath: "builtin:mistakes", type: "kernel" });
    await client.call("services.start", { name: "m" });
    const opened = client.call("devices.open", { path: "\\\\.\\Mistakes\\complete-twice", access: "0" });
    await opened;
    await client.call("log.state", {});
    const told = notes(remote);
    expect(told.filter((note) => note.includes("The machine was restarted."))).toHaveLength(1);
    expect(told.filter((note) => note.includes("*** STOP: 0x00000044"))).toHaveLength(1);
  });

  it("is cleared here without touching the agent's", async () => {
    const engine = modelEngine();
    const { remote, client } = await attach(engine);
    print(engine, 1, 10);
    await client.call("log.state", {});
    await client.call("log.clear", {});
    print(engine, 11, 1);
    await client.call("log.state", {});
    expect(prints(remote)).toEqual([11]);
    expect(engine.log.store.lines).toBe(11);
  });
});

describe("an agent's machine", () => {
  it("answers here what it answers there", async () => {
    const engine = modelEngine();
    const { client, relay } = await attach(engine);
    const there = engine.connect();
    for (const { name, binPath } of [
      { name: "rw", binPath: "builtin:example-rw" },
      { name: "hello", binPath: "builtin:hello" },
    ]) {
      expect(await client.call("services.create", { name, binPath, type: "kernel" })).toMatchObject({ ok: true });
      expect(await client.call("services.start", { name })).toMatchObject({ ok: true });
    }
    const same = async (ask: (each: EngineClient) => Promise<Result<unknown>>) => {
      const [far, near] = [await ask(there), await ask(client)];
      expect(near).toEqual(far);
      return near;
    };
    await same((each) => each.call("objects.list", { path: "\\GLOBAL??" }));
    await same((each) => each.call("objects.list", { path: "\\nope" }));
    await same((each) => each.call("objects.directories", { path: "\\" }));
    await same((each) => each.call("objects.describe", { path: "\\Device\\Null", open: false }));
    await same((each) => each.call("objects.resolve", { path: "\\\\.\\Example" }));
    await same((each) => each.call("objects.find", { pattern: "null", limit: 10 }));
    await same((each) => each.call("services.list", {}));
    await same((each) => each.call("services.query", { name: "rw" }));
    await same((each) => each.call("services.query", { name: "nope" }));
    await same((each) => each.call("drivers.list", {}));
    await same((each) => each.call("drivers.builtin", {}));
    await same((each) => each.call("devices.list", {}));
    await same((each) => each.call("debugFilter.get", {}));
    await same((each) => each.call("structures.names", {}));
    await same((each) => each.call("structures.dump", { type: "_DRIVER_OBJECT", where: "\\Driver\\Null" }));
    await same((each) => each.call("requests.pending", {}));
    await same((each) => each.call("handles.list", { scope: "own" }));
    await same((each) => each.call("pool.usage", {}));
    await same((each) => each.call("pool.blocks", { tag: "Devi" }));
    await same((each) => each.call("debugFilter.set", { component: 101, level: 3, on: false }));
    const { handle } = value(await client.call("devices.open", { path: "\\\\.\\Example", access: "rw" }));
    value(await client.call("devices.write", { handle, data: new Uint8Array([1, 2, 3, 4]) }));
    const read = value(await client.call("devices.read", { handle, length: 2, offset: 1 }));
    expect(read.data).toEqual(new Uint8Array([2, 3]));
    expect(await client.call("devices.close", { handle })).toEqual({ ok: true, value: null });
    expect(await client.call("services.stop", { name: "hello" })).toMatchObject({ ok: true });
    expect(await client.call("services.delete", { name: "hello" })).toEqual({ ok: true, value: null });
    expect(value(await client.call("machine.info", {}))).toMatchObject({
      kind: "agent",
      name: expect.stringContaining(`(127.0.0.1:${relay.address.port})`),
    });
    there.dispose();
  });

  it("runs programs, tells what they write, and ends them with their client", async () => {
    const engine = modelEngine();
    const { client, remote } = await attach(engine);
    const there = engine.connect();
    value(await client.call("services.create", { name: "p", binPath: "builtin:poor-mans-pipes", type: "kernel" }));
    value(await client.call("services.start", { name: "p" }));
    const written = new Promise((resolve) => {
      client.on("program", (event) => event.kind === "programOutput" && event.text.includes("wrote") && resolve(event));
    });
    const { processId } = value(await client.call("programs.run", { name: "usedriver2", args: ["a"] }));
    const opened = "opened \\\\.\\Example\\a\n";
    expect(value(await client.call("programs.output", { processId, from: 0, wait: true })).text).toBe(opened);
    value(await client.call("programs.input", { processId, line: "x" }));
    const text = "wrote 2 of 2 bytes\n";
    expect(await written).toEqual({ kind: "programOutput", processId, from: opened.length, text });
    expect(value(await client.call("processes.list", {}))).toContainEqual(expect.objectContaining({ processId }));
    remote.dispose();
    // As soon as the agent notices that its client is gone.
    const over = async () => value(await there.call("programs.output", { processId, from: 0, wait: false })).exitCode;
    await vi.waitUntil(async () => (await over()) === 0xc000_013a);
    there.dispose();
  });

  it("that goes in the middle of a listing is told, and is there again after", async () => {
    class SlowMachine extends FakeMachine {
      listed: () => void = () => {};
      override list = (path: string): Promise<Result<DirectoryListing>> => {
        this.listed();
        return path === "\\" ? Promise.resolve({ ok: true, value: { path, entries: [] } }) : new Promise(() => {});
      };
    }
    const machine = new SlowMachine();
    const log = new Log({ scheduler: nodeScheduler });
    const engine = createEngine(machine, { log, scheduler: nodeScheduler, onFault: () => {} });
    cleanUp(() => engine.dispose());
    const { relay, remote, client } = await attach(engine);
    const events: MachineEvent[] = [];
    client.on("machine", (event) => events.push(event));
    const asked = new Promise<void>((resolve) => (machine.listed = resolve));
    const listing = client.call("objects.list", { path: "\\slow" });
    await asked;
    relay.hold();
    relay.cut();
    expect(await listing).toMatchObject({
      ok: false,
      error: {
        name: "agent-lost",
        message: expect.stringContaining("whether objects.list was carried out is not known"),
      },
    });
    expect(value(await client.call("machine.info", {})).state).toMatchObject({ kind: "disconnected" });
    expect(await client.call("objects.list", { path: "\\" })).toMatchObject({ error: { name: "agent-lost" } });
    relay.release();
    await state(remote, "connected");
    expect(await client.call("objects.list", { path: "\\" })).toMatchObject({ ok: true });
    expect(value(await client.call("machine.info", {})).state).toEqual({ kind: "running" });
    expect(events.map((event) => (event.kind === "stateChanged" ? event.state.kind : event.kind))).toEqual([
      "disconnected",
      "running",
      "servicesChanged",
      "namespaceChanged",
    ]);
  });

  it("closes the handles of a lost connection, and their numbers mean nothing else after", async () => {
    const engine = modelEngine();
    const { agent, relay, remote, client } = await attach(engine);
    value(await client.call("services.create", { name: "rw", binPath: "builtin:example-rw", type: "kernel" }));
    value(await client.call("services.start", { name: "rw" }));
    const open = () => client.call("devices.open", { path: "\\\\.\\Example", access: "rw" });
    const { handle } = value(await open());
    const gone = agent.events.next("detached");
    // Looked for before: by the time the agent has said it, the connection may be there again.
    const wasLost = state(remote, "lost");
    relay.cut();
    await Promise.all([gone, wasLost]);
    await state(remote, "connected");
    const again = value(await open()).handle;
    expect(again).not.toBe(handle);
    const lost = { ok: false, error: { name: "handle-lost" } };
    expect(await client.call("devices.read", { handle, length: 1 })).toMatchObject(lost);
    expect(await client.call("devices.write", { handle, data: new Uint8Array(1) })).toMatchObject(lost);
    expect(await client.call("devices.close", { handle })).toMatchObject(lost);
    expect(await client.call("devices.write", { handle: again, data: new Uint8Array(3) })).toMatchObject({ ok: true });
    const listed = value(await client.call("handles.list", { scope: "own" }));
    expect(listed.map((info) => info.handle)).toContain(again);
    expect(await client.call("devices.close", { handle: again })).toMatchObject({ ok: true });
  });

  it("that cannot be reached at first is an error in words", async () => {
    const agent = await startAgent(modelEngine());
    await agent.server.stop();
    const relay = await TestRelay.open({ host: "127.0.0.1", port: 1 });
    const pairing = { ...relay.address, key: testKey };
    expect(await openRemoteEngine({ pairing })).toMatchObject({ ok: false, error: { name: "agent-unreachable" } });
  });
});
