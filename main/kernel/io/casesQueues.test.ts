/** Case 85 of the project's NT facts, and what stands on device queues: StartIo, timers and DPCs of devices. */
import { describe, expect, it } from "vitest";
import { IRP_MJ_READ } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { KDEVICE_QUEUE, KDEVICE_QUEUE_ENTRY } from "../../../native-bindings/abi/structures/deviceQueue";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { IoOutcome } from "../nt/ioOutcome";
import { FILE_FLAG_OVERLAPPED } from "../nt/win32";
import { loadDdkDevice, type TestDdkDevice } from "./testDdkDevice";

const { STATUS_CANCELLED, STATUS_PENDING, STATUS_SUCCESS } = codes;
const DISPATCH_LEVEL = 2;

function openAsynchronously({ test }: TestDdkDevice): number {
  const parameters = { desiredAccess: 0xc000_0000, flagsAndAttributes: FILE_FLAG_OVERLAPPED };
  const opened = test.user(() => test.kernel.win32.CreateFileW("\\\\.\\X", parameters));
  if (opened.pending) throw new Error("pending");
  return opened.handle;
}

/** Reads go to StartIo, in the order of their offsets or as they come; it keeps what it is given. */
function startIoRig(options: { byKey?: boolean; cancelRoutine?: number } = {}) {
  const rig = loadDdkDevice();
  const { ddk, kernel, driver, device } = rig;
  const started: number[] = [];
  const levels: number[] = [];
  const offsetOf = (irp: number) => Number(kernel.mem.readU64(ddk.IoGetCurrentIrpStackLocation(irp) + 0x18));
  let act = (irp: number): void => void started.push(offsetOf(irp));
  const startIo = rig.routine((_device = 0, irp = 0) => {
    levels.push(ddk.KeGetCurrentIrql());
    act(irp);
    return undefined;
  });
  kernel.mem.writePointer(driver.object + DRIVER_OBJECT.offset.DriverStartIo, startIo);
  driver.handle(IRP_MJ_READ, (target, irp) => {
    ddk.IoMarkIrpPending(irp);
    ddk.IoStartPacket(target, irp, options.byKey ? offsetOf(irp) : undefined, options.cancelRoutine);
    return STATUS_PENDING;
  });
  const handle = openAsynchronously(rig);
  const read = (offset: number): IoOutcome => rig.test.user(() => kernel.files.NtReadFile(handle, 0, 0, offset));
  const current = () => kernel.mem.readPointer(device + DEVICE_OBJECT.offset.CurrentIrp);
  const finish = (next: () => void) =>
    rig.run(() => {
      const irp = current();
      const irql = ddk.KeRaiseIrql(DISPATCH_LEVEL);
      next();
      ddk.KeLowerIrql(irql);
      driver.complete(irp, STATUS_SUCCESS);
    });
  return {
    ...rig,
    started,
    levels,
    handle,
    read,
    current,
    finish,
    setAct: (next: (irp: number) => void) => {
      act = next;
    },
  };
}

