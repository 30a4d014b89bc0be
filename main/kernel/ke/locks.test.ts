/** Fast mutexes, ERESOURCEs (case 105: the sequence of a driver's own test of them), critical regions, deadlocks, work items, threads. */
import { describe, expect, it } from "vitest";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { WORK_QUEUE_ITEM } from "../../../native-bindings/abi/structures/sync";
import { testThreads } from "./testThreads";

describe("fast mutexes", () => {
  it("are held at APC_LEVEL by one thread at a time", () => {
    const { ddk, object, thread, run, pass, said } = testThreads();
    const mutex = object();
    ddk.ExInitializeFastMutex(mutex);
    for (const name of ["a", "b", "c"]) {
      thread(function* () {
        yield* ddk.ExAcquireFastMutex(mutex);
        said.push(`${name} at ${ddk.KeGetCurrentIrql()}`);
        yield* ddk.KeDelayExecutionThread(-10_000n);
        ddk.ExReleaseFastMutex(mutex);
        said.push(`${name} back at ${ddk.KeGetCurrentIrql()}`);
      });
    }
    run();
    expect(ddk.ExTryToAcquireFastMutex(mutex)).toBe(false);
    pass(5);
    expect(said).toEqual(["a at 1", "a back at 0", "b at 1", "b back at 0", "c at 1", "c back at 0"]);
  });
});

describe("ERESOURCE", () => {
  it("case 105: exclusive, shared, recursive, converted, with others in line", () => {
    const { ddk, object, thread, run, pass, said } = testThreads();
    const resource = object();
    ddk.ExInitializeResourceLite(resource);
    const other = (what: "ExAcquireResourceExclusiveLite" | "ExAcquireResourceSharedLite", name: string) =>
      thread(function* () {
        said.push(`${name} at once ${yield* ddk[what](resource, false)}`);
        yield* ddk[what](resource, true);
        said.push(`${name} has it`);
        yield* ddk.KeDelayExecutionThread(-10_000n);
        ddk.ExReleaseResourceLite(resource);
      });
    thread(function* () {
      said.push(yield* ddk.ExAcquireResourceExclusiveLite(resource, true));
      said.push(yield* ddk.ExAcquireResourceExclusiveLite(resource, true));
      said.push(yield* ddk.ExAcquireResourceSharedLite(resource, true));
      said.push(ddk.ExIsResourceAcquiredExclusiveLite(resource), ddk.ExIsResourceAcquiredSharedLite(resource));
      other("ExAcquireResourceSharedLite", "sharer");
      other("ExAcquireResourceExclusiveLite", "loner");
      yield* ddk.KeDelayExecutionThread(-10_000n);
      ddk.ExReleaseResourceLite(resource);
      ddk.ExReleaseResourceLite(resource);
      ddk.ExConvertExclusiveToSharedLite(resource);
      said.push("converted", ddk.ExIsResourceAcquiredExclusiveLite(resource));
      yield* ddk.KeDelayExecutionThread(-5000n);
      ddk.ExReleaseResourceLite(resource);
    });
    run();
    pass(20);
    expect(said).toEqual([
      1,
      1,
      1,
      true,
      3,
      "sharer at once 0",
      "loner at once 0",
      "converted",
      false,
      "sharer has it",
      "loner has it",
    ]);
    ddk.ExDeleteResourceLite(resource);
  });

  it("who wants it alone comes before new sharers, but not before those who starve him", () => {
    const { ddk, object, thread, run, said } = testThreads();
    const resource = object();
    ddk.ExInitializeResourceLite(resource);
    thread(function* () {
      yield* ddk.ExAcquireResourceSharedLite(resource, true);
      yield* ddk.KeDelayExecutionThread(-10_000n);
    });
    thread(function* () {
      yield* ddk.ExAcquireResourceExclusiveLite(resource, true);
    });
    thread(function* () {
      said.push(yield* ddk.ExAcquireResourceSharedLite(resource, false));
      said.push(yield* ddk.ExAcquireSharedWaitForExclusive(resource, false));
      said.push(yield* ddk.ExAcquireSharedStarveExclusive(resource, false));
    });
    run();
    expect(said).toEqual([0, 0, 1]);
  });
});

