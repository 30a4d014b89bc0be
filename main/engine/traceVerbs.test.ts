/** The trace through the engine: verbs, the event, a saved file, and the way from an IRP to its log line. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Log } from "../log/log";
import { ManualScheduler } from "../log/manualScheduler";
import type { IrpTraceState } from "../machine/irpTrace";
import { createEngine } from "./engine";
import { FakeMachine } from "./fakeMachine";
import { createModelEngine } from "./modelEngine";
import { ownEngine } from "./ownEngine";
import type { EngineAnswer, EngineClient, EngineParams, EngineVerb } from "./protocol";

let client: EngineClient;
let folder: string;
beforeEach(async () => {
  client = ownEngine(createModelEngine());
  folder = await mkdtemp(path.join(tmpdir(), "ntscope-trace-"));
});
afterEach(async () => {
  client.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function ask<K extends EngineVerb>(verb: K, params: EngineParams<K>): Promise<EngineAnswer<K>> {
  const answer = await client.call(verb, params);
  if (!answer.ok) throw new Error(`${verb}: ${answer.error.name} ${answer.error.message}`);
  return answer.value;
}

async function openAndClose(): Promise<void> {
  const { handle } = await ask("devices.open", { path: "\\\\.\\Example", access: "rw" });
  await ask("devices.close", { handle });
}

async function startExample(): Promise<void> {
  await ask("services.create", { name: "example", binPath: "builtin:example", type: "kernel" });
  await ask("services.start", { name: "example" });
}

it("records, tells, finds an IRP's line, stops and clears", async () => {
  const states: IrpTraceState[] = [];
  const told = new Promise<void>((resolve) => {
    client.on("trace", (state) => {
      states.push(state);
      if (state.irps === 3) resolve();
    });
  });
  await startExample();
  await openAndClose();
  await told;
  expect(states.at(-1)).toMatchObject({ isRecording: true, irps: 3, hops: 3, dropped: 0 });
  const { rows } = await ask("trace.rows", { filter: { major: "CLOSE" }, from: 0, count: 10 });
  expect(rows).toMatchObject([{ number: 3, major: "IRP_MJ_CLOSE" }]);
  const { view } = await ask("log.openView", { rules: [] });
  expect(await ask("log.rowOfIrp", { view, irp: 3 })).toBe(2);
  expect(await ask("log.rowOfIrp", { view, irp: 9 })).toBe(-1);
  expect([...(await ask("log.rows", { view, from: 0, count: 3 })).irp]).toEqual([1, 2, 3]);
  await ask("trace.record", { on: false });
  await openAndClose();
  expect(await ask("trace.state", {})).toMatchObject({ isRecording: false, irps: 3 });
  await ask("trace.clear", {});
  expect(await ask("trace.state", {})).toMatchObject({ irps: 0 });
});

it("saves what passes as JSON, whole or not at all", async () => {
  await startExample();
  await openAndClose();
  const file = path.join(folder, "trace.json");
  expect(await ask("trace.save", { path: file, filter: {} })).toMatchObject({ irps: 3 });
  const saved = JSON.parse(await readFile(file, "utf8"));
  expect(saved.irps.map(({ major }: { major: string }) => major)).toEqual([
    "IRP_MJ_CREATE",
    "IRP_MJ_CLEANUP",
    "IRP_MJ_CLOSE",
  ]);
  expect(saved.irps[0].steps.map(({ kind }: { kind: string }) => kind)).toContain("print");
  await ask("trace.save", { path: file, filter: { major: "cleanup" } });
  expect(JSON.parse(await readFile(file, "utf8")).irps).toHaveLength(1);
  await ask("trace.save", { path: file, filter: { device: "nowhere" } });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ irps: [] });
  expect(await client.call("trace.save", { path: "trace.json", filter: {} })).toMatchObject({
    error: { name: "bad-path" },
  });
  expect(await readdir(folder)).toEqual(["trace.json"]);
});

it("says that a machine has no trace before it makes a file", async () => {
  const scheduler = new ManualScheduler();
  const engine = createEngine(new FakeMachine(), { log: new Log({ scheduler }), scheduler, onFault: () => undefined });
  const other = engine.connect();
  try {
    const file = path.join(folder, "none.json");
    expect(await other.call("trace.save", { path: file, filter: {} })).toMatchObject({
      error: { name: "unsupported" },
    });
    expect(await other.call("trace.state", {})).toMatchObject({ error: { name: "unsupported" } });
    expect(await readdir(folder)).toEqual([]);
  } finally {
    other.dispose();
    engine.dispose();
  }
});
