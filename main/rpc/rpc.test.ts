import { MessageChannel } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createInProcessPorts } from "./inProcessPorts";
import { rpcPortOfMessagePort, type WebMessagePort } from "./messagePort";
import { createRpcClient, type RpcClient } from "./rpcClient";
import type { RpcPort } from "./rpcPort";
import { RpcServer } from "./rpcServer";
import { type TestEvents, TestService, type TestVerbs } from "./testService";

/** Looks often and waits long: a busy machine is no failure. */
const until = (test: () => unknown) => vi.waitUntil(test, { interval: 5, timeout: 20_000 });

function workerPorts(): [RpcPort, RpcPort] {
  const { port1, port2 } = new MessageChannel();
  const wrap = (port: unknown) => rpcPortOfMessagePort(port as WebMessagePort);
  return [wrap(port1), wrap(port2)];
}

const open: RpcServer<TestVerbs, TestEvents, never>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.dispose();
});

function connect(ports: [RpcPort, RpcPort], limits?: { running: number; waiting: number }) {
  const service = new TestService();
  const server = new RpcServer(service, limits);
  open.push(server as never);
  const [near, far] = ports;
  server.serve(far);
  const client: RpcClient<TestVerbs, TestEvents> = createRpcClient(near);
  return { service, server, client };
}

