/** Drivers that go while something of theirs still runs. */
import { describe, expect, it } from "vitest";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { TestKernel } from "../testKernel";
import type { Ddk } from "../wdk/ddk";
import { createDdk } from "../wdk/kernelDdk";

const MILLISECOND = 10_000;

/** A driver that begins something in DriverEntry and is unloaded at once. */
function unloadAfter(
  begin: (ddk: Ddk, memory: number) => void,
  end: (ddk: Ddk, memory: number) => void = () => undefined,
) {
  const test = new TestKernel();
  const { kernel } = test;
  const memory = kernel.pool.ExAllocatePoolWithTag(NonPagedPoolNx, 0x100, "Test");
  kernel.mem.fill(memory, 0x100, 0);
  test.load("x", (driver) => {
    const ddk = createDdk(kernel, driver.module);
    begin(ddk, memory);
    driver.onUnload(() => end(ddk, memory));
    return undefined;
  });
  kernel.enter(() => kernel.scm.StopService("x"));
  return test;
}

function setTimer(ddk: Ddk, memory: number): void {
  ddk.KeInitializeTimer(memory);
  ddk.KeInitializeDpc(
    memory + 0x80,
    ddk.routine("TimerDpc", () => undefined),
    0,
  );
  ddk.KeSetTimer(memory, BigInt(-MILLISECOND), memory + 0x80);
}

describe("a driver that is unloaded", () => {
  it("with a timer that runs is told so, and the machine stops when the timer is due, with the routine's name", () => {
    const test = unloadAfter(setTimer);
    expect(test.rules()).toEqual(["leakedTimer"]);
    test.kernel.threading.scheduler.advance(2 * MILLISECOND);
    expect(test.host.bugchecks.map(({ name }) => name)).toEqual([
      "DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS",
    ]);
    expect(test.host.bugchecks[0]?.rule).toContain("x!TimerDpc was called after its driver had been unloaded");
  });

  it("and cancelled its timer goes in peace", () => {
    const test = unloadAfter(setTimer, (ddk, memory) => {
      ddk.KeCancelTimer(memory);
      ddk.KeFlushQueuedDpcs();
    });
    test.kernel.threading.scheduler.advance(2 * MILLISECOND);
    expect([test.rules(), test.host.bugchecks]).toEqual([[], []]);
  });

  it("with a thread that runs is told so", () => {
    const test = unloadAfter((ddk) => {
      const body = ddk.routine("Worker", function* () {
        yield* ddk.KeDelayExecutionThread(BigInt(-MILLISECOND));
        return undefined;
      });
      ddk.PsCreateSystemThread(body, 0);
    });
    expect(test.rules()).toEqual(["leakedThread"]);
    expect(test.host.reports[0]?.message).toContain("x!Worker");
  });

  it("while its DriverUnload waits is gone when that returns", () => {
    const test = new TestKernel();
    const { kernel } = test;
    test.load("x", (driver) => {
      const ddk = createDdk(kernel, driver.module);
      const unload = ddk.routine("DriverUnload", function* () {
        yield* ddk.KeDelayExecutionThread(BigInt(-MILLISECOND));
        ddk.DbgPrint("gone\n");
        return undefined;
      });
      kernel.mem.writePointer(driver.object + 0x68, unload);
      return undefined;
    });
    const state = () => {
      const status = kernel.scm.QueryServiceStatus("x");
      return "value" in status ? status.value.state : status.error;
    };
    kernel.enter(() => kernel.scm.StopService("x"));
    expect(state()).toBe("STOP_PENDING");
    kernel.threading.scheduler.advance(MILLISECOND);
    expect([state(), test.host.prints.map(({ text }) => text)]).toEqual(["STOPPED", ["gone\n"]]);
  });

  it("is START_PENDING while its DriverEntry waits", () => {
    const test = new TestKernel();
    const { kernel } = test;
    test.install("x", function* (driver) {
      const ddk = createDdk(kernel, driver.module);
      yield* ddk.KeDelayExecutionThread(BigInt(-MILLISECOND));
      return 0;
    });
    const states: string[] = [];
    const started = kernel.enter(() => kernel.scm.StartService("x")).value;
    if (started === undefined || !("value" in started)) throw new Error("not started");
    states.push(started.value.state);
    started.later?.whenDone((result) => void ("value" in result && states.push(result.value.state)));
    kernel.threading.scheduler.advance(MILLISECOND);
    expect(states).toEqual(["START_PENDING", "RUNNING"]);
  });
});
