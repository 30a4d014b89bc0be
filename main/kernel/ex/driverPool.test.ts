/** Pool misuse as drivers commit it, told with the routine that allocated (bug checks 0x19 and 0xC2, debugger reference). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_INSUFFICIENT_RESOURCES } from "../../../native-bindings/abi/ntstatus/codes";
import {
  NonPagedPool,
  NonPagedPoolNx,
  PagedPool,
  POOL_FLAG_CACHE_ALIGNED,
  POOL_FLAG_NON_PAGED,
  POOL_FLAG_PAGED,
  POOL_FLAG_RAISE_ON_FAILURE,
  POOL_QUOTA_FAIL_INSTEAD_OF_RAISE,
  POOL_RAISE_IF_ALLOCATION_FAILURE,
} from "../../../native-bindings/abi/poolTypes";
import { TestDdk } from "../wdk/testDdk";
import { exceptionCodeOf } from "./ntException";

const TOO_MUCH = 2 ** 40;

function raisedBy(action: () => unknown): number | undefined {
  try {
    action();
  } catch (error) {
    return exceptionCodeOf(error);
  }
  return undefined;
}

describe("allocations (ExAllocatePool2, ExAllocatePoolWithTag, ExAllocatePoolWithQuotaTag)", () => {
  it("raise when they say so and the pool is exhausted, and answer 0 otherwise", () => {
    const { ddk } = new TestDdk();
    expect(ddk.ExAllocatePool2(POOL_FLAG_PAGED, TOO_MUCH, "Test")).toBe(0);
    expect(ddk.ExAllocatePoolZero(PagedPool, TOO_MUCH, "Test")).toBe(0);
    expect(ddk.ExAllocatePoolQuotaZero(PagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, TOO_MUCH, "Test")).toBe(0);
    const raised = [
      () => ddk.ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_RAISE_ON_FAILURE, TOO_MUCH, "Test"),
      () => ddk.ExAllocatePoolWithTag(PagedPool | POOL_RAISE_IF_ALLOCATION_FAILURE, TOO_MUCH, "Test"),
      () => ddk.ExAllocatePoolQuotaZero(PagedPool, TOO_MUCH, "Test"),
    ].map(raisedBy);
    expect(raised).toEqual(Array(3).fill(STATUS_INSUFFICIENT_RESOURCES));
  });

  it("an exception that the driver does not catch stops the machine", () => {
    const rig = new TestDdk();
    const stop = rig.stopOf(() => rig.ddk.ExAllocatePoolQuotaUninitialized(PagedPool, TOO_MUCH, "Test"), "DriverIoctl");
    expect(stop.name).toBe("SYSTEM_SERVICE_EXCEPTION");
    expect(stop.parameters[0]).toBe(STATUS_INSUFFICIENT_RESOURCES);
    expect(stop.rule).toContain("drv!DriverIoctl did not handle an exception");
  });

  it("lie at cache lines, pages or 16 bytes, and only NonPagedPool can be executed", () => {
    const { ddk, kernel } = new TestDdk();
    const aligned = [1, 40, 64, 100, 4000, 5000].map((bytes) =>
      ddk.ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_CACHE_ALIGNED, bytes, "Test"),
    );
    expect(aligned.map((address) => address & 63)).toEqual([0, 0, 0, 0, 0, 0]);
    for (const address of aligned) ddk.ExFreePool(address);
    expect(ddk.ExAllocatePoolWithTag(PagedPool, 4065, "Test") & 0xfff).toBe(0);
    const executes = (type: number) =>
      kernel.mem.pages.allows(ddk.ExAllocatePoolWithTag(type, 64, "Test"), 64, "execute");
    expect([NonPagedPool, NonPagedPoolNx, PagedPool].map(executes)).toEqual([true, false, false]);
  });

  it("take any size and flags", () => {
    const { ddk } = new TestDdk();
    const sizes = [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, 2 ** 53];
    expect(sizes.map((bytes) => ddk.ExAllocatePoolWithTag(PagedPool, bytes, "Test"))).toEqual([0, 0, 0, 0, 0]);
    expect(ddk.ExAllocatePool2(0x8000_0040, 16, "Test")).toBe(0);
    expect(ddk.ExAllocatePool2(0x40 + 2 ** 40, 16, "Test")).not.toBe(0);
  });

  it("refuse extended parameters that they do not know (ExAllocatePool3)", () => {
    const rig = new TestDdk();
    const parameter = rig.scratch(0x20);
    const allocate = (type: number) => {
      rig.kernel.mem.writeU32(parameter, type);
      return rig.ddk.ExAllocatePool3(POOL_FLAG_PAGED, 16, "Test", parameter, 1) !== 0;
    };
    expect([1, 2, 0x102].map(allocate)).toEqual([true, false, true]);
  });
});

describe("mistakes that stop the machine", () => {
  it("a double free names who freed first", () => {
    const rig = new TestDdk();
    const block = rig.as("DriverEntry", () => rig.ddk.ExAllocatePool2(POOL_FLAG_PAGED, 64, "Test"));
    rig.as("Cleanup", () => rig.ddk.ExFreePoolWithTag(block, "Test"));
    const stop = rig.stopOf(() => rig.ddk.ExFreePoolWithTag(block, "Test"));
    expect([stop.name, stop.parameters[0], stop.parameters[3]]).toEqual(["BAD_POOL_CALLER", 0x07, block]);
    expect(stop.rule).toContain("64 bytes, was allocated by drv!DriverEntry and freed by drv!Cleanup");
  });

  it("a double free of a large block, whose pages are gone", () => {
    const rig = new TestDdk();
    const block = rig.as("DriverEntry", () => rig.ddk.ExAllocatePool2(POOL_FLAG_PAGED, 9000, "Test"));
    rig.as("Cleanup", () => rig.ddk.ExFreePool(block));
    const stop = rig.stopOf(() => rig.ddk.ExFreePool(block));
    expect([stop.name, stop.parameters[0]]).toEqual(["BAD_POOL_CALLER", 0x07]);
    expect(stop.rule).toContain("freed by drv!Cleanup");
  });

  it("an overrun over the next header, with the entry and the next one", () => {
    const rig = new TestDdk();
    const block = rig.as("Start", () => rig.ddk.ExAllocatePoolWithTag(PagedPool, 64, "Test"));
    rig.ddk.memory.writeBytes(block, new Uint8Array(80).fill(0x41));
    const stop = rig.stopOf(() => rig.ddk.ExFreePool(block));
    expect([stop.name, ...stop.parameters]).toEqual(["BAD_POOL_HEADER", 0x20, block - 16, block + 64, 0]);
    expect(stop.rule).toContain("allocated by drv!Start");
  });

  it("a header that the block before it destroyed names that one too", () => {
    const rig = new TestDdk();
    const [first, second] = rig.as("Start", () => {
      const allocate = () => rig.ddk.ExAllocatePoolWithTag(PagedPool, 64, "Test");
      return [allocate(), allocate()];
    }) as [Address, Address];
    expect(second).toBe(first + 80);
    rig.ddk.memory.writeBytes(first + 64, new Uint8Array(16).fill(0x41));
    const stop = rig.stopOf(() => rig.ddk.ExFreePool(second));
    expect([stop.name, stop.parameters[0], stop.parameters[1]]).toEqual(["BAD_POOL_CALLER", 0x99, second]);
    expect(stop.rule).toContain("The block before it, 64 bytes, was allocated by drv!Start");
  });

  it("a wrong tag, with both", () => {
    const rig = new TestDdk();
    const block = rig.as("Start", () => rig.ddk.ExAllocatePoolWithTag(PagedPool, 64, "Mine"));
    const stop = rig.stopOf(() => rig.ddk.ExFreePoolWithTag(block, "Your"));
    expect(stop.parameters).toEqual([0x0a, block, 0x656e_694d, 0x7275_6f59]);
    expect(stop.rule).toContain("allocated by drv!Start");
  });
});

describe("mistakes that NT does not see are reported", () => {
  it("an overrun into the slack of the block", () => {
    const rig = new TestDdk();
    const block = rig.as("Start", () => rig.ddk.ExAllocatePoolWithTag(PagedPool, 20, "Test"));
    rig.ddk.memory.writeU8(block + 20, 0);
    rig.as("Stop", () => rig.ddk.ExFreePool(block));
    expect(rig.reports("poolOverrun")).toEqual([expect.stringContaining("1 byte(s) or more beyond its 20")]);
    expect(rig.reports("poolOverrun")[0]).toContain("drv!Start");
    expect(rig.test.host.reports[0]?.driver).toBe("\\Driver\\drv");
  });

  it("an underrun", () => {
    const rig = new TestDdk();
    const block = rig.as("Start", () => rig.ddk.ExAllocatePoolWithTag(PagedPool, 20, "Test"));
    rig.ddk.memory.writeU8(block - 1, 7);
    rig.ddk.ExFreePool(block);
    expect(rig.reports("poolUnderrun")).toHaveLength(1);
  });

  it("a write to a freed block, once, at a sweep or when the block is used again", () => {
    for (const isSwept of [true, false]) {
      const rig = new TestDdk();
      const block = rig.as("Start", () => rig.ddk.ExAllocatePoolWithTag(PagedPool, 64, "Test"));
      rig.as("Stop", () => rig.ddk.ExFreePool(block));
      rig.ddk.memory.writeU32(block + 24, 1);
      if (isSwept) rig.kernel.driverPool.sweep();
      for (let count = 0; count < 300; count++) rig.ddk.ExFreePool(rig.ddk.ExAllocatePool(PagedPool, 64));
      expect(rig.reports("poolUseAfterFree")).toHaveLength(1);
      expect(rig.reports("poolUseAfterFree")[0]).toMatch(/offset 24 .*allocated by drv!Start and freed by drv!Stop/);
    }
  });

  it("what is left at the end, by tag and routine; not what the kernel freed", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const kept = rig.as("Start", () => [1, 2].map(() => ddk.ExAllocatePoolWithTag(PagedPool, 20, "Test")));
    rig.as("Read", () => ddk.ExAllocatePoolWithTag(PagedPool, 5000, "Test"));
    kernel.pool.ExFreePoolWithTag(kept[0] as Address);
    expect(kernel.driverPool.leakedBy(rig.module)).toEqual([
      { tag: "Test", blocks: 1, bytes: 20, allocatedBy: "drv!Start" },
      { tag: "Test", blocks: 1, bytes: 5000, allocatedBy: "drv!Read" },
    ]);
  });
});

describe("against a simple model", () => {
  const step = fc.record({
    bytes: fc.oneof(fc.nat(200), fc.integer({ min: 3900, max: 4200 }), fc.nat(9000)),
    type: fc.constantFrom(NonPagedPool, NonPagedPoolNx, PagedPool, NonPagedPoolNx | 4, PagedPool | 4),
    free: fc.boolean(),
    pick: fc.nat(255),
  });

  it("keeps every block's bytes, counts right and reports nothing while rules are kept", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const rig = new TestDdk();
        const { ddk, kernel } = rig;
        const live: { at: Address; bytes: number; mark: number }[] = [];
        for (const { bytes, type, free, pick } of steps) {
          const victim = free ? live.splice(pick % Math.max(1, live.length), 1)[0] : undefined;
          if (victim !== undefined) {
            expect(ddk.memory.readBytes(victim.at, victim.bytes).every((byte) => byte === victim.mark)).toBe(true);
            ddk.ExFreePoolWithTag(victim.at, "Prop");
          }
          const at = ddk.ExAllocatePoolWithTag(type, bytes, "Prop");
          kernel.mem.fill(at, bytes, pick);
          live.push({ at, bytes, mark: pick });
        }
        const sorted = [...live].sort((a, b) => a.at - b.at);
        for (const [index, { at, bytes }] of sorted.entries()) {
          expect(at + bytes).toBeLessThanOrEqual(sorted[index + 1]?.at ?? Number.POSITIVE_INFINITY);
        }
        const listed = [...kernel.pool.blocks()].filter(({ tag, inUse }) => tag === "Prop" && inUse);
        expect(new Set(listed.map(({ address }) => address))).toEqual(new Set(live.map(({ at }) => at)));
        for (const { at } of live) ddk.ExFreePoolWithTag(at, "Prop");
        kernel.driverPool.sweep();
        expect(kernel.pool.usageByTag().filter(({ tag, bytes }) => tag === "Prop" && bytes !== 0)).toEqual([]);
        expect([rig.test.rules(), kernel.driverPool.leakedBy(rig.module)]).toEqual([[], []]);
      }),
      { numRuns: 25, seed: 7 },
    );
  }, 60_000);
});
