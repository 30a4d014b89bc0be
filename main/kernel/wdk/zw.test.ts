/** System calls that drivers make, objects by handle and name, and the end of the machine. */
import { describe, expect, it } from "vitest";
import { FILE_NON_DIRECTORY_FILE, FILE_SYNCHRONOUS_IO_NONALERT } from "../../../native-bindings/abi/createOptions";
import { IRP_MJ_READ, IRP_MJ_SHUTDOWN, IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE } from "../../../native-bindings/abi/objectAttributes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { loadDdkDevice } from "../io/testDdkDevice";
import type { Coroutine } from "../ke/call";
import { Later } from "../ke/later";
import { KernelMode } from "../ob/caller";

const { STATUS_PENDING, STATUS_SUCCESS } = codes;
const SYNCHRONIZE = 0x10_0000;
const GENERIC_ALL_DATA = 0xc000_0000 | SYNCHRONIZE;

/** Reads are kept. */
function zwRig() {
  const made = loadDdkDevice();
  const { kernel, driver, ddk } = made;
  const kept: number[] = [];
  driver.handle(IRP_MJ_READ, (_device, irp) => {
    ddk.IoMarkIrpPending(irp);
    kept.push(irp);
    return STATUS_PENDING;
  });
  const thread = (body: () => Coroutine<unknown>) => {
    const system = kernel.ps.createThread(kernel.ps.system);
    system.control.isReserved = true;
    kernel.threading.scheduler.start(system, KernelMode, body());
    kernel.wake();
  };
  const open = (options: number) =>
    ddk.ZwCreateFile(
      { name: "\\Device\\X", attributes: OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE },
      { desiredAccess: GENERIC_ALL_DATA >>> 0, options: options | FILE_NON_DIRECTORY_FILE },
    );
  return { ...made, kept, thread, open };
}

describe("files from kernel mode", () => {
  it("a synchronous handle waits for the driver; the handle is the kernel's", () => {
    const { ddk, kept, thread, open, memory, run, driver } = zwRig();
    const said: unknown[] = [];
    const buffer = memory();
    thread(function* () {
      const { status, handle } = yield* open(FILE_SYNCHRONOUS_IO_NONALERT);
      said.push(status, handle < 0);
      const read = yield* ddk.ZwReadFile(handle, buffer, 4);
      said.push(read.status, read.information);
      said.push(ddk.ZwClose(handle));
      return 0;
    });
    expect(said).toEqual([STATUS_SUCCESS, true]);
    run(() => driver.complete(kept[0] ?? 0, STATUS_SUCCESS, 4));
    expect(said).toEqual([STATUS_SUCCESS, true, STATUS_SUCCESS, 4, STATUS_SUCCESS]);
  });

  it("an asynchronous one answers STATUS_PENDING; its event, or the file, is waited for", () => {
    const { ddk, kept, thread, open, memory, run, driver, kernel } = zwRig();
    const said: unknown[] = [];
    const block = memory();
    thread(function* () {
      const { handle } = yield* open(0);
      const read = yield* ddk.ZwReadFile(handle, memory(), 4, 0, { ioStatusBlock: block });
      said.push(read.status);
      said.push(yield* ddk.ZwWaitForSingleObject(handle, false, 0n));
      said.push(yield* ddk.ZwWaitForSingleObject(handle, false));
      said.push(kernel.mem.readU32(block), kernel.mem.readPointer(block + 8));
      const { event, handle: eventHandle } = ddk.IoCreateSynchronizationEvent("\\ZwEvent");
      said.push(yield* ddk.ZwWaitForSingleObject(eventHandle, false, 0n), ddk.KeReadStateEvent(event));
      ddk.ZwClose(eventHandle);
      ddk.ZwClose(handle);
      return 0;
    });
    expect(said).toEqual([STATUS_PENDING, codes.STATUS_TIMEOUT]);
    run(() => driver.complete(kept[0] ?? 0, codes.STATUS_UNSUCCESSFUL, 2));
    expect(said.slice(2)).toEqual([STATUS_SUCCESS, codes.STATUS_UNSUCCESSFUL, 2, STATUS_SUCCESS, 0]);
  });

  it("ZwWriteFile and ZwDeviceIoControlFile reach the driver with KernelMode and without probing", () => {
    const { ddk, thread, open, memory, driver, kernel, test } = zwRig();
    const modes: number[] = [];
    driver.handle(IRP_MJ_WRITE, (_device, irp) => {
      modes.push(kernel.mem.readU8(irp + IRP.offset.RequestorMode));
      return driver.complete(irp, STATUS_SUCCESS, 3);
    });
    const said: unknown[] = [];
    thread(function* () {
      const { handle } = yield* open(FILE_SYNCHRONOUS_IO_NONALERT);
      const written = yield* ddk.ZwWriteFile(handle, memory(), 3);
      const controlled = yield* ddk.ZwDeviceIoControlFile(handle, 0x22_2000, memory(), 4, memory(), 4);
      said.push(written.information, controlled.status, ddk.ZwClose(handle), ddk.ZwClose(handle));
      said.push(yield* ddk.ZwWaitForSingleObject(handle, false));
      return 0;
    });
    expect(said).toEqual([3, STATUS_SUCCESS, STATUS_SUCCESS, codes.STATUS_INVALID_HANDLE, codes.STATUS_INVALID_HANDLE]);
    expect([modes, test.rules()]).toEqual([[KernelMode], []]);
  });
});

