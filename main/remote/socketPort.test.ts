import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ManualScheduler } from "../log/manualScheduler";
import { createRpcClient, type RpcClient } from "../rpc/rpcClient";
import { RpcServer } from "../rpc/rpcServer";
import { type TestEvents, TestService, type TestVerbs } from "../rpc/testService";
import { encodeFrame } from "./frame";
import { SocketPort, type SocketPortOptions } from "./socketPort";
import { cleanUp, cleanUpAll } from "./testAgent";

afterEach(cleanUpAll);

async function socketPair(): Promise<[Socket, Socket]> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const near = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [far] = (await once(server, "connection")) as [Socket];
  cleanUp(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return [near, far];
}

async function ports(options: Partial<SocketPortOptions> = {}) {
  const [near, far] = await socketPair();
  const scheduler = new ManualScheduler();
  const make = (socket: Socket) => new SocketPort(socket, { scheduler, ...options });
  return { near: make(near), far: make(far), scheduler, sockets: { near, far } };
}

const closing = (port: SocketPort) =>
  new Promise<string | undefined>((resolve) => port.onClose(() => resolve(port.closeReason)));
const message = (port: SocketPort) => new Promise<unknown>((resolve) => port.onMessage(resolve));

describe("a port over a socket", () => {
  it("carries calls, answers and events like any other port", async () => {
    const { near, far } = await ports();
    const server = new RpcServer(new TestService());
    server.serve(far);
    const client: RpcClient<TestVerbs, TestEvents> = createRpcClient(near);
    const news: string[] = [];
    client.on("news", (text) => news.push(text));
    const answers = Array.from({ length: 100 }, (_, index) => client.call("echo", { text: String(index) }));
    expect(await Promise.all(answers)).toEqual(answers.map((_, index) => ({ ok: true, value: String(index) })));
    const bytes = await client.call("bytes", { length: 3_000_000 });
    expect(bytes).toMatchObject({ ok: true });
    if (bytes.ok) expect(bytes.value.every((byte) => byte === 7) && bytes.value.byteLength === 3_000_000).toBe(true);
    for (let count = 0; count < 5; count += 1) server.emit("news", `news ${count}`);
    await client.call("echo", { text: "" });
    await client.call("echo", { text: "" });
    await client.call("echo", { text: "" });
    await client.call("echo", { text: "" });
    expect(news).toEqual(["news 0", "news 1", "news 2", "news 3", "news 4"]);
  });

  it("answers a call whose answer or parameters are too long with a sentence, and goes on", async () => {
    const { near, far } = await ports({ frameLimit: 10_000 });
    new RpcServer(new TestService()).serve(far);
    const client: RpcClient<TestVerbs, TestEvents> = createRpcClient(near);
    const most = expect.stringContaining("10000 is the most that goes over the connection");
    expect(await client.call("bytes", { length: 20_000 })).toMatchObject({
      error: { name: "internal", message: most },
    });
    expect(await client.call("echo", { text: "x".repeat(20_000) })).toMatchObject({
      error: { name: "bad-request", message: most },
    });
    expect(await client.call("echo", { text: "x" })).toEqual({ ok: true, value: "x" });
  });

  it("lets out what was posted before it closes, and tells the other side why", async () => {
    const { near, far } = await ports();
    const received = message(far);
    const closed = closing(far);
    near.post(new Uint8Array(5_000_000));
    near.close("Enough for today.");
    near.post("never sent");
    expect(near.closeReason).toBe("Enough for today.");
    expect(await received).toHaveLength(5_000_000);
    expect(await closed).toBe("Enough for today.");
  });

  it("closes on a peer that goes without a word", async () => {
    const { near, sockets } = await ports();
    const closed = closing(near);
    sockets.far.destroy();
    expect(await closed).toMatch(/The other side ended|The connection (failed|is gone)/);
    near.close();
    near.post("lost");
  });

  it("stays open while signs of life come, and notices when they do not", async () => {
    const { near, far, scheduler, sockets } = await ports({ aliveInterval: 1000 });
    for (let second = 0; second < 10; second += 1) {
      const signs = Promise.all([once(sockets.near, "data"), once(sockets.far, "data")]);
      scheduler.advance(1000);
      await signs;
    }
    expect([near.closeReason, far.closeReason]).toEqual([undefined, undefined]);
  });

  it("counts a peer as gone that gives no sign of life", async () => {
    const [near] = await socketPair();
    const scheduler = new ManualScheduler();
    const port = new SocketPort(near, { scheduler, aliveInterval: 10_000 });
    scheduler.advance(29_999);
    expect(port.closeReason).toBeUndefined();
    scheduler.advance(1);
    expect(port.closeReason).toBe("Nothing was heard of the other side for 30 s.");
    expect(near.destroyed).toBe(true);
  });

  it("cuts off a peer that lives and does not read", async () => {
    const [near, far] = await socketPair();
    const scheduler = new ManualScheduler();
    const port = new SocketPort(near, { scheduler, aliveInterval: 10_000 });
    port.post(new Uint8Array(30_000_000));
    // What the system's buffers take counts as read, so it may need some intervals more than the three.
    for (let interval = 0; interval < 50 && port.closeReason === undefined; interval += 1) {
      const heard = once(near, "data");
      far.write(encodeFrame({ kind: "alive" }));
      await heard;
      scheduler.advance(10_000);
    }
    expect(port.closeReason).toMatch(/^The other side has read nothing for 30 s: \d+ bytes wait for it\.$/);
  });

  it("cuts off a peer for which more waits than the limit", async () => {
    const [near] = await socketPair();
    const port = new SocketPort(near, { scheduler: new ManualScheduler(), unsentLimit: 1_000_000 });
    const closed = closing(port);
    for (let count = 0; count < 100; count += 1) port.post(new Uint8Array(500_000));
    expect(await closed).toMatch(/^The other side does not read: \d+ bytes wait for it\.$/);
  });
});
