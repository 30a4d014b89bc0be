import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { ManualScheduler } from "../../log/manualScheduler";
import { bytesOf, cutAt, joined } from "../testChunks";
import { untilHealth } from "../testHealth";
import { TestServer } from "../testServer";
import { TestSink } from "../testSink";
import { agentGreeting } from "./agentGreeting";
import { AgentParser, MAX_BLOCK } from "./agentParser";
import { DbgviewAgentSource } from "./dbgviewAgentSource";

/** Places to cut a stream at. */
const cuts = fc.array(fc.nat(), { maxLength: 12 });

/** What the agent answers to the two questions of the greeting. */
const ANSWER = Uint8Array.of(0xff, 0xff, 0xff, 0x7f, 0x80, 0x96, 0x98, 0x00);
/** FILETIME of Unix time 1.5 s. */
const FILE_TIME = 116_444_736_000_000_000n + 15_000_000n;

function record(lineNumber: number, text: Uint8Array | string): Uint8Array {
  const encoded = typeof text === "string" ? bytesOf(text) : text;
  const size = 20 + encoded.length + 1;
  const bytes = new Uint8Array(Math.ceil(size / 4) * 4).fill(0xcc);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, lineNumber, true);
  view.setBigUint64(4, FILE_TIME, true);
  view.setBigInt64(12, 123n, true);
  bytes.set(encoded, 20);
  bytes[20 + encoded.length] = 0;
  return bytes;
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function blockOf(...records: Uint8Array[]): Uint8Array {
  const bytes = joined(...records);
  return joined(u32(bytes.length), bytes);
}

function run(chunks: readonly Uint8Array[]): unknown[] {
  const heard: unknown[] = [];
  const parser = new AgentParser({
    ready: () => heard.push("ready"),
    record: (each) => heard.push(each),
    malformed: () => heard.push("malformed"),
    failed: (reason) => heard.push(reason),
  });
  for (const chunk of chunks) parser.push(chunk);
  return heard;
}

describe("agentGreeting", () => {
  it("is the words that the agent knows", () => {
    expect(agentGreeting({ kernel: false, win32: true })).toEqual(
      Uint8Array.of(0x24, 0, 5, 0x83, 0x04, 0, 5, 0x83, 0x28, 0, 5, 0x83, 0x18, 0, 5, 0x83),
    );
    expect(agentGreeting({ kernel: true, win32: false }).filter((_, index) => index % 4 === 0)).toEqual(
      Uint8Array.of(0x24, 0x00, 0x28, 0x1c),
    );
  });
});

describe("AgentParser", () => {
  it("reads kernel and Win32 records, padded to 4", () => {
    const block = blockOf(
      record(1, "\x011234\x02 hello\n"),
      record(2, "kernel"),
      record(3, "\x01x\x02 odd"),
      record(4, ""),
    );
    expect(run([ANSWER, u32(0), block, u32(0), blockOf(record(5, "\x0199999999999\x02 "))])).toEqual([
      "ready",
      { lineNumber: 1, time: 1500, processId: 1234, text: "hello" },
      { lineNumber: 2, time: 1500, processId: undefined, text: "kernel" },
      { lineNumber: 3, time: 1500, processId: undefined, text: "\x01x\x02 odd" },
      { lineNumber: 4, time: 1500, processId: undefined, text: "" },
      { lineNumber: 5, time: 1500, processId: undefined, text: "\x0199999999999\x02 " },
    ]);
  });

  it("reads a block that ends within a record, and goes on with the next", () => {
    const cut = record(1, "no NUL").slice(0, 26);
    const [heard] = [
      run([ANSWER, blockOf(cut), blockOf(record(2, "a"), Uint8Array.of(1, 2, 3)), blockOf(record(3, "b"))]),
    ];
    expect(heard).toMatchObject(["ready", { text: "no NUL" }, { text: "a" }, "malformed", { text: "b" }]);
  });

  it("gives up on hostile lengths", () => {
    expect(run([ANSWER, u32(MAX_BLOCK + 1), blockOf(record(1, "x"))])).toEqual([
      "ready",
      `The agent announces ${MAX_BLOCK + 1} bytes.`,
    ]);
    expect(run([ANSWER, u32(0x7fffffff)])).toEqual(["ready", "The agent reports an error."]);
  });

  it("says the same however the bytes are cut, and never throws", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("\x0142\x02 x", "\x01\x02", "\x017"));
    const piece = fc.oneof(
      fc
        .array(
          text.map((each) => record(1, each)),
          { maxLength: 3 },
        )
        .map((records) => blockOf(...records)),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => blockOf(bytes)),
      fc.uint8Array({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), cuts, (pieces, places) => {
        const bytes = joined(ANSWER, ...pieces);
        expect(run(cutAt(bytes, places))).toEqual(run([bytes]));
      }),
    );
  });
});

describe("DbgviewAgentSource", () => {
  const disposables: { dispose(): void }[] = [];
  afterEach(() => {
    for (const each of disposables.splice(0)) each.dispose();
  });

  async function connected() {
    const server = new TestServer();
    const sink = new TestSink();
    const port = await server.listen();
    const source = new DbgviewAgentSource({
      address: { host: "127.0.0.1", port },
      label: "target",
      capture: { kernel: true, win32: true },
      scheduler: new ManualScheduler(),
    });
    disposables.push(source, server);
    source.start(sink);
    return { sink, source, agent: await server.accept() };
  }

  it("greets the agent and prints its records", async () => {
    const { sink, source, agent } = await connected();
    expect(await agent.read(16)).toEqual(agentGreeting({ kernel: true, win32: true }));
    expect(source.health().state).toBe("starting");
    agent.socket.write(joined(ANSWER, blockOf(record(1, "\x017\x02 one"), record(2, "two"))));
    await sink.until(() => sink.prints.length === 2);
    expect(sink.prints).toMatchObject([
      { source: "win32", processId: 7, time: 1500, text: "one\n" },
      { source: "kernel", processId: 0, time: 1500, text: "two\n" },
    ]);
    expect(source.health()).toMatchObject({ state: "running", message: expect.stringContaining("not protected") });
  });

  it("ends a connection that makes no sense, and says so", async () => {
    const { source, agent } = await connected();
    await agent.read(16);
    agent.socket.write(joined(ANSWER, u32(0x70000000)));
    const health = await untilHealth(source, ({ state }) => state === "failed");
    expect(health.message).toContain("announces 1879048192 bytes");
    await agent.until(() => agent.isClosed);
  });
});