describe.each([
  ["ports in one process", () => createInProcessPorts()],
  ["ports in one process, by reference", () => createInProcessPorts({ clone: false })],
  ["MessagePorts", workerPorts],
])("over %s", (_, ports) => {
  it("answers calls, each with its own answer, in any order", async () => {
    const { service, client } = connect(ports());
    const held = client.call("hold", { name: "first" });
    expect(await client.call("echo", { text: "second" })).toEqual({ ok: true, value: "second" });
    service.held.get("first")?.();
    expect(await held).toEqual({ ok: true, value: "released first" });
  });

  it("refuses parameters that the schema does not know, and verbs that do not exist", async () => {
    const { client } = connect(ports());
    const call = (verb: string, params: unknown) => client.call(verb as "echo", params as { text: string });
    expect(await call("echo", { text: 5 })).toMatchObject({ ok: false, error: { name: "bad-request" } });
    expect(await call("echo", { text: "a", more: 1 })).toMatchObject({ ok: false, error: { name: "bad-request" } });
    expect(await call("echo", null)).toMatchObject({ ok: false, error: { name: "bad-request" } });
    for (const verb of ["nope", "__proto__", "constructor", "toString", "", "x".repeat(1e5)]) {
      expect(await call(verb, {})).toMatchObject({ ok: false, error: { name: "unknown-verb" } });
    }
  });

  it("says where parameters are wrong, in a bounded message", async () => {
    const { client } = connect(ports());
    const answer = await client.call("echo", { text: "x".repeat(100_000) });
    expect(answer).toMatchObject({ ok: false, error: { name: "bad-request" } });
    const message = answer.ok ? "" : answer.error.message;
    expect(message).toMatch(/^echo text: /);
    expect(message.length).toBeLessThan(300);
  });

  it("answers `internal` when a handler throws, tells the fault, and goes on", async () => {
    const { service, client } = connect(ports());
    expect(await client.call("throw", {})).toMatchObject({
      ok: false,
      error: { name: "internal", message: expect.stringContaining("broken handler") },
    });
    expect(service.faults).toEqual(["throw: Error: broken handler"]);
    expect(await client.call("echo", { text: "on" })).toEqual({ ok: true, value: "on" });
  });

  it("passes a cancellation to the handler and answers what came of it", async () => {
    const { service, client } = connect(ports());
    const controller = new AbortController();
    const held = client.call("hold", { name: "h" }, { signal: controller.signal });
    await until(() => service.held.has("h"));
    controller.abort();
    expect(await held).toMatchObject({ ok: false, error: { name: "cancelled", message: "h" } });
    expect(service.cancelled).toEqual(["h"]);
  });

  it("does not begin a call whose signal is aborted already, nor one that was cancelled while it waited", async () => {
    const { service, client } = connect(ports(), { running: 1, waiting: 10 });
    expect(await client.call("hold", { name: "never" }, { signal: AbortSignal.abort() })).toMatchObject({ ok: false });
    const controller = new AbortController();
    const first = client.call("hold", { name: "first" });
    const second = client.call("hold", { name: "second" }, { signal: controller.signal });
    const third = client.call("echo", { text: "third" });
    controller.abort();
    expect(await second).toMatchObject({ ok: false, error: { name: "cancelled" } });
    service.held.get("first")?.();
    expect(await first).toMatchObject({ ok: true });
    expect(await third).toEqual({ ok: true, value: "third" });
    expect([...service.held.keys()]).toEqual(["first"]);
  });

  it("refuses calls beyond its limits as busy and keeps the order of those that wait", async () => {
    const { service, client } = connect(ports(), { running: 1, waiting: 2 });
    const order: string[] = [];
    const first = client.call("hold", { name: "first" });
    const waiting = ["a", "b", "c"].map(async (text) => {
      const answer = await client.call("echo", { text });
      order.push(answer.ok ? answer.value : answer.error.name);
    });
    await waiting[2];
    expect(order).toEqual(["busy"]);
    service.held.get("first")?.();
    await Promise.all([first, ...waiting]);
    expect(order).toEqual(["busy", "a", "b"]);
  });

  it("fails what is unanswered when the server goes, and everything after", async () => {
    const { service, server, client } = connect(ports());
    const held = client.call("hold", { name: "h" });
    await until(() => service.held.has("h"));
    server.dispose();
    expect(await held).toMatchObject({ ok: false, error: { domain: "ntscope", name: "engine-gone" } });
    expect(await client.call("echo", { text: "x" })).toMatchObject({ ok: false, error: { name: "engine-gone" } });
    expect(service.cancelled).toEqual(["h"]);
  });

  it("gives up a client's calls and state when it goes", async () => {
    const { service, server, client } = connect(ports());
    const held = client.call("hold", { name: "h" });
    await until(() => service.held.has("h"));
    client.dispose();
    expect(await held).toMatchObject({ ok: false, error: { name: "engine-gone" } });
    await until(() => server.clients === 0);
    expect(service.cancelled).toEqual(["h"]);
    expect(service.clients.map((each) => each.disposed)).toEqual([true]);
  });

  it("sends events only while somebody listens, in order", async () => {
    const { server, client } = connect(ports());
    server.emit("news", "before");
    const heard: string[] = [];
    const first = client.on("news", (value) => heard.push(`1 ${value}`));
    const second = client.on("news", (value) => heard.push(`2 ${value}`));
    await client.call("echo", { text: "listening" });
    server.emit("news", "a");
    await until(() => heard.length === 2);
    first.dispose();
    for (const value of ["b", "c", "d", "e", "f"]) server.emit("news", value);
    await until(() => heard.includes("2 f"));
    second.dispose();
    await client.call("echo", { text: "no longer" });
    server.emit("news", "after");
    await client.call("echo", { text: "flushed" });
    expect(heard).toEqual(["1 a", "2 a", "2 b", "2 c", "2 d", "2 e", "2 f"]);
  });

  it("skips old states for a client that is slow to listen, and never the last", async () => {
    const { server, client } = connect(ports());
    const heard: number[] = [];
    client.on("state", (value) => heard.push(value));
    await client.call("echo", { text: "listening" });
    for (let value = 1; value <= 1000; value += 1) server.emit("state", value);
    await until(() => heard.at(-1) === 1000);
    expect(heard).toEqual([1, 1000]);
  });
});

it("hands buffers over instead of copying them", async () => {
  const { service, client } = connect(workerPorts());
  const answer = await client.call("bytes", { length: 100 });
  expect(answer).toEqual({ ok: true, value: new Uint8Array(100).fill(7) });
  expect(service.lastBytes?.byteLength).toBe(0);
});

it("answers a request that cannot be cloned with an error, not an exception", async () => {
  const { client } = connect(workerPorts());
  const params = { text: (() => "") as unknown as string };
  expect(await client.call("echo", params)).toMatchObject({ ok: false, error: { name: "bad-request" } });
});

it("serves each client by itself", async () => {
  const { server, client } = connect(createInProcessPorts());
  const [near, far] = createInProcessPorts();
  server.serve(far);
  const other: RpcClient<TestVerbs, TestEvents> = createRpcClient(near);
  const heard: string[] = [];
  other.on("news", (value) => heard.push(value));
  expect(await other.call("echo", { text: "2" })).toEqual({ ok: true, value: "2" });
  server.emit("news", "for all");
  client.dispose();
  await until(() => server.clients === 1 && heard.length === 1);
  expect(await other.call("echo", { text: "still" })).toEqual({ ok: true, value: "still" });
});