describe("deadlocks", () => {
  it("are told: who waits for what that whom holds", () => {
    const { test, ddk, object, thread, run, pass } = testThreads();
    const [first, second] = [object(), object()];
    ddk.KeInitializeMutex(first);
    ddk.KeInitializeMutex(second);
    const both = (one: number, other: number) =>
      thread(function* () {
        yield* ddk.KeWaitForSingleObject(one);
        yield* ddk.KeDelayExecutionThread(-1000n);
        yield* ddk.KeWaitForSingleObject(other);
      });
    const [a, b] = [both(first, second), both(second, first)];
    run();
    expect(test.rules()).toEqual([]);
    pass(1);
    expect(test.rules()).toEqual(["deadlock"]);
    const { message } = test.host.reports[0] ?? { message: "" };
    expect(message).toContain(`thread ${b.id}`);
    expect(message).toContain(`thread ${a.id}`);
    expect(test.kernel.waitGraphs.deadlocks(test.kernel.ps.threads)).toHaveLength(1);
  });

  it("of a thread with itself, over a fast mutex", () => {
    const { test, ddk, object, thread, run } = testThreads();
    const mutex = object();
    ddk.ExInitializeFastMutex(mutex);
    thread(function* () {
      yield* ddk.ExAcquireFastMutex(mutex);
      yield* ddk.ExAcquireFastMutex(mutex);
    });
    run();
    expect(test.host.reports.map(({ message }) => message)[0]).toContain("which it holds itself");
  });

  it("are not seen where a time limit or an event may still end the wait", () => {
    const { test, ddk, object, thread, run, pass } = testThreads();
    const [mutex, event, other] = [object(), object(), object()];
    ddk.KeInitializeMutex(mutex);
    ddk.KeInitializeMutex(other);
    ddk.KeInitializeEvent(event, 0, false);
    thread(function* () {
      yield* ddk.KeWaitForSingleObject(mutex);
      yield* ddk.KeDelayExecutionThread(-1000n);
      yield* ddk.KeWaitForMultipleObjects([other, event], false);
    });
    thread(function* () {
      yield* ddk.KeWaitForSingleObject(other);
      yield* ddk.KeWaitForSingleObject(mutex);
    });
    run();
    pass(1);
    expect(test.rules()).toEqual([]);
  });
});

describe("threads and work items", () => {
  it("a system thread's object is signalled when the thread ends, by return or by itself", () => {
    const { ddk, routine, thread, run, said } = testThreads();
    const ends = routine(function* (context = 0) {
      said.push(`runs ${context}`);
      yield* ddk.KeDelayExecutionThread(0n);
      ddk.PsTerminateSystemThread(STATUS_SUCCESS);
      return undefined;
    });
    const returns = routine(() => undefined);
    const made = [ddk.PsCreateSystemThread(ends, 5), ddk.PsCreateSystemThread(returns, 0)];
    thread(function* () {
      for (const { thread: waitedFor } of made) said.push(yield* ddk.KeWaitForSingleObject(waitedFor));
      yield* ddk.KeDelayExecutionThread(0n);
    });
    run();
    expect(said).toEqual(["runs 5", STATUS_SUCCESS, STATUS_SUCCESS]);
  });

  it("work items run in the system process at PASSIVE_LEVEL, and may wait", () => {
    const { test, ddk, object, routine, run, pass, said } = testThreads();
    const work = routine(function* (parameter = 0) {
      said.push(`${ddk.PsGetCurrentProcessId()} at ${ddk.KeGetCurrentIrql()} with ${parameter}`);
      yield* ddk.KeDelayExecutionThread(-10_000n);
      said.push("done");
      return undefined;
    });
    const item = object();
    test.kernel.mem.writePointer(item + WORK_QUEUE_ITEM.offset.WorkerRoutine, work);
    test.kernel.mem.writePointer(item + WORK_QUEUE_ITEM.offset.Parameter, 9);
    test.kernel.enter(() => {
      const irql = ddk.KeRaiseIrql(2);
      ddk.ExQueueWorkItem(item, 0);
      ddk.KeLowerIrql(irql);
      said.push("queued");
    });
    run();
    pass(1);
    expect(said).toEqual(["queued", "4 at 0 with 9", "done"]);
  });

  it("a critical region left open is a bugcheck on the way back to user mode", () => {
    const { ddk } = testThreads();
    ddk.KeEnterCriticalRegion();
    expect(ddk.KeAreApcsDisabled()).toBe(true);
    ddk.KeLeaveCriticalRegion();
    expect(ddk.KeAreApcsDisabled()).toBe(false);
  });
});
