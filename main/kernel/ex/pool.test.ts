import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import {
  NonPagedPoolNx,
  PagedPool,
  POOL_FLAG_NON_PAGED,
  POOL_FLAG_PAGED,
  POOL_FLAG_UNINITIALIZED,
} from "../../../native-bindings/abi/poolTypes";
import { POOL_HEADER } from "../../../native-bindings/abi/structures/pool";
import { BugcheckSignal } from "../ke/bugcheck";
import { DISPATCH_LEVEL, Ke } from "../ke/ke";
import { KernelMemory } from "../mem/kernelMemory";
import { TestHost } from "../testHost";
import { Pool, type PoolLimits } from "./pool";

function setUp(limits: PoolLimits = {}) {
  const host = new TestHost();
  const memory = new KernelMemory();
  const ke = new Ke(host);
  const pool = new Pool(memory, ke, limits);
  /** The bugcheck that `action` causes: name, first parameter, rule. */
  const stopOf = (action: () => unknown) => {
    expect(action).toThrow(BugcheckSignal);
    const info = host.bugchecks[0];
    return [info?.name, Number(info?.parameters[0]), info?.rule];
  };
  return { host, memory, ke, pool, stopOf };
}

describe("pool", () => {
  it("puts NT's header before a block, and counts by tag", () => {
    const { memory, pool } = setUp();
    const block = pool.ExAllocatePoolWithTag(PagedPool, 100, "Test");
    const header = POOL_HEADER.view(memory, block - 16);
    expect([header.BlockSize, header.PreviousSize, header.PoolType]).toEqual([8, 0, 2]);
    expect(String.fromCharCode(...memory.readBytes(block - 12, 4))).toBe("Test");
    expect(pool.usageByTag()).toEqual([{ tag: "Test", paged: true, allocations: 1, frees: 0, bytes: 128 }]);
    pool.ExFreePoolWithTag(block, "Test");
    expect(pool.usageByTag()).toEqual([{ tag: "Test", paged: true, allocations: 1, frees: 1, bytes: 0 }]);
    pool.trim();
    expect([pool.pagedBytes, memory.frames.inUse]).toEqual([0, 0]);
  });

  it("zeroes what ExAllocatePool2 gives unless told not to", () => {
    const { memory, pool } = setUp();
    const keeper = pool.ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, "Keep");
    const first = pool.ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, "Test");
    memory.fill(first, 64, 0xcc);
    pool.ExFreePoolWithTag(first, "Test");
    expect(pool.ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED, 64, "Test")).toBe(first);
    expect(memory.readU8(first + 63)).toBe(0xcc);
    pool.ExFreePoolWithTag(first);
    expect(pool.ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, "Test")).toBe(first);
    expect(memory.readBytes(first, 64).every((byte) => byte === 0)).toBe(true);
    expect(keeper).not.toBe(first);
  });

  it("refuses ExAllocatePool2 without a pool or a size, and gives a block for zero bytes of the old call", () => {
    const { pool } = setUp();
    expect(pool.ExAllocatePool2(0, 16, "Test")).toBe(0);
    expect(pool.ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_NON_PAGED, 16, "Test")).toBe(0);
    expect(pool.ExAllocatePool2(POOL_FLAG_PAGED, 0, "Test")).toBe(0);
    expect(pool.ExAllocatePoolWithTag(PagedPool, 0, "Test")).not.toBe(0);
  });

  it.each([4000, 5000])("takes pages that only freed blocks lie in for %d bytes when there are no others", (bytes) => {
    const { pool } = setUp({ paged: 0x2000 });
    const small = Array.from({ length: 200 }, (_, index) => pool.ExAllocatePoolWithTag(PagedPool, index, "Test"));
    expect(small.filter((block) => block === 0).length).toBeGreaterThan(0);
    for (const block of small) if (block !== 0) pool.ExFreePoolWithTag(block, "Test");
    expect(pool.pagedBytes).toBeGreaterThan(0);
    expect(pool.ExAllocatePoolWithTag(PagedPool, bytes, "Test")).not.toBe(0);
  });

  it("answers 0 when it is exhausted, and gives again what is freed", () => {
    const { pool } = setUp({ nonpaged: 8192 });
    const first = pool.ExAllocatePoolWithTag(NonPagedPoolNx, 4000, "Test");
    const second = pool.ExAllocatePoolWithTag(NonPagedPoolNx, 4096, "Test");
    expect([first === 0, second === 0]).toEqual([false, false]);
    expect(pool.ExAllocatePoolWithTag(NonPagedPoolNx, 4000, "Test")).toBe(0);
    pool.ExFreePoolWithTag(second, "Test");
    expect(pool.ExAllocatePoolWithTag(NonPagedPoolNx, 4000, "Test")).not.toBe(0);
  });

  it("never lets blocks overlap, and merges all that is freed", () => {
    const action = fc.record({
      bytes: fc.oneof(fc.nat(300), fc.nat(9000)),
      paged: fc.boolean(),
      free: fc.boolean(),
      pick: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
        const { memory, pool } = setUp();
        const live: { at: Address; bytes: number; mark: number }[] = [];
        for (const { bytes, paged, free, pick } of actions) {
          const victim = free ? live.splice(pick % Math.max(1, live.length), 1)[0] : undefined;
          if (victim !== undefined) pool.ExFreePoolWithTag(victim.at, "Test");
          const at = pool.ExAllocatePoolWithTag(paged ? PagedPool : NonPagedPoolNx, bytes, "Test");
          memory.fill(at, bytes, pick);
          live.push({ at, bytes, mark: pick });
        }
        for (const { at, bytes, mark } of live) {
          expect(memory.readBytes(at, bytes).every((byte) => byte === mark)).toBe(true);
        }
        expect([...pool.blocks()].filter(({ inUse }) => inUse)).toHaveLength(live.length);
        for (const { at } of live) pool.ExFreePoolWithTag(at, "Test");
        pool.trim();
        expect([pool.pagedBytes, pool.nonpagedBytes, memory.frames.inUse]).toEqual([0, 0, 0]);
      }),
      { numRuns: 60, seed: 1 },
    );
  }, 60_000);
});

