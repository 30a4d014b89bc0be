import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { ManualScheduler } from "../../log/manualScheduler";
import { bytesOf } from "../testChunks";
import { untilHealth } from "../testHealth";
import { TestSink } from "../testSink";
import { ProgramSource } from "./programSource";
import { StreamSource } from "./streamSource";
import { TcpListener } from "./tcpListener";
import { UdpListener } from "./udpListener";

const scheduler = new ManualScheduler();
const disposables: { dispose(): void }[] = [];

afterEach(() => {
  for (const each of disposables.splice(0)) each.dispose();
});

describe("StreamSource", () => {
  it("reads lines, the unfinished last one too", async () => {
    const [stream, sink] = [new PassThrough(), new TestSink()];
    const source = new StreamSource("stdin", stream, scheduler);
    disposables.push(source);
    source.start(sink);
    stream.write(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xc5));
    stream.write(Uint8Array.of(0x82, 0x0d, 0x0a, 0xff, 0x0a));
    stream.end(bytesOf("last"));
    await untilHealth(source, ({ state }) => state === "ended");
    expect(sink.texts).toEqual(["ał\n", "\ufffd\n", "last\n"]);
  });

  it("leaves the stream to its owner", async () => {
    const [stream, sink] = [new PassThrough(), new TestSink()];
    const source = new StreamSource("stdin", stream, scheduler);
    source.start(sink);
    stream.write("a\n");
    await sink.until(() => sink.prints.length === 1);
    source.dispose();
    stream.write("b\n");
    expect([stream.destroyed, sink.texts]).toEqual([false, ["a\n"]]);
  });
});

describe("ProgramSource", () => {
  const program = (script: string, ...args: string[]) => {
    const source = new ProgramSource({ file: process.execPath, args: ["-e", script, "--", ...args], scheduler });
    disposables.push(source);
    return source;
  };

  it("reads both outputs and says how the program ended", async () => {
    const [source, sink] = [
      program("console.log('out'); process.stderr.write('err'); process.exitCode = 3"),
      new TestSink(),
    ];
    source.start(sink);
    const health = await untilHealth(source, ({ state }) => state === "ended");
    expect(health.message).toContain("exit code 3");
    expect(sink.texts.sort()).toEqual(["err\n", "out\n"]);
    expect(sink.prints[0]?.processId).toBeGreaterThan(0);
  });

  it("gives arguments to no shell", async () => {
    const argument = "$(echo no); `id` & | > \"'";
    const [source, sink] = [program("console.log(process.argv[1])", argument), new TestSink()];
    source.start(sink);
    await untilHealth(source, ({ state }) => state === "ended");
    expect(sink.texts).toEqual([`${argument}\n`]);
  });

  it("says that a program is not there, or cannot be given what it was to get", async () => {
    const absent = new ProgramSource({ file: "no-such-program", args: [], scheduler });
    absent.start(new TestSink());
    expect((await untilHealth(absent, ({ state }) => state === "failed")).message).toContain("ENOENT");
    const odd = new ProgramSource({ file: process.execPath, args: ["a\0b"], scheduler });
    odd.start(new TestSink());
    expect(odd.health().state).toBe("failed");
  });

  it("ends the program when it is disposed", async () => {
    const [source, sink] = [program("console.log('up'); setInterval(() => {}, 1000)"), new TestSink()];
    source.start(sink);
    await sink.until(() => sink.prints.length === 1);
    source.dispose();
    expect((await untilHealth(source, ({ state }) => state === "ended")).message).toContain("SIGTERM");
  });
});

describe("TcpListener", () => {
  async function listening() {
    const [source, sink] = [new TcpListener({ port: 0, scheduler }), new TestSink()];
    disposables.push(source);
    source.start(sink);
    await untilHealth(source, ({ state }) => state === "running");
    return { source, sink, port: source.port ?? 0 };
  }

  async function connect(port: number): Promise<net.Socket> {
    const socket = net.connect(port, "127.0.0.1");
    disposables.push({ dispose: () => socket.destroy() });
    socket.on("error", () => {});
    await once(socket, "connect");
    return socket;
  }

  it("takes lines from several at once, each with its own unfinished line", async () => {
    const { sink, port } = await listening();
    const [one, other] = [await connect(port), await connect(port)];
    one.write("one ");
    other.write("other\n");
    await sink.until(() => sink.prints.length === 1);
    one.end("whole");
    await sink.until(() => sink.prints.length === 2);
    expect(sink.texts).toEqual(["other\n", "one whole\n"]);
    expect(sink.prints[0]?.process).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it("refuses more connections than it may have, and counts them", async () => {
    const { source, port } = await listening();
    for (let count = 0; count < 65; count += 1) await connect(port);
    const health = await untilHealth(source, ({ counters }) => counters.refused !== undefined);
    expect(health.counters.refused).toBe(1);
  });

  it("says that its port is taken", async () => {
    const { port } = await listening();
    const second = new TcpListener({ port, scheduler });
    disposables.push(second);
    second.start(new TestSink());
    expect((await untilHealth(second, ({ state }) => state === "failed")).message).toContain("EADDRINUSE");
  });

  it("ends its connections when it is disposed", async () => {
    const { source, port } = await listening();
    const socket = await connect(port);
    const closed = once(socket, "close");
    socket.resume();
    source.dispose();
    await closed;
    expect(source.port).toBeUndefined();
  });
});

describe("UdpListener", () => {
  it("takes each datagram for itself", async () => {
    const [source, sink] = [new UdpListener({ port: 0, scheduler }), new TestSink()];
    disposables.push(source);
    source.start(sink);
    await untilHealth(source, ({ state }) => state === "running");
    const client = dgram.createSocket("udp4");
    disposables.push({ dispose: () => client.close() });
    client.send(bytesOf("a\nb"), source.port ?? 0, "127.0.0.1");
    await sink.until(() => sink.prints.length === 2);
    client.send(bytesOf("c\r\n"), source.port ?? 0, "127.0.0.1");
    await sink.until(() => sink.prints.length === 3);
    expect(sink.texts).toEqual(["a\n", "b\n", "c\n"]);
    source.dispose();
    expect(source.port).toBeUndefined();
  });

  it("says that its port is taken", async () => {
    const first = new UdpListener({ port: 0, scheduler });
    disposables.push(first);
    first.start(new TestSink());
    await untilHealth(first, ({ state }) => state === "running");
    const second = new UdpListener({ port: first.port ?? 0, scheduler });
    disposables.push(second);
    second.start(new TestSink());
    expect((await untilHealth(second, ({ state }) => state === "failed")).message).toContain("EADDRINUSE");
  });
});
