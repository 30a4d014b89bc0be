// By their bytes: offsets and values are written out here, as evntrace.h and the reference in its header have them.
import { describe, expect, it } from "vitest";
import { AnsiText } from "../ansiText";
import { DbgPrintGuid } from "./dbgPrintEvent";
import type { EventRecord } from "./eventRecord";
import { kernelPrint } from "./kernelPrint";
import { SESSION_NAME, traceLogFile, traceProperties } from "./traceStructures";

describe("traceProperties", () => {
  const bytes = traceProperties();
  const numbers = (...offsets: number[]) => offsets.map((offset) => bytes.readUInt32LE(offset));

  it("asks for a real-time system logger of DbgPrint, by the performance counter", () => {
    expect(numbers(40, 44, 64, 68, 72)).toEqual([1, 0x20000, 0x02000100, 1, 0x10040000]);
  });

  it("has all its buffers from the start: none can be added where prints come from", () => {
    const [size = 0, least, most = 0] = numbers(48, 52, 56);
    expect(least).toBe(most);
    expect(size * most).toBe(8 * 1024);
  });

  it("has its own GUID, and room behind it for the session's name", () => {
    expect(bytes.toString("hex", 24, 40)).toBe("5c1d2b6f573a0b4e9c385d0f7a914e26");
    expect(numbers(0, 112, 116)).toEqual([bytes.length, 0, 120]);
    expect(bytes.length - 120).toBeGreaterThanOrEqual((SESSION_NAME.length + 1) * 2);
    expect(SESSION_NAME).not.toBe("NT Kernel Logger");
  });
});

describe("traceLogFile", () => {
  it("names the session and the callback, in real time and as event records", () => {
    const bytes = traceLogFile(0x1122334455667788n, 0x99aabbccddeeff00n);
    expect(bytes).toHaveLength(448);
    expect([bytes.readBigUInt64LE(8), bytes.readBigUInt64LE(424)]).toEqual([0x1122334455667788n, 0x99aabbccddeeff00n]);
    expect(bytes.readUInt32LE(28)).toBe(0x10000100);
    // Nothing else is set: a log file name, for one, would be opened instead.
    expect(bytes.filter((byte) => byte !== 0)).toHaveLength(8 + 7 + 2);
  });
});

describe("kernelPrint", () => {
  const ansi = new AnsiText();
  const payload = Uint8Array.of(77, 0, 0, 0, 3, 0, 0, 0, 0x68, 0x69, 0x0a, 0);
  const record: EventRecord = {
    threadId: 20,
    processId: 4,
    time: 1234.5,
    providerId: DbgPrintGuid,
    opcode: 32,
    userDataLength: payload.length,
  };

  it("is one of the DbgPrint class", () => {
    expect(kernelPrint(record, payload, ansi)).toEqual({
      time: 1234.5,
      processId: 4,
      threadId: 20,
      component: 77,
      level: 3,
      text: "hi\n",
    });
  });

  it.each([
    ["another opcode", { opcode: 33 }],
    ["another class", { providerId: "68fdd900-4a3e-11d1-84f4-0000f80464e3" }],
    ["ETW's own", { processId: 0xffffffff }],
  ])("is none of %s", (_what, other) => {
    expect(kernelPrint({ ...record, ...other }, payload, ansi)).toBeUndefined();
    expect(kernelPrint(record, payload.subarray(0, 7), ansi)).toBeUndefined();
  });
});
