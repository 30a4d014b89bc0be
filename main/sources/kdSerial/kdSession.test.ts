import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, cutAt, joined } from "../testChunks";
import { KdFramer } from "./kdFramer";
import { encodeControlPacket, encodeDataPacket, type KdPacket } from "./kdPacket";
import { KdSession } from "./kdSession";
import { debugPrintPayload, exceptionPayload, hex, promptPayload } from "./testTarget";

/** Places to cut a stream at. */
const cuts = fc.array(fc.nat(), { maxLength: 12 });

const FIRST = 0x80800800;

class Host {
  readonly sent: KdPacket[] = [];
  readonly heard: string[] = [];
  raw: number[] = [];
  readonly session = new KdSession({
    send: (bytes) => {
      this.raw.push(...bytes);
      this.outgoing.push(bytes);
    },
    print: (text) => this.heard.push(`print ${new TextDecoder().decode(text)}`),
    plainText: (bytes) => this.heard.push(`text ${new TextDecoder().decode(bytes)}`),
    connected: () => this.heard.push("connected"),
    resumed: (stop) => this.heard.push(`resumed ${stop.reason.toString(16)}`),
    refusedFile: () => this.heard.push("refused"),
    broken: () => this.heard.push("broken"),
    skipped: (count) => this.heard.push(`skipped ${count}`),
    gaveUp: () => this.heard.push("gave up"),
  });
  private readonly outgoing = new KdFramer({
    packet: (packet) => this.sent.push(packet),
    text: () => {},
    skipped: () => {},
    broken: () => {},
  });

  /** Pushes a packet and answers what was sent because of it. */
  push(...chunks: Uint8Array[]): KdPacket[] {
    const before = this.sent.length;
    for (const chunk of chunks) this.session.push(chunk);
    return this.sent.slice(before);
  }
}

const acknowledge = (id: number) => expect.objectContaining({ isControl: true, type: 4, id });
const u32 = (packet: KdPacket | undefined, at: number) =>
  packet === undefined ? undefined : new DataView(packet.payload.buffer).getUint32(at, true);

