import { once } from "node:events";
import { type AddressInfo, connect as connectSocket, createServer } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { nodeScheduler } from "../engine/nodeScheduler";
import { fail, ok } from "../machine/result";
import { RpcServer } from "../rpc/rpcServer";
import { TestService } from "../rpc/testService";
import { connectAgent } from "./agentClient";
import { makeAgentKey } from "./agentKey";
import { encodeFrame } from "./frame";
import { NTSCOPE_VERSION, PROTOCOL_VERSION } from "./handshake";
import { clientTls } from "./pskTls";
import { AgentEvents, cleanUp, cleanUpAll, modelEngine, startAgent, type TestAgent, testKey, value } from "./testAgent";

afterEach(cleanUpAll);

const hello = { ntscope: "hello", protocol: PROTOCOL_VERSION, version: NTSCOPE_VERSION } as const;

/** A connection that proved the key and then says what it likes. */
async function rawClient(agent: TestAgent): Promise<TLSSocket> {
  const socket = connectTls({ ...agent.server.address, ...clientTls(testKey) });
  cleanUp(() => socket.destroy());
  socket.on("error", () => {});
  await once(socket, "secureConnect");
  return socket;
}

describe("an agent", () => {
  it("serves its engine to who has the key, and to several at once", async () => {
    const agent = await startAgent(modelEngine());
    const [first, second] = [value(await agent.connect()), value(await agent.connect())];
    expect(first.agent).toEqual({ id: agent.server.identity.id, name: "test", version: NTSCOPE_VERSION });
    expect(agent.server.address.host).toBe("127.0.0.1");
    expect(agent.server.clients).toBe(2);
    const list = (client: typeof first.client) => client.call("objects.list", { path: "\\" });
    const [one, two] = await Promise.all([list(first.client), list(second.client)]);
    expect(value(one).entries.map((entry) => entry.name)).toContain("Device");
    expect(two).toEqual(one);
    // What belongs to one client is nobody else's.
    const { view } = value(await first.client.call("log.openView", { rules: [] }));
    expect(await second.client.call("log.rows", { view, from: 0, count: 1 })).toMatchObject({
      ok: false,
      error: { name: "no-view" },
    });
    const gone = agent.events.next("detached");
    first.client.dispose();
    await gone;
    expect(agent.server.clients).toBe(1);
    expect(value(await second.client.call("machine.info", {})).kind).toBe("model");
  });

  it("refuses a wrong key, in words on both sides, and goes on", async () => {
    const agent = await startAgent(modelEngine());
    const told = agent.events.next("refused");
    const refused = await agent.connect({ key: makeAgentKey() });
    expect(refused).toMatchObject({ ok: false, error: { name: "agent-refused" } });
    if (!refused.ok) expect(refused.error.message).toContain("does not take this key");
    expect((await told).reason).toContain("did not prove the key");
    expect((await agent.connect()).ok).toBe(true);
  });

  it("refuses another version of the protocol, in words on both sides", async () => {
    const agent = await startAgent(modelEngine());
    const told = agent.events.next("refused");
    const refused = await agent.connect({ hello: { ...hello, protocol: 99, version: "9.0.0" } });
    const sentence = `The agent (ntscope ${NTSCOPE_VERSION}) speaks version ${PROTOCOL_VERSION} of the protocol, its client (ntscope 9.0.0) version 99: both need the same version of ntscope.`;
    expect(refused).toMatchObject({ ok: false, error: { name: "agent-refused" } });
    if (!refused.ok) expect(refused.error.message).toContain(sentence);
    expect((await told).reason).toBe(sentence);
    expect((await agent.connect()).ok).toBe(true);
  });

  it("answers an address no more that failed too often, until a while has passed", async () => {
    let time = 0;
    const scheduler = { ...nodeScheduler, now: () => time };
    const agent = await startAgent(modelEngine(), { scheduler, failures: { most: 3, window: 1000 } });
    for (let count = 0; count < 3; count += 1) {
      expect(await agent.connect({ key: makeAgentKey() })).toMatchObject({ error: { name: "agent-refused" } });
    }
    const unanswered = await agent.connect();
    expect(unanswered).toMatchObject({ ok: false, error: { name: "agent-unreachable" } });
    if (!unanswered.ok) expect(unanswered.error.message).toContain("refuses us for a while");
    time = 1001;
    expect((await agent.connect()).ok).toBe(true);
  });

  it("lets in so many clients at a time and tells the next one", async () => {
    const agent = await startAgent(modelEngine(), { mostClients: 1 });
    const first = value(await agent.connect());
    const second = await agent.connect();
    expect(second).toMatchObject({ ok: false, error: { name: "agent-refused" } });
    if (!second.ok) expect(second.error.message).toContain("1 clients are attached");
    const gone = agent.events.next("detached");
    first.client.dispose();
    await gone;
    expect((await agent.connect()).ok).toBe(true);
  });

  it("says goodbye when it is stopped, and calls under way have an answer", async () => {
    const service = new TestService();
    const rpc = new RpcServer(service);
    const agent = await startAgent(rpc);
    const { client, onClose } = value(await agent.connect());
    const held = client.call("hold" as "objects.list", { name: "x" } as never);
    expect(await client.call("echo" as "objects.list", { text: "a" } as never)).toEqual(ok("a"));
    const reason = new Promise<string>((resolve) => onClose(resolve));
    await agent.server.stop();
    expect(await reason).toBe("The agent was stopped.");
    expect(await held).toMatchObject({ ok: false, error: { name: "engine-gone" } });
    expect(service.clients.map((each) => each.disposed)).toEqual([true]);
  });

  it("tells when it cannot listen, and when nothing listens", async () => {
    const agent = await startAgent(modelEngine());
    await expect(startAgent(modelEngine(), { address: agent.server.address })).rejects.toThrow(/cannot listen on 127/);
    await agent.server.stop();
    const pairing = { ...agent.server.address, key: testKey };
    const { address } = await freePort();
    expect(await connectAgent({ pairing: { ...pairing, ...address }, scheduler: nodeScheduler })).toMatchObject({
      ok: false,
      error: { name: "agent-unreachable", message: expect.stringContaining("nothing listens there") },
    });
  });

  it("can be given up while it is being reached", async () => {
    const agent = await startAgent(modelEngine());
    const pairing = { ...agent.server.address, key: testKey };
    const controller = new AbortController();
    const connecting = connectAgent({ pairing, scheduler: nodeScheduler, signal: controller.signal });
    controller.abort();
    expect(await connecting).toMatchObject(fail({ name: "cancelled" } as never));
  });
});