describe("device queues", () => {
  it("case 85: the first insertion makes an idle queue busy and answers false, the next ones true", () => {
    const { ddk, kernel, memory } = loadDdkDevice();
    const queue = memory();
    const [first, second, third] = [memory(), memory(), memory()];
    ddk.KeInitializeDeviceQueue(queue);
    const busy = () => kernel.mem.readU8(queue + KDEVICE_QUEUE.offset.Busy);
    expect(busy()).toBe(0);
    expect(ddk.KeInsertDeviceQueue(queue, first)).toBe(false);
    expect(busy()).toBe(1);
    expect([ddk.KeInsertDeviceQueue(queue, second), ddk.KeInsertDeviceQueue(queue, third)]).toEqual([true, true]);
    expect(kernel.mem.readU8(second + KDEVICE_QUEUE_ENTRY.offset.Inserted)).toBe(1);
    expect(ddk.KeRemoveEntryDeviceQueue(queue, second)).toBe(true);
    expect(ddk.KeRemoveEntryDeviceQueue(queue, second)).toBe(false);
    expect(ddk.KeRemoveEntryDeviceQueue(queue, first)).toBe(false);
    expect(ddk.KeRemoveDeviceQueue(queue)).toBe(third);
    expect(busy()).toBe(1);
    expect(ddk.KeRemoveDeviceQueue(queue)).toBe(0);
    expect(busy()).toBe(0);
  });

  it("case 85: with keys the queue is in their order, and the next is the first that is not below", () => {
    const { ddk, memory } = loadDdkDevice();
    const queue = memory();
    ddk.KeInitializeDeviceQueue(queue);
    const entries = new Map([50, 10, 30, 30, 20].map((key) => [memory(), key]));
    expect(ddk.KeInsertByKeyDeviceQueue(queue, memory(), 0)).toBe(false);
    for (const [entry, key] of entries) expect(ddk.KeInsertByKeyDeviceQueue(queue, entry, key)).toBe(true);
    const [, , firstThirty] = [...entries.keys()];
    expect(ddk.KeRemoveByKeyDeviceQueue(queue, 25)).toBe(firstThirty);
    const take = (key: number) => entries.get(ddk.KeRemoveByKeyDeviceQueue(queue, key));
    expect([take(40), take(60), take(0), take(0), take(0)]).toEqual([50, 10, 20, 30, undefined]);
  });

  it("says when an idle queue is asked for the next entry", () => {
    const { ddk, memory, test } = loadDdkDevice();
    const queue = memory();
    ddk.KeInitializeDeviceQueue(queue);
    expect(ddk.KeRemoveDeviceQueue(queue)).toBe(0);
    expect(test.rules()).toEqual(["deviceQueueIdle"]);
  });
});

describe("StartIo", () => {
  it("gets one request at a time, at DISPATCH_LEVEL, in the order in which they came", () => {
    const { read, started, levels, current, finish, ddk, device } = startIoRig();
    const outcomes = [1, 2, 3].map(read);
    expect(outcomes.every(({ pending }) => pending)).toBe(true);
    expect(started).toEqual([1]);
    finish(() => ddk.IoStartNextPacket(device, false));
    finish(() => ddk.IoStartNextPacket(device, false));
    expect(started).toEqual([1, 2, 3]);
    finish(() => ddk.IoStartNextPacket(device, false));
    expect(current()).toBe(0);
    expect(levels).toEqual([2, 2, 2]);
    // Idle again.
    read(4);
    expect(started).toEqual([1, 2, 3, 4]);
  });

  it("gets them by key", () => {
    const { read, started, finish, ddk, device } = startIoRig({ byKey: true });
    for (const offset of [5, 40, 10, 30]) read(offset);
    finish(() => ddk.IoStartNextPacketByKey(device, false, 20));
    finish(() => ddk.IoStartNextPacketByKey(device, false, 35));
    finish(() => ddk.IoStartNextPacket(device, false));
    expect(started).toEqual([5, 30, 40, 10]);
  });

  it("does not call itself when that is deferred, and does otherwise", () => {
    for (const deferred of [false, true]) {
      const { read, setAct, ddk, device, driver, run } = startIoRig();
      let depth = 0;
      const depths: number[] = [];
      run(() => ddk.IoSetStartIoAttributes(device, deferred, false));
      read(0);
      const first = [1, 2, 3].map(read);
      setAct((irp) => {
        depth += 1;
        depths.push(depth);
        ddk.IoStartNextPacket(device, false);
        driver.complete(irp, STATUS_SUCCESS);
        depth -= 1;
      });
      run(() => {
        const irql = ddk.KeRaiseIrql(DISPATCH_LEVEL);
        ddk.IoStartNextPacket(device, false);
        ddk.KeLowerIrql(irql);
      });
      expect(depths).toEqual(deferred ? [1, 1, 1] : [1, 2, 3]);
      expect(first).toHaveLength(3);
    }
  });

  it("never sees a request that was cancelled in the queue", () => {
    let cancelled = 0;
    const options = { cancelRoutine: 0 };
    const started = startIoRig(options);
    const { ddk, kernel, driver, device, read, finish, handle } = started;
    options.cancelRoutine = started.routine((_device = 0, irp = 0) => {
      ddk.KeRemoveEntryDeviceQueue(device + DEVICE_OBJECT.offset.DeviceQueue, irp + IRP.offset.DeviceQueueEntry);
      ddk.IoReleaseCancelSpinLock(kernel.mem.readU8(irp + IRP.offset.CancelIrql));
      cancelled += 1;
      driver.complete(irp, STATUS_CANCELLED);
      return undefined;
    });
    started.run(() => ddk.IoSetStartIoAttributes(device, false, true));
    const statuses: number[] = [];
    for (const offset of [1, 2]) {
      const outcome = read(offset);
      if (outcome.pending) outcome.whenDone(({ status }) => statuses.push(status));
    }
    // The first has lost its cancel routine to StartIo.
    started.test.user(() => kernel.files.NtCancelIoFileEx(handle));
    expect([cancelled, statuses]).toEqual([1, [STATUS_CANCELLED]]);
    finish(() => ddk.IoStartNextPacket(device, true));
    expect([started.started, statuses]).toEqual([[1], [STATUS_CANCELLED, STATUS_SUCCESS]]);
    expect(kernel.io.cancel.isLocked).toBe(false);
  });

  it("says when IoStartNextPacket is called below DISPATCH_LEVEL", () => {
    const { ddk, device, run, read, test } = startIoRig();
    read(1);
    run(() => ddk.IoStartNextPacket(device, false));
    expect(test.rules()).toEqual(["wrongIrql"]);
  });
});