describe("KdSession", () => {
  it("acknowledges a print with its id without SYNC", () => {
    const host = new Host();
    const line = hex("30303030 0300 1300 00088080 46010000 30320000 0600 0000 03000000 00000000 68690a aa");
    const sent = host.push(line);
    expect(host.heard).toEqual(["connected", "print hi\n"]);
    expect(sent).toEqual([acknowledge(0x80800000)]);
    expect(host.raw).toEqual([...hex("69696969 0400 0000 00008080 00000000")]);
  });

  it("prints a packet once that is sent again, and acknowledges it again", () => {
    const host = new Host();
    const first = encodeDataPacket(3, FIRST, debugPrintPayload("a\n"));
    const second = encodeDataPacket(3, 0x80800001, debugPrintPayload("b\n"));
    const third = encodeDataPacket(3, 0x80800000, debugPrintPayload("c\n"));
    expect(host.push(first, first, second, second, third)).toHaveLength(5);
    expect(host.heard).toEqual(["connected", "print a\n", "print b\n", "print c\n"]);
  });

  it("hears a target that boots anew and has another first packet", () => {
    const host = new Host();
    const boot = (text: string) => encodeDataPacket(3, FIRST, debugPrintPayload(text));
    host.push(boot("one\n"), boot("one\n"), boot("two\n"));
    expect(host.heard).toEqual(["connected", "print one\n", "print two\n"]);
  });

  it("takes a target up in the middle of its ids", () => {
    const host = new Host();
    host.push(encodeDataPacket(3, 0x80800001, debugPrintPayload("late\n")));
    expect(host.heard).toEqual(["connected", "print late\n"]);
  });

  it("reads the text of old stubs at 12", () => {
    const host = new Host();
    host.push(encodeDataPacket(3, FIRST, debugPrintPayload("old\n", 12)));
    expect(host.heard).toEqual(["connected", "print old\n"]);
  });

  it("answers RESET with RESET, once, and begins its ids anew", () => {
    const host = new Host();
    const reset = encodeControlPacket(6, 0);
    expect(host.push(reset)).toEqual([expect.objectContaining({ type: 6 })]);
    expect(host.push(reset)).toEqual([]);
    host.session.hello(false);
    expect(host.push(reset)).toEqual([]);
    host.push(encodeDataPacket(3, FIRST, debugPrintPayload("x\n")));
    expect(host.push(reset)).toEqual([expect.objectContaining({ type: 6 })]);
    host.push(encodeDataPacket(3, FIRST, debugPrintPayload("again\n")));
    expect(host.heard).toEqual(["connected", "print x\n", "print again\n"]);
  });

  it("asks for a broken packet again", () => {
    const host = new Host();
    const good = encodeDataPacket(3, FIRST, debugPrintPayload("once\n"));
    const bad = good.slice();
    bad[20] = 0x55;
    expect(host.push(bad)).toEqual([expect.objectContaining({ isControl: true, type: 5 })]);
    expect(host.push(good)).toEqual([acknowledge(0x80800000)]);
    expect(host.heard).toEqual(["broken", "connected", "print once\n"]);
  });

  it("finds the next packet when bytes were lost on the line", () => {
    const host = new Host();
    const cut = encodeDataPacket(3, FIRST, debugPrintPayload("lost")).slice(0, 24);
    const good = encodeDataPacket(3, FIRST, debugPrintPayload("found\n"));
    host.push(cut, good, good);
    expect(host.heard.filter((entry) => entry.startsWith("print"))).toEqual(["print found\n"]);
  });

  it("refuses files", () => {
    const host = new Host();
    const request = new Uint8Array(80);
    new DataView(request.buffer).setUint32(0, 0x3430, true);
    const [ack, refusal] = host.push(encodeDataPacket(11, FIRST, request));
    expect(ack).toEqual(acknowledge(0x80800000));
    expect(refusal).toMatchObject({ type: 11, id: 0x80800000 });
    expect([u32(refusal, 0), u32(refusal, 4), refusal?.payload.length]).toEqual([0x3430, 0xc0000001, 64]);
  });

  it("answers a prompt with ignore, and shows both", () => {
    const host = new Host();
    const [, answer] = host.push(encodeDataPacket(3, FIRST, promptPayload("Break, Ignore (bi)?", 2)));
    expect([u32(answer, 0), u32(answer, 12), answer?.payload[16]]).toEqual([0x3231, 1, 0x69]);
    expect(host.heard).toEqual(["connected", "print Break, Ignore (bi)?", "print  i\n"]);
  });

  it.each([
    ["loaded symbols", 0x3031, 0, 0x00010002],
    ["a command string", 0x3032, 0, 0x00010002],
    ["an access violation, left to its handlers", 0x3030, 0xc0000005, 0x80010001],
  ])("resumes a stop for %s", (_what, reason, code, status) => {
    const host = new Host();
    const [, resume] = host.push(encodeDataPacket(7, FIRST, exceptionPayload(reason, code, 0xfffff80001000000n)));
    expect(resume).toMatchObject({ type: 2 });
    expect([u32(resume, 0), u32(resume, 16), resume?.payload.length]).toEqual([0x3136, status, 56]);
  });

  it.each([
    [1232, 0xf8, 1n],
    [912, 0x108, 4n],
  ])("steps over a breakpoint instruction: context of %i bytes", (size, pcOffset, step) => {
    const host = new Host();
    const pc = 0xfffff80001000000n;
    const [, ask] = host.push(encodeDataPacket(7, FIRST, exceptionPayload(0x3030, 0x80000003, pc)));
    expect(u32(ask, 0)).toBe(0x3132);
    const answer = new Uint8Array(56 + size);
    new DataView(answer.buffer).setUint32(0, 0x3132, true);
    new DataView(answer.buffer).setBigUint64(56 + pcOffset, pc, true);
    const [, set] = host.push(encodeDataPacket(2, 0x80800001, answer));
    expect(u32(set, 0)).toBe(0x3133);
    expect(set && new DataView(set.payload.buffer).getBigUint64(56 + pcOffset, true)).toBe(pc + step);
    const [, resume] = host.push(encodeDataPacket(2, 0x80800000, new Uint8Array(56)));
    expect([u32(resume, 0), u32(resume, 16)]).toEqual([0x3136, 0x00010002]);
  });

  it("resumes at a breakpoint also where it does not know the machine", () => {
    const host = new Host();
    host.push(encodeDataPacket(7, FIRST, exceptionPayload(0x3030, 0x80000003, 1n)));
    const [, resume] = host.push(encodeDataPacket(2, 0x80800001, new Uint8Array(56 + 8)));
    expect(u32(resume, 0)).toBe(0x3136);
  });

  it("sends again what is not acknowledged, until it gives up", () => {
    const host = new Host();
    host.push(encodeDataPacket(7, FIRST, exceptionPayload(0x3031, 0, 0n)));
    const sends = () => host.sent.filter((packet) => packet.type === 2).length;
    host.session.tick();
    expect(sends()).toBe(2);
    host.push(encodeControlPacket(5, 0));
    expect(sends()).toBe(3);
    host.push(encodeControlPacket(4, 0x80800000));
    host.session.tick();
    expect(sends()).toBe(3);
    const silent = new Host();
    silent.push(encodeDataPacket(7, FIRST, exceptionPayload(0x3031, 0, 0n)));
    for (let second = 0; second < 100; second += 1) silent.session.tick();
    expect(silent.sent.filter((packet) => packet.type === 2)).toHaveLength(20);
    expect(silent.heard.filter((entry) => entry === "gave up")).toHaveLength(1);
  });

  it("takes a line that does not begin with a leader for text, `0000` within it too", () => {
    const host = new Host();
    host.push(bytesOf("*** at 0x00000000\nirql 0000 iiii\n"), bytesOf("next\n"));
    host.session.flush();
    expect(host.heard.map((entry) => entry.slice(5)).join("")).toBe("*** at 0x00000000\nirql 0000 iiii\nnext\n");
  });

  it("takes no header for one that announces too much", () => {
    const host = new Host();
    const header = encodeDataPacket(3, FIRST, debugPrintPayload("")).slice(0, 16);
    new DataView(header.buffer).setUint16(6, 4001, true);
    host.push(header, encodeDataPacket(3, FIRST, debugPrintPayload("kd\n")));
    expect(host.heard.at(-1)).toBe("print kd\n");
    expect(host.heard.some((entry) => entry === "broken")).toBe(false);
  });

  it("switches from boot text to packets", () => {
    const host = new Host();
    host.push(joined(bytesOf("BIOS\n"), encodeDataPacket(3, FIRST, debugPrintPayload("kd\n"))));
    expect(host.heard).toEqual(["text BIOS\n", "connected", "print kd\n"]);
  });
});

