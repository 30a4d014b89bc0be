import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ManualScheduler } from "../../log/manualScheduler";
import { RECONNECT_AFTER } from "../reconnectingSocket";
import { bytesOf } from "../testChunks";
import { untilHealth } from "../testHealth";
import { type TestConnection, TestServer } from "../testServer";
import { TestSink } from "../testSink";
import { encodeControlPacket, encodeDataPacket } from "./kdPacket";
import { KdSerialSource } from "./kdSerialSource";
import { debugPrintPayload, exceptionPayload, hex } from "./testTarget";

const RESET = hex("69696969 0600 0000 00000000 00000000");
const ACK0 = hex("69696969 0400 0000 00008080 00000000");
const ACK1 = hex("69696969 0400 0000 01008080 00000000");
const CONTINUE_SIZE = 16 + 56 + 1;

describe("KdSerialSource", () => {
  const disposables: { dispose(): void }[] = [];
  afterEach(() => {
    for (const each of disposables.splice(0)) each.dispose();
  });

  async function connected(breakIn = false) {
    const server = new TestServer();
    const [scheduler, sink] = [new ManualScheduler(), new TestSink()];
    const port = await server.listen();
    const label = `tcp:127.0.0.1:${port}`;
    const source = new KdSerialSource({ address: { host: "127.0.0.1", port }, label, scheduler, breakIn });
    disposables.push(source, server);
    source.start(sink);
    const target = await server.accept();
    return { server, scheduler, sink, source, target };
  }

  const send = (target: TestConnection, bytes: Uint8Array) => target.socket.write(bytes);

  it("greets, prints, acknowledges and resumes over TCP", async () => {
    const { target, sink, source } = await connected();
    expect(await target.read(16)).toEqual(RESET);
    send(target, encodeControlPacket(6, 0));
    send(target, encodeDataPacket(3, 0x80800800, debugPrintPayload("from the kernel\n")));
    expect(await target.read(16)).toEqual(ACK0);
    await sink.until(() => sink.prints.length === 1);
    expect(sink.prints).toEqual([
      {
        source: "kernel",
        time: 1_700_000_000_000,
        component: -1,
        level: -1,
        processId: 0,
        threadId: 0,
        process: "",
        text: "from the kernel\n",
      },
    ]);
    send(target, encodeDataPacket(7, 0x80800001, exceptionPayload(0x3031, 0, 0n)));
    expect(await target.read(16)).toEqual(ACK1);
    const resume = await target.read(CONTINUE_SIZE);
    expect(resume.subarray(0, 8)).toEqual(hex("30303030 0200 3800"));
    expect(resume.subarray(16, 20)).toEqual(hex("36310000"));
    send(target, encodeControlPacket(4, 0x80800000));
    expect(source.health()).toMatchObject({ state: "running", counters: { resumed: 1 } });
  });

  it("hears a kernel through a pipe", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "ntscope-kd-"));
    const pipe = process.platform === "win32" ? `\\\\.\\pipe\\ntscope-kd-${process.pid}` : path.join(folder, "com1");
    const [server, sink] = [new TestServer(), new TestSink()];
    await server.listen(pipe);
    const source = new KdSerialSource({ address: { path: pipe }, label: pipe, scheduler: new ManualScheduler() });
    disposables.push(source, server);
    source.start(sink);
    const target = await server.accept();
    expect(await target.read(16)).toEqual(RESET);
    send(target, encodeDataPacket(3, 0x80800800, debugPrintPayload("through a pipe\n")));
    expect(await target.read(16)).toEqual(ACK0);
    expect(sink.texts).toEqual(["through a pipe\n"]);
    await rm(folder, { recursive: true });
  });

  it("greets a silent line every two seconds, with a break if asked to", async () => {
    const { target, scheduler } = await connected(true);
    expect(await target.read(17)).toEqual(Uint8Array.of(...RESET, 0x62));
    scheduler.advance(2000);
    expect(await target.read(17)).toEqual(Uint8Array.of(...RESET, 0x62));
  });

  it("sends an unacknowledged packet again", async () => {
    const { target, scheduler } = await connected();
    await target.read(16);
    send(target, encodeDataPacket(7, 0x80800800, exceptionPayload(0x3032, 0, 0n)));
    await target.read(16);
    const resume = await target.read(CONTINUE_SIZE);
    scheduler.advance(1000);
    expect(await target.read(CONTINUE_SIZE)).toEqual(resume);
  });

  it("shows the lines of a plain text console, and greets no more", async () => {
    const { target, scheduler, sink, source } = await connected();
    await target.read(16);
    send(target, bytesOf("(ntoskrnl/kd/kdio.c:1) ReactOS\r\nunfinished"));
    await sink.until(() => sink.prints.length === 1);
    expect(source.health().message).toContain("plain text");
    scheduler.advance(10_000);
    target.socket.end();
    await sink.until(() => sink.prints.length === 2);
    expect(sink.texts).toEqual(["(ntoskrnl/kd/kdio.c:1) ReactOS\n", "unfinished\n"]);
    await target.until(() => target.isClosed);
    expect(target.socket.bytesRead).toBe(16);
  });

  it("notes a bug check in words beside what the target prints", async () => {
    const { target, sink } = await connected();
    send(target, encodeDataPacket(3, 0x80800800, debugPrintPayload("\n*** Fatal System Error: 0x000000d1\n")));
    await sink.until(() => sink.notes.length === 1);
    expect(sink.notes[0]).toMatchObject({ kind: "bugcheck", text: expect.stringContaining("IRQL_NOT_LESS_OR_EQUAL") });
    expect(sink.prints).toHaveLength(1);
  });

  it("counts broken packets and asks for them again", async () => {
    const { target, source } = await connected();
    await target.read(16);
    const bad = encodeDataPacket(3, 0x80800800, debugPrintPayload("x"));
    bad[12] = 0x99;
    send(target, bad);
    expect(await target.read(16)).toEqual(hex("69696969 0500 0000 00000000 00000000"));
    expect(source.health().counters).toMatchObject({ malformed: 1, resent: 1 });
  });

  it("connects again after the target went away", async () => {
    const { server, target, scheduler, source, sink } = await connected();
    await target.read(16);
    target.socket.destroy();
    await untilHealth(source, (health) => health.state === "failed");
    scheduler.advance(RECONNECT_AFTER);
    const again = await server.accept();
    expect(await again.read(16)).toEqual(RESET);
    send(again, encodeDataPacket(3, 0x80800800, debugPrintPayload("rebooted\n")));
    await sink.until(() => sink.prints.length === 1);
    expect(source.health().state).toBe("running");
  });

  it("says why it cannot connect, and tries again only as long as it lives", async () => {
    const server = new TestServer();
    const port = await server.listen();
    server.dispose();
    const scheduler = new ManualScheduler();
    const source = new KdSerialSource({ address: { host: "127.0.0.1", port }, label: "tcp:x", scheduler });
    source.start(new TestSink());
    const health = await untilHealth(source, ({ state }) => state === "failed");
    expect(health.message).toContain("ECONNREFUSED");
    source.dispose();
    expect(scheduler.waiting).toBe(0);
  });
});
