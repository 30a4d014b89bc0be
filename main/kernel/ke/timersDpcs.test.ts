/** Timers, DPCs and time, on the machine's clock (wdm.h). */
import { describe, expect, it } from "vitest";
import { testThreads } from "./testThreads";

describe("timers", () => {
  it("are signalled when due, queue their DPC at DISPATCH_LEVEL, and come again with a period until cancelled", () => {
    const { ddk, object, pass, routine, said } = testThreads();
    const [timer, dpc] = [object(), object()];
    const deferred = routine((at = 0, context = 0) => {
      said.push(at === dpc, context, ddk.KeGetCurrentIrql());
      return undefined;
    });
    ddk.KeInitializeTimer(timer);
    ddk.KeInitializeDpc(dpc, deferred, 77);
    expect(ddk.KeSetTimerEx(timer, -20_000n, 1, dpc)).toBe(false);
    pass(1);
    expect([ddk.KeReadStateTimer(timer), said.length]).toEqual([0, 0]);
    pass(1);
    expect([ddk.KeReadStateTimer(timer), said]).toEqual([1, [true, 77, 2]]);
    pass(2);
    expect(said).toHaveLength(9);
    expect([ddk.KeCancelTimer(timer), ddk.KeCancelTimer(timer)]).toEqual([true, false]);
    pass(10);
    expect(said).toHaveLength(9);
  });

  it("release threads: a synchronization timer one, a notification timer all", () => {
    const { ddk, object, thread, run, pass, said } = testThreads();
    for (const type of [0, 1]) {
      const timer = object();
      ddk.KeInitializeTimerEx(timer, type);
      for (const name of ["a", "b"]) {
        thread(function* () {
          yield* ddk.KeWaitForSingleObject(timer);
          said.push(`${type}${name}`);
        });
      }
      run();
      ddk.KeSetTimer(timer, -10_000n);
      pass(1);
    }
    expect(said).toEqual(["0a", "0b", "1a"]);
  });

  it("due at the same time expire in the order in which they were set", () => {
    const { ddk, object, pass, routine, said } = testThreads();
    for (const name of [1, 2, 3]) {
      const [timer, dpc] = [object(), object()];
      ddk.KeInitializeTimer(timer);
      const deferred = routine(() => {
        said.push(name);
        return undefined;
      });
      ddk.KeInitializeDpc(dpc, deferred, 0);
      ddk.KeSetTimer(timer, -5000n, dpc);
    }
    pass(1);
    expect(said).toEqual([1, 2, 3]);
  });
});

describe("DPCs", () => {
  it("run at once below DISPATCH_LEVEL, and when it is left above; queued twice they run once", () => {
    const { test, ddk, object, routine, said } = testThreads();
    const dpc = object();
    const deferred = routine((_dpc = 0, _context = 0, first = 0) => {
      said.push(first);
      return undefined;
    });
    ddk.KeInitializeDpc(dpc, deferred, 0);
    test.kernel.enter(() => {
      said.push(ddk.KeInsertQueueDpc(dpc, 1));
      const irql = ddk.KeRaiseIrql(2);
      said.push(ddk.KeInsertQueueDpc(dpc, 2), ddk.KeInsertQueueDpc(dpc, 3));
      said.push("still at DISPATCH_LEVEL");
      ddk.KeLowerIrql(irql);
    });
    expect(said).toEqual([1, true, true, false, "still at DISPATCH_LEVEL", 2]);
  });

  it("must not wait", () => {
    const { test, ddk, object, routine } = testThreads();
    const [event, dpc] = [object(), object()];
    ddk.KeInitializeEvent(event, 0, false);
    const deferred = routine(function* () {
      yield* ddk.KeWaitForSingleObject(event);
      return undefined;
    });
    ddk.KeInitializeDpc(dpc, deferred, 0);
    test.kernel.enter(() => ddk.KeInsertQueueDpc(dpc));
    expect(test.host.bugchecks.map(({ name }) => name)).toEqual(["ATTEMPTED_SWITCH_FROM_DPC"]);
  });
});

describe("the clock", () => {
  it("stands still while paused, goes step by step, and goes on", () => {
    const { test, ddk, thread, run, said } = testThreads();
    const { scheduler, clock } = test.kernel.threading;
    scheduler.pause();
    for (const name of ["a", "b"]) {
      thread(function* () {
        said.push(name);
        yield* ddk.KeDelayExecutionThread(-10_000n);
        said.push(`${name} later`);
      });
    }
    const before = clock.interruptTime;
    test.host.time += 1000;
    run();
    expect([said, clock.interruptTime]).toEqual([[], before]);
    const steps: string[] = [];
    while (scheduler.step()) steps.push(said.join());
    // The two threads, the first time limit, its thread, the other limit, its thread.
    expect(steps).toEqual(["a", "a,b", "a,b", "a,b", "a,b,a later", "a,b,a later,b later"]);
    expect(clock.interruptTime - before).toBe(10_000);
  });

  it("asks the host to be woken when the next timer is due", () => {
    const { test, ddk, object, run } = testThreads();
    const asked: (number | undefined)[] = [];
    test.host.wakeAfter = (milliseconds) => void asked.push(milliseconds);
    const timer = object();
    ddk.KeInitializeTimer(timer);
    ddk.KeSetTimer(timer, -250_000n);
    run();
    expect(asked).toEqual([25]);
    test.host.time += 25;
    run();
    expect([ddk.KeReadStateTimer(timer), asked]).toEqual([1, [25, undefined]]);
  });
});