describe("pool misuse stops the machine", () => {
  it("a double free", () => {
    const { pool, stopOf } = setUp();
    const keeper = pool.ExAllocatePoolWithTag(PagedPool, 32, "Keep");
    const block = pool.ExAllocatePoolWithTag(PagedPool, 32, "Test");
    pool.ExFreePoolWithTag(block, "Test");
    expect(stopOf(() => pool.ExFreePoolWithTag(block, "Test"))).toEqual([
      "BAD_POOL_CALLER",
      0x07,
      "A pool block was freed that is already free.",
    ]);
    expect(keeper).not.toBe(0);
  });

  it("a wrong tag", () => {
    const { pool, stopOf } = setUp();
    const block = pool.ExAllocatePoolWithTag(PagedPool, 32, "Mine");
    expect(stopOf(() => pool.ExFreePoolWithTag(block, "Your"))).toEqual([
      "BAD_POOL_CALLER",
      0x0a,
      "Pool allocated with tag 'Mine' was freed with tag 'Your'.",
    ]);
  });

  it("an overrun, when the block is freed", () => {
    const { memory, pool, stopOf } = setUp();
    const block = pool.ExAllocatePoolWithTag(PagedPool, 32, "Test");
    pool.ExAllocatePoolWithTag(PagedPool, 32, "Next");
    memory.fill(block, 40, 0x41);
    expect(stopOf(() => pool.ExFreePoolWithTag(block, "Test"))[0]).toBe("BAD_POOL_HEADER");
  });

  it("addresses that no allocation returned", () => {
    for (const [address, code] of [
      [0, 0x46],
      [0x1_0000, 0x40],
      [-0x80000000000, 0x46],
    ] as const) {
      const { pool, stopOf } = setUp();
      expect(stopOf(() => pool.ExFreePoolWithTag(address))[1]).toBe(code);
    }
    const { pool, stopOf } = setUp();
    const block = pool.ExAllocatePoolWithTag(PagedPool, 64, "Test");
    expect(stopOf(() => pool.ExFreePoolWithTag(block + 8))[1]).toBe(0x46);
  });

  it("paged pool at DISPATCH_LEVEL, and a tag of zero", () => {
    const first = setUp();
    first.ke.KeRaiseIrql(DISPATCH_LEVEL);
    expect(first.pool.ExAllocatePoolWithTag(NonPagedPoolNx, 8, "Test")).not.toBe(0);
    expect(first.stopOf(() => first.pool.ExAllocatePoolWithTag(PagedPool, 8, "Test"))[1]).toBe(0x08);
    const second = setUp();
    expect(second.stopOf(() => second.pool.ExAllocatePoolWithTag(PagedPool, 8, 0))[1]).toBe(0x9b);
  });
});
