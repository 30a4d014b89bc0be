/** RTL_BITMAP against an array of booleans ("RtlFindClearBits", wdm.h), memory and time. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TIME_FIELDS } from "../../../native-bindings/abi/structures/rtl";
import { TestDdk } from "../wdk/testDdk";

describe("bitmaps", () => {
  it("behave as an array of booleans", () => {
    const step = fc.record({ start: fc.nat(99), count: fc.nat(40), isSet: fc.boolean(), hint: fc.nat(120) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.array(step, { maxLength: 30 }), (bits, steps) => {
        const rig = new TestDdk();
        const { ddk } = rig;
        const header = rig.scratch(0x40);
        ddk.RtlInitializeBitMap(header, header + 0x10, bits);
        ddk.RtlClearAllBits(header);
        const model = Array<boolean>(bits).fill(false);
        const isRun = (from: number, count: number, isSet: boolean) =>
          count > 0 && from + count <= bits && model.slice(from, from + count).every((bit) => bit === isSet);
        for (const { start, count, isSet, hint } of steps) {
          const first = start % bits;
          const length = Math.min(count, bits - first);
          model.fill(isSet, first, first + length);
          if (isSet) ddk.RtlSetBits(header, first, length);
          else ddk.RtlClearBits(header, first, length);
          expect(ddk.RtlAreBitsSet(header, first, count)).toBe(isRun(first, count, true));
          expect(ddk.RtlAreBitsClear(header, first, count)).toBe(isRun(first, count, false));
          const from = hint < bits ? hint : 0;
          const places = [...model.keys()];
          const wanted = Math.max(1, count);
          const found = [...places.slice(from), ...places.slice(0, from)].find((at) => isRun(at, wanted, false)) ?? -1;
          expect(ddk.RtlFindClearBits(header, wanted, hint)).toBe(found);
        }
        expect(ddk.RtlNumberOfSetBits(header)).toBe(model.filter(Boolean).length);
        expect(ddk.RtlNumberOfClearBits(header)).toBe(model.filter((bit) => !bit).length);
        expect(model.map((_, bit) => ddk.RtlTestBit(header, bit))).toEqual(model);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it("find, take and give back runs", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const header = rig.scratch(0x40);
    ddk.RtlInitializeBitMap(header, header + 0x10, 70);
    expect([1, 2].map(() => ddk.RtlFindClearBitsAndSet(header, 30, 0))).toEqual([0, 30]);
    expect(ddk.RtlFindClearBitsAndSet(header, 30, 0)).toBe(-1);
    expect(ddk.RtlFindFirstRunClear(header)).toEqual({ start: 60, length: 10 });
    expect(ddk.RtlFindSetBitsAndClear(header, 15, 20)).toBe(20);
    expect(ddk.RtlFindLongestRunClear(header)).toEqual({ start: 20, length: 15 });
    ddk.RtlSetAllBits(header);
    expect([ddk.RtlFindLongestRunClear(header).length, ddk.RtlCheckBit(header, 69)]).toEqual([0, 1]);
  });
});

describe("memory", () => {
  it("moves over itself, both ways, in pieces", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const bytes = 0x2_1000;
    const at = rig.scratch(bytes + 0x100);
    const pattern = Uint8Array.from({ length: bytes }, (_, index) => (index * 7) & 0xff);
    for (const [from, to] of [
      [0, 0x80],
      [0x80, 0],
    ] as const) {
      kernel.mem.writeBytes(at + from, pattern);
      ddk.RtlMoveMemory(at + to, at + from, bytes);
      expect(Buffer.compare(kernel.mem.readBytes(at + to, bytes), pattern)).toBe(0);
    }
    expect(ddk.RtlCompareMemory(at, at, bytes)).toBe(bytes);
    kernel.mem.writeU8(at + 0x1_2345, 1);
    const copy = rig.scratch(bytes);
    ddk.RtlCopyMemory(copy, at, bytes);
    kernel.mem.writeU8(copy + 0x1_2345, 2);
    expect(ddk.RtlCompareMemory(copy, at, bytes)).toBe(0x1_2345);
    expect([ddk.RtlEqualMemory(copy, at, bytes), ddk.RtlEqualMemory(copy, at, 100)]).toEqual([false, true]);
  });

  it.each([-1, Number.NaN, 2 ** 52, 2 ** 40])("a size of %d runs into a page that is not there", (bytes) => {
    for (const routine of ["RtlMoveMemory", "RtlZeroMemory", "RtlCompareMemory"] as const) {
      const rig = new TestDdk();
      const at = rig.scratch(64);
      const call = () =>
        routine === "RtlZeroMemory" ? rig.ddk.RtlZeroMemory(at, bytes) : rig.ddk[routine](at, at + 8, bytes);
      expect(rig.stopOf(call).name).toBe("PAGE_FAULT_IN_NONPAGED_AREA");
    }
  });
});

describe("times", () => {
  it("become fields and back (RtlTimeToTimeFields)", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const [time, fields] = [rig.scratch(16), rig.scratch(16)];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 29_000 * 365 * 86_400 }), fc.nat(999), (seconds, milliseconds) => {
        const value = (BigInt(seconds) * 1000n + BigInt(milliseconds)) * 10_000n;
        kernel.mem.writeU64(time, value);
        ddk.RtlTimeToTimeFields(time, fields);
        const date = new Date(Number(value / 10_000n) - 11_644_473_600_000);
        const view = TIME_FIELDS.view(kernel.mem, fields);
        const shown = [view.Year, view.Month, view.Day, view.Hour, view.Minute, view.Second, view.Milliseconds];
        expect([...shown, view.Weekday]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
          date.getUTCMilliseconds(),
          date.getUTCDay(),
        ]);
        kernel.mem.writeU64(time, 0n);
        expect([ddk.RtlTimeFieldsToTime(fields, time), kernel.mem.readU64(time)]).toEqual([true, value]);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it("that are no dates are refused", () => {
    const rig = new TestDdk();
    const fields = rig.scratch(16);
    for (const [index, value] of [
      [0, 1600],
      [1, 13],
      [2, 30],
      [3, 24],
      [6, 1000],
    ] as const) {
      for (const [at, good] of [2023, 2, 28, 0, 0, 0, 0, 0].entries()) rig.kernel.mem.writeU16(fields + at * 2, good);
      rig.kernel.mem.writeU16(fields + index * 2, value);
      expect(rig.ddk.RtlTimeFieldsToTime(fields, fields)).toBe(false);
    }
  });
});