describe("timers and DPCs of devices", () => {
  it("IoStartTimer has the routine called once a second until IoStopTimer", () => {
    const { ddk, device, routine, kernel, run } = loadDdkDevice();
    const calls: (readonly [number, number, number])[] = [];
    const tick = routine((target = 0, context = 0) => {
      calls.push([target, context, ddk.KeGetCurrentIrql()]);
      return undefined;
    });
    const second = 10_000_000;
    expect(ddk.IoInitializeTimer(device, tick, 7)).toBe(STATUS_SUCCESS);
    kernel.threading.scheduler.advance(3 * second);
    expect(calls).toEqual([]);
    run(() => ddk.IoStartTimer(device));
    kernel.threading.scheduler.advance(2.5 * second);
    expect(calls).toEqual([
      [device, 7, 2],
      [device, 7, 2],
    ]);
    run(() => ddk.IoStopTimer(device));
    kernel.threading.scheduler.advance(3 * second);
    expect(calls).toHaveLength(2);
    expect(kernel.threading.scheduler.nextDue).toBeUndefined();
  });

  it("a timer goes with its device", () => {
    const { ddk, device, routine, kernel, run } = loadDdkDevice();
    let calls = 0;
    ddk.IoInitializeTimer(
      device,
      routine(() => {
        calls += 1;
        return undefined;
      }),
      0,
    );
    run(() => ddk.IoStartTimer(device));
    run(() => ddk.IoDeleteDevice(device));
    kernel.threading.scheduler.advance(50_000_000);
    expect(calls).toBe(0);
  });

  it("IoRequestDpc hands the device's DPC the IRP and the context", () => {
    const { ddk, device, routine, run } = loadDdkDevice();
    const seen: number[][] = [];
    ddk.IoInitializeDpcRequest(
      device,
      routine((_dpc = 0, target = 0, irp = 0, context = 0) => {
        seen.push([target, irp, context, ddk.KeGetCurrentIrql()]);
        return undefined;
      }),
    );
    run(() => ddk.IoRequestDpc(device, 0x1000, 5));
    expect(seen).toEqual([[device, 0x1000, 5, DISPATCH_LEVEL]]);
  });
});