describe("objects", () => {
  it("are found by handle, name and pointer, if they have the type", () => {
    const { ddk, kernel, driver, device, test } = zwRig();
    const { handle } = test.open("\\\\.\\X");
    const byHandle = (type: number) => test.user(() => ddk.ObReferenceObjectByHandle(handle, 1, type, 1));
    const file = byHandle(ddk.IoFileObjectType);
    expect(file.status).toBe(STATUS_SUCCESS);
    expect(byHandle(0).object).toBe(file.object);
    expect(byHandle(ddk.ExEventObjectType)).toEqual({ status: codes.STATUS_OBJECT_TYPE_MISMATCH, object: 0 });
    const byName = ddk.ObReferenceObjectByName("\\driver\\X", OBJ_CASE_INSENSITIVE, ddk.IoDriverObjectType);
    expect(byName).toEqual({ status: STATUS_SUCCESS, object: driver.object });
    expect(ddk.ObReferenceObjectByPointer(device, 0, ddk.IoDeviceObjectType, 0)).toBe(STATUS_SUCCESS);
    expect(ddk.ObReferenceObjectByPointer(device, 0, ddk.PsThreadType, 0)).toBe(codes.STATUS_OBJECT_TYPE_MISMATCH);
    const opened = ddk.ObOpenObjectByPointer(file.object, OBJ_KERNEL_HANDLE, 0, ddk.IoFileObjectType);
    expect([opened.status, opened.handle < 0]).toEqual([STATUS_SUCCESS, true]);
    expect(kernel.ob.handleCount(file.object)).toBe(2);
  });

  it("IoCreateNotificationEvent makes an event that is signalled, or opens the one that is there", () => {
    const { ddk } = zwRig();
    const first = ddk.IoCreateNotificationEvent("\\Ours");
    expect([ddk.KeReadStateEvent(first.event), first.handle < 0]).toEqual([1, true]);
    ddk.KeClearEvent(first.event);
    const second = ddk.IoCreateNotificationEvent("\\ours");
    expect(second.event).toBe(first.event);
    expect(ddk.KeReadStateEvent(second.event)).toBe(0);
    expect(second.handle).not.toBe(first.handle);
  });
});

describe("attaching by name, and the device below", () => {
  it("IoAttachDevice goes on top of the stack; IoGetLowerDeviceObject finds what is below", () => {
    const { ddk, device, readyDevice, run, kernel } = zwRig();
    const [first, second] = [readyDevice(), readyDevice()];
    const attach = (source: number) => run(() => ddk.IoAttachDevice(source, "\\Device\\X").next(0).value);
    expect(attach(first)).toEqual({ status: STATUS_SUCCESS, attachedTo: device });
    expect(attach(second)).toEqual({ status: STATUS_SUCCESS, attachedTo: first });
    expect(ddk.IoGetAttachedDevice(device)).toBe(second);
    const before = kernel.ob.pointerCount(first);
    expect(ddk.IoGetLowerDeviceObject(second)).toBe(first);
    expect(kernel.ob.pointerCount(first)).toBe(before + 1);
    expect(ddk.IoGetLowerDeviceObject(device)).toBe(0);
    expect(run(() => ddk.IoAttachDevice(first, "\\Device\\Nowhere").next(0).value)).toMatchObject({
      status: codes.STATUS_OBJECT_NAME_NOT_FOUND,
    });
    expect(kernel.mem.readI32(device + DEVICE_OBJECT.offset.ReferenceCount)).toBe(0);
  });

  it("IoAttachDeviceToDeviceStackSafe refuses a device that is going", () => {
    const { ddk, device, readyDevice, run, test } = zwRig();
    test.open("\\\\.\\X");
    run(() => ddk.IoDeleteDevice(device));
    expect(ddk.IoAttachDeviceToDeviceStackSafe(readyDevice(), device)).toEqual({
      status: codes.STATUS_NO_SUCH_DEVICE,
      attachedTo: 0,
    });
  });
});

describe("the end of the machine", () => {
  it("IRP_MJ_SHUTDOWN goes to who registered, the newest first, the last chance last", () => {
    const { ddk, device, driver, readyDevice, kernel } = zwRig();
    const [second, last, gone] = [readyDevice(), readyDevice(), readyDevice()];
    const told: number[] = [];
    driver.handle(IRP_MJ_SHUTDOWN, (target, irp) => {
      told.push(target);
      return driver.complete(irp, STATUS_SUCCESS);
    });
    ddk.IoRegisterShutdownNotification(device);
    ddk.IoRegisterLastChanceShutdownNotification(last);
    ddk.IoRegisterShutdownNotification(gone);
    ddk.IoRegisterShutdownNotification(second);
    ddk.IoUnregisterShutdownNotification(gone);
    const { value } = kernel.shutdown();
    expect(told).toEqual([second, device, last]);
    const counts: number[] = [];
    if (value instanceof Later) value.whenDone((count) => counts.push(count));
    expect(counts).toEqual([3]);
  });

  it("waits for one that pends, and says when a device is deleted that is registered", () => {
    const { ddk, device, driver, readyDevice, kernel, run, test } = zwRig();
    const other = readyDevice();
    const kept: number[] = [];
    driver.handle(IRP_MJ_SHUTDOWN, (_target, irp) => {
      ddk.IoMarkIrpPending(irp);
      kept.push(irp);
      return STATUS_PENDING;
    });
    ddk.IoRegisterShutdownNotification(device);
    ddk.IoRegisterShutdownNotification(other);
    kernel.shutdown();
    expect(kept).toHaveLength(1);
    run(() => driver.complete(kept[0] ?? 0, STATUS_SUCCESS));
    expect(kept).toHaveLength(2);
    run(() => ddk.IoDeleteDevice(device));
    expect(test.rules()).toEqual(["shutdownStillRegistered"]);
  });
});
