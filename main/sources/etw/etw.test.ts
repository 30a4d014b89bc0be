import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnsiText } from "../ansiText";
import { bytesOf, joined } from "../testChunks";
import { DBGPRINT_OPCODE, DbgPrintGuid, parseDbgPrintEvent } from "./dbgPrintEvent";
import { EVENT_RECORD_SIZE, readEventRecord } from "./eventRecord";
import { lossSentence, lostKind, lostSince, RT_LostEvent, readLostCounters } from "./lostEvents";
import { ReorderWindow } from "./reorderWindow";

const ansi = new AnsiText();

describe("parseDbgPrintEvent", () => {
  it("reads component, level and text", () => {
    const payload = joined([0x4d, 0, 0, 0, 3, 0, 0, 0], bytesOf("example: ł\n"), [0, 0x78]);
    expect(parseDbgPrintEvent(payload, ansi)).toEqual({ component: 77, level: 3, text: "example: ł\n" });
  });

  it("reads a bit field, a text without NUL, and none at all", () => {
    const payload = joined([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0x80], bytesOf("cut"));
    expect(parseDbgPrintEvent(payload, ansi)).toEqual({ component: 0xffffffff, level: 0x8000000f, text: "cut" });
    expect(parseDbgPrintEvent(payload.subarray(0, 8), ansi)?.text).toBe("");
    expect(parseDbgPrintEvent(payload.subarray(0, 7), ansi)).toBeUndefined();
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(parseDbgPrintEvent(bytes, ansi) === undefined).toBe(bytes.length < 8);
        readEventRecord(bytes);
        readLostCounters(bytes);
      }),
    );
  });
});

describe("readEventRecord", () => {
  it("reads the fields at their x64 offsets", () => {
    const bytes = new Uint8Array(EVENT_RECORD_SIZE);
    const view = new DataView(bytes.buffer);
    view.setUint32(8, 20, true);
    view.setUint32(12, 4, true);
    view.setBigUint64(16, 116_444_736_000_000_000n + 12_345_678n, true);
    bytes.set([0x09, 0x6d, 0x97, 0x13, 0x27, 0xa3, 0x8c, 0x43, 0x95, 0x0b, 0x7f, 0x03, 0x19, 0x28, 0x15, 0xc7], 24);
    bytes[45] = 32;
    view.setUint16(86, 100, true);
    expect(readEventRecord(bytes)).toEqual({
      threadId: 20,
      processId: 4,
      time: expect.closeTo(1234.5678, 6),
      providerId: DbgPrintGuid,
      opcode: DBGPRINT_OPCODE,
      userDataLength: 100,
    });
    expect(readEventRecord(bytes.subarray(1))).toBeUndefined();
  });
});

describe("what ETW lost", () => {
  it("is told by events of a class", () => {
    expect([lostKind(RT_LostEvent, 32), lostKind(RT_LostEvent, 33)]).toEqual(["event", "buffer"]);
    expect([lostKind(RT_LostEvent, 34), lostKind(DbgPrintGuid, 32)]).toEqual([undefined, undefined]);
  });

  it("is told by counters, which wrap", () => {
    const properties = new Uint8Array(120);
    const view = new DataView(properties.buffer);
    view.setUint32(88, 0xffffffff, true);
    view.setUint32(96, 2, true);
    view.setUint32(100, 3, true);
    const before = readLostCounters(properties);
    expect(before).toEqual({ events: 0xffffffff, logBuffers: 2, realTimeBuffers: 3 });
    const lost = lostSince(before ?? expect.fail(), { events: 1, logBuffers: 2, realTimeBuffers: 4 });
    expect(lost).toEqual({ events: 2, logBuffers: 0, realTimeBuffers: 1 });
    expect(lossSentence(lost)).toBe(
      "Windows lost 2 debug prints and 1 whole buffer of debug prints: the trace session was too slow.",
    );
    expect(lossSentence({ events: 0, logBuffers: 0, realTimeBuffers: 0 })).toBeUndefined();
  });
});

describe("ReorderWindow", () => {
  it("holds events for 3 s and gives them in the order of their time", () => {
    const given: string[] = [];
    const window = new ReorderWindow<string>((event) => given.push(event));
    window.push(1002, "c");
    window.push(1000, "a");
    window.push(1001, "b");
    window.push(1001, "b2");
    window.drain(4000);
    expect(given).toEqual(["a"]);
    window.drain(4001.5);
    expect(given).toEqual(["a", "b", "b2"]);
    window.push(999, "late");
    window.flush();
    expect(given).toEqual(["a", "b", "b2", "late", "c"]);
    expect([window.late, window.held]).toEqual([1, 0]);
  });

  it("gives the oldest out when it is full", () => {
    const given: number[] = [];
    const window = new ReorderWindow<number>((event) => given.push(event), 3);
    for (const time of [5, 4, 3, 2]) window.push(time, time);
    expect([given, window.held]).toEqual([[2], 3]);
  });

  it("sorts any events stably, loses none and holds no more than it may", () => {
    const time = fc.oneof(fc.nat(20), fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(time, { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (times, limit) => {
        const given: number[] = [];
        const window = new ReorderWindow<number>((event) => given.push(event), limit);
        for (const [index, each] of times.entries()) {
          window.push(each, index);
          expect(window.held).toBeLessThanOrEqual(limit);
        }
        window.flush();
        expect([...given].sort((a, b) => a - b)).toEqual(times.map((_, index) => index));
        if (limit < times.length) return;
        const key = (index: number) => (Number.isFinite(times[index]) ? (times[index] ?? 0) : Number.NEGATIVE_INFINITY);
        const sorted = times
          .map((_, index) => index)
          .sort((a, b) => (key(a) === key(b) ? a - b : key(a) < key(b) ? -1 : 1));
        expect(given).toEqual(sorted);
      }),
    );
  });
});
