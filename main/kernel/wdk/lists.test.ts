/** Lists, lookaside lists and interlocked operations as a driver calls them ("Using Lists", "Using Lookaside Lists", WDK). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_DATATYPE_MISALIGNMENT,
  STATUS_INVALID_PARAMETER_4,
  STATUS_INVALID_PARAMETER_5,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx, PagedPool } from "../../../native-bindings/abi/poolTypes";
import { NPAGED_LOOKASIDE_LIST } from "../../../native-bindings/abi/structures/sync";
import { TestDdk } from "./testDdk";

const ENTRY = 0x10;

describe("doubly linked lists", () => {
  it("behave as an array does, whatever is done to them", () => {
    const step = fc.constantFrom("head", "tail", "removeHead", "removeTail", "removeOne", "append");
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(20)), { maxLength: 60 }), (steps) => {
        const { ddk, ...rig } = new TestDdk();
        const head = ddk.ExAllocatePoolWithTag(NonPagedPoolNx, 0x1000, "List");
        let next = head + ENTRY;
        const model: Address[] = [];
        const fresh = () => {
          next += ENTRY;
          return next;
        };
        ddk.InitializeListHead(head);
        for (const [what, pick] of steps) {
          if (what === "head") {
            model.unshift(fresh());
            ddk.InsertHeadList(head, next);
          } else if (what === "tail") {
            model.push(fresh());
            ddk.InsertTailList(head, next);
          } else if (what === "removeHead") {
            expect(ddk.RemoveHeadList(head)).toBe(model.shift() ?? head);
          } else if (what === "removeTail") {
            expect(ddk.RemoveTailList(head)).toBe(model.pop() ?? head);
          } else if (what === "removeOne") {
            const [entry] = model.splice(pick % Math.max(1, model.length), 1);
            if (entry !== undefined) expect(ddk.RemoveEntryList(entry)).toBe(model.length === 0);
          } else {
            // A ring of two without a head.
            const [first, second] = [fresh(), fresh()];
            ddk.InitializeListHead(first);
            ddk.InsertTailList(first, second);
            ddk.AppendTailList(head, first);
            model.push(first, second);
          }
          expect(ddk.IsListEmpty(head)).toBe(model.length === 0);
        }
        const seen: Address[] = [];
        for (let at = flinkOf(ddk, head); at !== head; at = flinkOf(ddk, at)) seen.push(at);
        expect(seen).toEqual(model);
        expect(rig.kernel.ke.bugchecked).toBeUndefined();
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it.each([["InsertHeadList"], ["RemoveHeadList"], ["RemoveTailList"], ["AppendTailList"]] as const)(
    "%s notices neighbours that do not point back",
    (routine) => {
      const rig = new TestDdk();
      const { ddk } = rig;
      const head = rig.scratch(0x80);
      ddk.InitializeListHead(head);
      for (const offset of [0x10, 0x20]) ddk.InsertTailList(head, head + offset);
      ddk.InitializeListHead(head + 0x40);
      for (const offset of [0x10, 0x20]) ddk.memory.writeBytes(head + offset, new Uint8Array(16));
      const stop = rig.stopOf(() => ddk[routine](head, head + 0x40));
      expect([stop.name, stop.parameters[0]]).toEqual(["KERNEL_SECURITY_CHECK_FAILURE", 3]);
    },
  );

  it("with a lock answer what was there before; a lock that is held is a deadlock", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const head = rig.scratch(0x80);
    const [a, b, lock] = [head + 0x10, head + 0x20, head + 0x40];
    ddk.InitializeListHead(head);
    ddk.KeInitializeSpinLock(lock);
    expect(ddk.ExInterlockedInsertHeadList(head, a, lock)).toBe(0);
    expect(ddk.ExInterlockedInsertTailList(head, b, lock)).toBe(a);
    const removed = [1, 2, 3].map(() => ddk.ExInterlockedRemoveHeadList(head, lock));
    expect(removed).toEqual([a, b, 0]);
    ddk.memory.writePointer(head, 0);
    expect(ddk.ExInterlockedPushEntryList(head, a, lock)).toBe(0);
    expect(ddk.ExInterlockedPushEntryList(head, b, lock)).toBe(a);
    expect([1, 2, 3].map(() => ddk.ExInterlockedPopEntryList(head, lock))).toEqual([b, a, 0]);
    ddk.memory.writePointer(lock, 1);
    expect(rig.stopOf(() => ddk.ExInterlockedRemoveHeadList(head, lock)).name).toBe("SPIN_LOCK_ALREADY_OWNED");
  });
});

describe("sequenced lists", () => {
  it("are last in, first out, count their depth, and can be emptied", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const head = rig.scratch(0x80);
    ddk.InitializeSListHead(head);
    const entries = [0x10, 0x20, 0x30].map((offset) => head + offset);
    expect(entries.map((entry) => ddk.ExpInterlockedPushEntrySList(head, entry))).toEqual([0, entries[0], entries[1]]);
    expect([ddk.ExQueryDepthSList(head), ddk.memory.readU16(head + 2)]).toEqual([3, 3]);
    expect(ddk.ExpInterlockedPopEntrySList(head)).toBe(entries[2]);
    expect(ddk.ExpInterlockedFlushSList(head)).toBe(entries[1]);
    expect(ddk.memory.readPointer(entries[1] as Address)).toBe(entries[0]);
    expect([ddk.ExQueryDepthSList(head), ddk.ExpInterlockedPopEntrySList(head)]).toEqual([0, 0]);
  });

  it("raise for a head that is not 16-byte aligned", () => {
    const rig = new TestDdk();
    const head = rig.scratch(0x80) + 8;
    const stop = rig.stopOf(() => rig.ddk.InitializeSListHead(head));
    expect(stop.parameters[0]).toBe(STATUS_DATATYPE_MISALIGNMENT);
  });
});

describe("lookaside lists", () => {
  it("keep up to their depth of freed blocks, and count what they do in memory", () => {
    const rig = new TestDdk();
    const { ddk, kernel } = rig;
    const list = rig.scratch(NPAGED_LOOKASIDE_LIST.size);
    ddk.ExInitializeNPagedLookasideList(list, 0, 0, 0x200, 48, "Look", 0);
    const blocks = rig.as("Start", () => [1, 2, 3, 4, 5, 6].map(() => ddk.ExAllocateFromNPagedLookasideList(list)));
    expect(kernel.driverPool.allocatorOf(blocks[0] as Address)).toBe("drv!Start");
    for (const block of blocks) ddk.ExFreeToNPagedLookasideList(list, block);
    const { L } = NPAGED_LOOKASIDE_LIST.view(kernel.mem, list);
    expect([L.TotalAllocates, L.AllocateMisses, L.TotalFrees, L.FreeMisses, L.Depth]).toEqual([6, 6, 6, 2, 4]);
    expect([ddk.ExQueryDepthSList(list), ddk.ExAllocateFromNPagedLookasideList(list)]).toEqual([4, blocks[3]]);
    ddk.ExFreeToNPagedLookasideList(list, blocks[3] as Address);
    expect(kernel.lookaside.listsOf(rig.module)).toEqual([list]);
    ddk.ExDeleteNPagedLookasideList(list);
    expect([kernel.lookaside.listsOf(rig.module), kernel.driverPool.leakedBy(rig.module)]).toEqual([[], []]);
  });

  it("call the driver's own routines", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const calls: number[][] = [];
    const allocate = ddk.routine("Allocate", (type = 0, bytes = 0, tag = 0, list = 0) => {
      calls.push([type, bytes, tag, list]);
      return ddk.ExAllocatePoolWithTag(type, bytes, tag);
    });
    const free = ddk.routine("Free", (block = 0, list = 0) => {
      calls.push([list]);
      ddk.ExFreePool(block);
      return undefined;
    });
    const list = rig.scratch(0x60);
    expect(ddk.ExInitializeLookasideListEx(list, allocate, free, PagedPool, 0, 2, "Ex  ", 0)).toBe(STATUS_SUCCESS);
    ddk.ExFreeToLookasideListEx(list, ddk.ExAllocateFromLookasideListEx(list));
    ddk.ExDeleteLookasideListEx(list);
    expect(calls).toEqual([[PagedPool, 8, 0x2020_7845, list], [list]]);
  });

  it("refuse what they do not know (ExInitializeLookasideListEx)", () => {
    const rig = new TestDdk();
    const list = rig.scratch(0x60);
    const make = (type: number, flags: number) =>
      rig.ddk.ExInitializeLookasideListEx(list, 0, 0, type, flags, 8, "T", 0);
    expect([make(77, 0), make(1, 3), make(1, 4)]).toEqual([
      STATUS_INVALID_PARAMETER_4,
      STATUS_INVALID_PARAMETER_5,
      STATUS_INVALID_PARAMETER_5,
    ]);
  });
});

describe("interlocked operations", () => {
  it("answer the value before or after, as wdm.h says, and wrap around", () => {
    const rig = new TestDdk();
    const { ddk } = rig;
    const at = rig.scratch(16);
    const doneTo = (value: number, action: () => unknown) => {
      ddk.memory.writeI32(at, value);
      const answer = action();
      return [answer, ddk.memory.readI32(at)];
    };
    const top = 0x7fff_ffff;
    expect(doneTo(top, () => ddk.InterlockedIncrement(at))).toEqual([-top - 1, -top - 1]);
    expect(doneTo(-top - 1, () => ddk.InterlockedDecrement(at))).toEqual([top, top]);
    expect(doneTo(5, () => ddk.InterlockedAdd(at, -7))).toEqual([-2, -2]);
    expect(doneTo(5, () => ddk.InterlockedExchangeAdd(at, -7))).toEqual([5, -2]);
    expect(doneTo(5, () => ddk.InterlockedExchange(at, 9))).toEqual([5, 9]);
    expect(doneTo(5, () => ddk.InterlockedCompareExchange(at, 9, 5))).toEqual([5, 9]);
    expect(doneTo(5, () => ddk.InterlockedCompareExchange(at, 9, 6))).toEqual([5, 5]);
    expect(doneTo(5, () => ddk.InterlockedOr(at, 2))).toEqual([5, 7]);
    expect(doneTo(5, () => ddk.InterlockedAnd(at, 4))).toEqual([5, 4]);
    expect(doneTo(5, () => ddk.InterlockedXor(at, 4))).toEqual([5, 1]);
    expect(doneTo(5, () => ddk.InterlockedBitTestAndSet(at, 1))).toEqual([false, 7]);
    expect(doneTo(5, () => ddk.InterlockedBitTestAndReset(at, 2))).toEqual([true, 1]);
    ddk.memory.writeU64(at, 2n ** 63n - 1n);
    expect(ddk.InterlockedIncrement64(at)).toBe(-(2n ** 63n));
    expect(ddk.InterlockedCompareExchange64(at, 3n, -(2n ** 63n))).toBe(-(2n ** 63n));
    expect(ddk.InterlockedAdd64(at, -5n)).toBe(-2n);
    expect([ddk.InterlockedExchangePointer(at, at), ddk.InterlockedCompareExchangePointer(at, 0, at)]).toEqual([
      -2,
      at,
    ]);
  });

  it("on an address that is not there stop the machine", () => {
    const rig = new TestDdk();
    expect(rig.stopOf(() => rig.ddk.InterlockedIncrement(-0x1000)).name).toBe("PAGE_FAULT_IN_NONPAGED_AREA");
  });
});

function flinkOf(ddk: TestDdk["ddk"], at: Address): Address {
  return ddk.memory.readPointer(at);
}
