/** Mutexes, waits that never block, spin locks and lists. */
import { describe, expect, it } from "vitest";
import { STATUS_SUCCESS, STATUS_TIMEOUT } from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPool } from "../../../native-bindings/abi/poolTypes";
import { TestKernel } from "../testKernel";
import { initializeListHead, KeInitializeEvent, KeInitializeMutex, KeInitializeSemaphore } from "./dispatcherObjects";
import { InsertTailList, RemoveEntryList } from "./linkedLists";
import { KeAcquireSpinLock, KeInitializeSpinLock, KeReleaseSpinLock } from "./spinLocks";
import { KeReleaseMutex, KeWaitForSingleObject } from "./waits";

const ME = 0x100;
const OTHER = 0x200;

function rig() {
  const { kernel } = new TestKernel();
  const { mem, ke, pool } = kernel;
  const block = pool.ExAllocatePoolWithTag(NonPagedPool, 0x200, "Test");
  const wait = (thread = ME, mayTimeOut = true) => KeWaitForSingleObject(mem, ke, block, thread, mayTimeOut);
  const bugcheckOf = (action: () => unknown) => kernel.enter(action).bugcheck?.name;
  return { kernel, mem, ke, block, wait, bugcheckOf };
}

describe("KMUTEX (case 99)", () => {
  it("can be acquired ten times and released as often, the last time with 0", () => {
    const { mem, ke, block, wait } = rig();
    KeInitializeMutex(mem, block);
    for (let count = 0; count < 10; count += 1) expect(wait()).toBe(STATUS_SUCCESS);
    expect(wait(OTHER)).toBe(STATUS_TIMEOUT);
    const released = Array.from({ length: 10 }, () => KeReleaseMutex(mem, ke, block, ME));
    expect(released).toEqual([-9, -8, -7, -6, -5, -4, -3, -2, -1, 0]);
    expect(wait(OTHER)).toBe(STATUS_SUCCESS);
  });

  it("is released by its owner only", () => {
    const { mem, ke, block, wait, bugcheckOf } = rig();
    KeInitializeMutex(mem, block);
    wait();
    expect(bugcheckOf(() => KeReleaseMutex(mem, ke, block, OTHER))).toBe("KMODE_EXCEPTION_NOT_HANDLED");
  });

  it("stops the machine where a thread would wait for ever", () => {
    const { mem, block, wait, bugcheckOf } = rig();
    KeInitializeMutex(mem, block);
    wait();
    expect(bugcheckOf(() => wait(OTHER, false))).toBe("THREAD_STUCK_IN_DEVICE_DRIVER");
  });
});

describe("events and semaphores (case 98)", () => {
  it("a notification event stays set, a synchronization event releases one, a semaphore as many as it counts", () => {
    const { mem, block, wait } = rig();
    const waits = () => [wait(), wait(), wait()];
    KeInitializeEvent(mem, block, 0, true);
    expect(waits()).toEqual([STATUS_SUCCESS, STATUS_SUCCESS, STATUS_SUCCESS]);
    KeInitializeEvent(mem, block, 1, true);
    expect(waits()).toEqual([STATUS_SUCCESS, STATUS_TIMEOUT, STATUS_TIMEOUT]);
    KeInitializeSemaphore(mem, block, 2, 2);
    expect(waits()).toEqual([STATUS_SUCCESS, STATUS_SUCCESS, STATUS_TIMEOUT]);
  });
});

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