describe("whatever a client sends", () => {
  it("without TLS, only its own connection is closed", async () => {
    const agent = await startAgent(modelEngine(), { failures: { most: 1000, window: 1000 } });
    const honest = value(await agent.connect());
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 6, maxLength: 300 }), async (bytes) => {
        const socket = connectSocket(agent.server.address);
        socket.on("error", () => {});
        // Ended, so that a handshake that was begun well is not waited for.
        socket.end(bytes);
        await once(socket, "close");
      }),
      { numRuns: 50, seed: 1 },
    );
    expect(value(await honest.client.call("machine.info", {})).kind).toBe("model");
  });

  it("before or after its greeting, only its own connection is closed", async () => {
    const agent = await startAgent(modelEngine());
    const honest = value(await agent.connect());
    const greeting = encodeFrame({ kind: "message", message: hello });
    const call = encodeFrame({
      kind: "message",
      message: { type: "call", id: 1, verb: "devices.write", params: { handle: 1, data: new Uint8Array(9) } },
    });
    const changed = fc
      .array(fc.tuple(fc.nat(call.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const bytes = Buffer.from(call);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const sent = fc.oneof(
      fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
      changed,
      fc.nat(call.byteLength).map((end) => call.subarray(0, end)),
      fc.integer({ min: 1, max: 5 }).map((times) => Buffer.concat(Array(times).fill(call))),
      fc.constant(Buffer.concat([greeting, greeting])),
    );
    await fc.assert(
      fc.asyncProperty(sent, fc.boolean(), async (bytes, greets) => {
        const socket = await rawClient(agent);
        socket.resume();
        socket.end(greets ? Buffer.concat([greeting, bytes]) : bytes);
        await once(socket, "close");
      }),
      { numRuns: 60, seed: 2 },
    );
    expect(value(await honest.client.call("machine.info", {})).kind).toBe("model");
    expect((await agent.connect()).ok).toBe(true);
  });

  it("a frame of megabytes is refused before the greeting, with the reason", async () => {
    const agent = await startAgent(modelEngine());
    const socket = await rawClient(agent);
    const told = agent.events.next("refused");
    socket.write(Buffer.from([0, 0, 0, 3, 0]));
    const [reply] = (await once(socket, "data")) as [Buffer];
    expect(reply.toString("utf8")).toContain("50331648 bytes is announced; 4096 is the most");
    expect((await told).reason).toContain("was not understood");
  });

  it("a recorded connection cannot be played again", async () => {
    const agent = await startAgent(modelEngine());
    const recorded: Buffer[] = [];
    const relay = createServer((near) => {
      const far = connectSocket(agent.server.address);
      near.on("data", (chunk) => recorded.push(chunk));
      near.pipe(far).pipe(near);
    });
    await once(relay.listen(0, "127.0.0.1"), "listening");
    cleanUp(() => relay.close());
    const { port } = relay.address() as AddressInfo;
    const pairing = { host: "127.0.0.1", port, key: testKey };
    const attached = agent.events.next("attached");
    const { client } = value(await connectAgent({ pairing, scheduler: nodeScheduler }));
    await attached;
    client.dispose();
    const told = agent.events.next("refused");
    const replay = connectSocket(agent.server.address);
    replay.on("error", () => {});
    replay.resume();
    replay.write(Buffer.concat(recorded));
    await once(replay, "close");
    expect((await told).reason).toContain("did not prove the key");
  });
});

describe("a client that does not read", () => {
  it("is cut off with the reason, and the others are served", async () => {
    const agent = await startAgent(new RpcServer(new TestService()), { port: { unsentLimit: 2 ** 20 } });
    const honest = value(await agent.connect());
    const attached = agent.events.next("attached");
    const deaf = await rawClient(agent);
    deaf.write(encodeFrame({ kind: "message", message: hello }));
    await attached;
    deaf.pause();
    const gone = agent.events.next("detached");
    for (let id = 1; id <= 40; id += 1) {
      const params = { length: 2 ** 20 };
      deaf.write(encodeFrame({ kind: "message", message: { type: "call", id, verb: "bytes", params } }));
    }
    expect((await gone).reason).toMatch(/^The other side does not read: \d+ bytes wait for it\.$/);
    const bytes = await honest.client.call("bytes" as "objects.list", { length: 100 } as never);
    expect(bytes).toMatchObject({ ok: true });
    expect(agent.server.clients).toBe(1);
  });
});

/** A port that nothing listens on: taken and given back. */
async function freePort() {
  const events = new AgentEvents();
  const agent = await startAgent(new RpcServer(new TestService()), { onEvent: events.take });
  const { address } = agent.server;
  await agent.server.stop();
  return { address };
}
