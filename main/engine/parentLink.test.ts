import { EventEmitter } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";
import { Log } from "../log/log";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { MessagePortMainLike } from "../rpc/mainMessagePort";
import { rpcPortOfMessagePort, type WebMessagePort } from "../rpc/messagePort";
import { createRpcClient } from "../rpc/rpcClient";
import { createEngine, type Engine } from "./engine";
import { FakeMachine } from "./fakeMachine";
import { nodeScheduler } from "./nodeScheduler";
import { fatalMessage, linkToParent, type ParentPortLike } from "./parentLink";
import type { EngineEvents, EngineVerbs } from "./protocol";

/** Looks often and waits long: a busy machine is no failure. */
const until = (test: () => unknown) => vi.waitUntil(test, { interval: 5, timeout: 20_000 });

class FakeParentPort extends EventEmitter {
  readonly sent: unknown[] = [];
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  receive(data: unknown, ...ports: MessagePortMainLike[]): void {
    this.emit("message", { data, ports });
  }
}

/** A worker port in the shape of Electron's MessagePortMain: it refuses to transfer buffers, and messages are events. */
function mainPort(port: MessagePort): MessagePortMainLike {
  const events = new EventEmitter();
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (name: string, listener: (event: { data: unknown }) => void) => events.on(name, listener),
    start: () => {
      port.on("message", (data) => events.emit("message", { data }));
      port.on("close", () => events.emit("close"));
    },
    close: () => port.close(),
  };
}

function link() {
  const machine = new FakeMachine();
  const engine = createEngine(machine, {
    log: new Log({ scheduler: nodeScheduler }),
    scheduler: nodeScheduler,
    onFault: ({ error }) => {
      throw error;
    },
  });
  const parentPort = new FakeParentPort();
  const exit = vi.fn();
  let settle: (result: Result<Engine>) => void = () => {};
  const opened = new Promise<Result<Engine>>((resolve) => {
    settle = resolve;
  });
  const open = vi.fn((_spec: unknown, _onProgress: (sentence: string) => void, signal: AbortSignal) => {
    signal.addEventListener("abort", () => settle(fail(ntscopeError("cancelled", "Cancelled."))));
    return opened;
  });
  linkToParent({ parentPort: parentPort as unknown as ParentPortLike, open, exit });
  parentPort.receive({ kind: "open", spec: { kind: "model" } });
  return { machine, parentPort, exit, open, settle, boot: () => settle(ok(engine)) };
}

function connect(parentPort: FakeParentPort) {
  const { port1, port2 } = new MessageChannel();
  parentPort.receive({ kind: "connect" }, mainPort(port1));
  return createRpcClient<EngineVerbs, EngineEvents>(rpcPortOfMessagePort(port2 as unknown as WebMessagePort));
}

describe("the engine process", () => {
  it("serves several clients, also those that came before the machine had booted", async () => {
    const { parentPort, boot } = link();
    const early = connect(parentPort);
    const answer = early.call("machine.info", {});
    boot();
    const late = connect(parentPort);
    expect(await answer).toMatchObject({ ok: true, value: { name: "Fake" } });
    expect(await late.call("log.openView", { rules: [] })).toMatchObject({ ok: true });
    expect(await late.call("log.rows", { view: 1, from: 0, count: 5 })).toMatchObject({
      ok: true,
      value: { count: 0 },
    });
    early.dispose();
    expect(await late.call("machine.info", {})).toMatchObject({ ok: true });
    late.dispose();
  });

  it("answers heartbeats at once and shuts down when told", async () => {
    const { machine, parentPort, exit, boot } = link();
    parentPort.receive({ kind: "ping", id: 7 });
    expect(parentPort.sent).toEqual([{ kind: "pong", id: 7 }]);
    boot();
    const client = connect(parentPort);
    expect(await client.call("machine.info", {})).toMatchObject({ ok: true });
    parentPort.receive({ kind: "shutdown" });
    await until(() => exit.mock.calls.length > 0);
    expect(exit).toHaveBeenCalledWith(0);
    expect(machine.disposed).toBe(true);
    expect(await client.call("machine.info", {})).toMatchObject({ error: { name: "engine-gone" } });
  });

  it("ignores what it does not know", () => {
    const { parentPort, open } = link();
    for (const data of [null, 5, "ping", [], {}, { kind: "__proto__" }, { kind: "connect" }]) parentPort.receive(data);
    expect(parentPort.sent).toEqual([]);
    parentPort.receive({ kind: "open", spec: { kind: "local" } });
    expect(open).toHaveBeenCalledTimes(1);
  });

  it("tells what is being done, and that it is done", async () => {
    const { parentPort, open, boot } = link();
    open.mock.calls[0]?.[1]("Making a prefix.");
    boot();
    await until(() => parentPort.sent.length === 2);
    expect(parentPort.sent).toEqual([{ kind: "progress", sentence: "Making a prefix." }, { kind: "opened" }]);
  });

  it("tells why a machine could not be opened, and lets go of those who wait for it", async () => {
    const { parentPort, settle } = link();
    const client = connect(parentPort);
    const answer = client.call("machine.info", {});
    settle(fail(ntscopeError("agent-refused", "It does not take this key.")));
    expect(await answer).toMatchObject({ ok: false, error: { name: "engine-gone" } });
    expect(parentPort.sent).toEqual([
      { kind: "failed", error: ntscopeError("agent-refused", "It does not take this key.") },
    ]);
  });

  it("gives up what it is opening when it is told to end", async () => {
    const { parentPort, exit } = link();
    parentPort.receive({ kind: "shutdown" });
    await until(() => exit.mock.calls.length > 0);
    expect(exit).toHaveBeenCalledWith(0);
  });

  it("tells what it died of, whatever was thrown", () => {
    expect(fatalMessage(new Error("broken"))).toMatchObject({ kind: "fatal", message: "broken" });
    expect(fatalMessage("a string")).toEqual({ kind: "fatal", message: "a string", stack: "" });
    expect(fatalMessage(undefined)).toEqual({ kind: "fatal", message: "undefined", stack: "" });
  });
});
