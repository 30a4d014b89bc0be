import { EventEmitter } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";
import { Log } from "../log/log";
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
  let booted: (engine: Engine) => void = () => {};
  const promise = new Promise<Engine>((resolve) => {
    booted = resolve;
  });
  linkToParent({ parentPort: parentPort as unknown as ParentPortLike, engine: promise, exit });
  return { machine, parentPort, exit, boot: () => booted(engine) };
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
    const { parentPort } = link();
    for (const data of [null, 5, "ping", [], {}, { kind: "__proto__" }, { kind: "connect" }]) parentPort.receive(data);
    expect(parentPort.sent).toEqual([]);
  });

  it("tells what it died of, whatever was thrown", () => {
    expect(fatalMessage(new Error("broken"))).toMatchObject({ kind: "fatal", message: "broken" });
    expect(fatalMessage("a string")).toEqual({ kind: "fatal", message: "a string", stack: "" });
    expect(fatalMessage(undefined)).toEqual({ kind: "fatal", message: "undefined", stack: "" });
  });
});
