/** Spin locks and lists. */
import { describe, expect, it } from "vitest";
import { NonPagedPool } from "../../../native-bindings/abi/poolTypes";
import { TestKernel } from "../testKernel";
import { initializeListHead } from "./dispatcherObjects";
import { InsertTailList, RemoveEntryList } from "./linkedLists";
import { KeAcquireSpinLock, KeInitializeSpinLock, KeReleaseSpinLock } from "./spinLocks";

function rig() {
  const { kernel } = new TestKernel();
  const { mem, ke, pool } = kernel;
  const block = pool.ExAllocatePoolWithTag(NonPagedPool, 0x200, "Test");
  const bugcheckOf = (action: () => unknown) => kernel.enter(action).bugcheck?.name;
  return { mem, ke, block, bugcheckOf };
}

describe("spin locks", () => {
  it("raise to DISPATCH_LEVEL and go back", () => {
    const { mem, ke, block } = rig();
    KeInitializeSpinLock(mem, block);
    const irql = KeAcquireSpinLock(mem, ke, block);
    expect([irql, ke.irql]).toEqual([0, 2]);
    KeReleaseSpinLock(mem, ke, block, irql);
    expect(ke.irql).toBe(0);
  });

  it("are no place to acquire or release twice", () => {
    const taken = rig();
    KeInitializeSpinLock(taken.mem, taken.block);
    KeAcquireSpinLock(taken.mem, taken.ke, taken.block);
    expect(taken.bugcheckOf(() => KeAcquireSpinLock(taken.mem, taken.ke, taken.block))).toBe("SPIN_LOCK_ALREADY_OWNED");
    const free = rig();
    KeInitializeSpinLock(free.mem, free.block);
    expect(free.bugcheckOf(() => KeReleaseSpinLock(free.mem, free.ke, free.block, 0))).toBe("SPIN_LOCK_NOT_OWNED");
  });
});

describe("linked lists", () => {
  it("keep the order of insertion, and tell when they are empty", () => {
    const { mem, ke, block } = rig();
    const [first, second] = [block + 0x20, block + 0x40];
    initializeListHead(mem, block);
    InsertTailList(mem, ke, block, first);
    InsertTailList(mem, ke, block, second);
    expect([mem.readPointer(block), mem.readPointer(first), mem.readPointer(second)]).toEqual([first, second, block]);
    expect([RemoveEntryList(mem, ke, first), RemoveEntryList(mem, ke, second)]).toEqual([false, true]);
    expect(mem.readPointer(block)).toBe(block);
  });

  it("notice an entry that is removed twice", () => {
    const { mem, ke, block, bugcheckOf } = rig();
    const entry = block + 0x20;
    initializeListHead(mem, block);
    InsertTailList(mem, ke, block, entry);
    InsertTailList(mem, ke, block, block + 0x40);
    RemoveEntryList(mem, ke, entry);
    expect(bugcheckOf(() => RemoveEntryList(mem, ke, entry))).toBe("KERNEL_SECURITY_CHECK_FAILURE");
  });
});