describe("KdSession, fuzzed", () => {
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.string().map((text) => debugPrintPayload(text)),
    fc.tuple(fc.string(), fc.nat()).map(([text, room]) => promptPayload(text, room)),
    fc.tuple(fc.constantFrom(0x3030, 0x3031, 0x3032), fc.nat()).map(([r, code]) => exceptionPayload(r, code, 7n)),
  );
  const packet = fc.oneof(
    fc
      .tuple(fc.nat(12), fc.constantFrom(FIRST, 0x80800000, 0x80800001), payload)
      .map(([type, id, data]) => encodeDataPacket(type, id, data)),
    fc.tuple(fc.nat(12), fc.nat()).map(([type, id]) => encodeControlPacket(type, id)),
  );
  const piece = fc.oneof(
    packet,
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(bytesOf("0000"), bytesOf("iiii\x04")),
  );
  const stream = fc.array(piece, { maxLength: 12 }).map((pieces) => joined(...pieces));

  const run = (chunks: readonly Uint8Array[]) => {
    const host = new Host();
    for (const chunk of chunks) host.session.push(chunk);
    host.session.flush();
    const text = host.heard.filter((entry) => entry.startsWith("text ")).map((entry) => entry.slice(5));
    const skipped = host.heard.filter((e) => e.startsWith("skipped ")).reduce((sum, e) => sum + Number(e.slice(8)), 0);
    const rest = host.heard.filter((entry) => !/^(text|skipped) /.test(entry));
    return { raw: host.raw, rest, skipped, textLength: text.join("").length };
  };

  it("says the same however the line is cut, and never throws", () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, places) => {
        const ascii = bytes.map((byte) => byte & 0x7f);
        expect(run(cutAt(ascii, places))).toEqual(run([ascii]));
        const { textLength: _one, ...cut } = run(cutAt(bytes, places));
        const { textLength: _other, ...whole } = run([bytes]);
        expect(cut).toEqual(whole);
      }),
    );
  });

  it("sends at most a few packets for each it gets", () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 30 }), (packets) => {
        const host = new Host();
        host.push(...packets);
        expect(host.sent.length).toBeLessThanOrEqual(packets.length * 2);
      }),
    );
  });
});
