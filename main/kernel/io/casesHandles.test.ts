/** Cases 48, 57, 60 and 93 of the project's NT facts with handles of more than one process, and with requests under way. */
import { describe, expect, it } from "vitest";
import {
  IRP_MJ_CLEANUP,
  IRP_MJ_CLOSE,
  IRP_MJ_CREATE,
  IRP_MJ_READ,
  IRP_MJ_SYSTEM_CONTROL,
} from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { atOnce } from "../ke/call";
import { UserMode } from "../ob/caller";
import { DUPLICATE_CLOSE_SOURCE, DUPLICATE_SAME_ACCESS } from "../ob/handles";
import { TestKernel } from "../testKernel";
import { loadTestDevice, references } from "./testDevice";

const { STATUS_NO_SUCH_DEVICE, STATUS_PENDING, STATUS_SUCCESS } = codes;

/** A second process, and reads that stay. */
function twoProcesses() {
  const loaded = loadTestDevice();
  const { test, driver } = loaded;
  const { kernel } = test;
  const other = kernel.ps.createProcess("other.exe");
  const thread = kernel.ps.createThread(other);
  const kept: number[] = [];
  driver.handle(IRP_MJ_READ, (_device, irp) => {
    kept.push(irp);
    kernel.io.IoMarkIrpPending(irp);
    return STATUS_PENDING;
  });
  const asOther = <T>(action: () => T) => kernel.ps.runAs(thread, UserMode, action);
  const duplicate = (handle: number, options: number = DUPLICATE_SAME_ACCESS) =>
    kernel.ob.NtDuplicateObject(test.process, handle, other, { options }).handle;
  const complete = (index: number) => kernel.enter(() => driver.complete(kept[index] ?? 0, STATUS_SUCCESS));
  return { ...loaded, kernel, other, kept, asOther, duplicate, complete };
}

describe("one open in two processes", () => {
  it("case 57: the driver hears of the last handle, in whichever process it is; the file and its FsContext are one", () => {
    const { test, kernel, majors, duplicate, asOther, device } = twoProcesses();
    const { handle } = test.open("\\\\.\\X");
    const { object } = test.user(() => kernel.ob.ObReferenceObjectByHandle(handle, 0, undefined));
    kernel.mem.writePointer(object + FILE_OBJECT.offset.FsContext, 0x1234);
    const copy = duplicate(handle);
    const found = asOther(() => kernel.ob.ObReferenceObjectByHandle(copy, 0, undefined)).object;
    expect([found, kernel.mem.readPointer(found + FILE_OBJECT.offset.FsContext)]).toEqual([object, 0x1234]);
    kernel.ob.ObDereferenceObject(object);
    kernel.ob.ObDereferenceObject(object);
    test.end();
    expect(majors).toEqual([IRP_MJ_CREATE]);
    expect(asOther(() => kernel.files.NtClose(copy))).toBe(STATUS_SUCCESS);
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CLEANUP, IRP_MJ_CLOSE]);
    expect(kernel.mem.readI32(device + 4)).toBe(0);
  });

  it("case 57: DUPLICATE_CLOSE_SOURCE moves the handle, and the driver hears nothing", () => {
    const { test, kernel, majors, duplicate, asOther } = twoProcesses();
    const { handle } = test.open("\\\\.\\X");
    const moved = duplicate(handle, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);
    expect(test.close(handle)).toBe(codes.STATUS_INVALID_HANDLE);
    expect(majors).toEqual([IRP_MJ_CREATE]);
    asOther(() => kernel.files.NtClose(moved));
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CLEANUP, IRP_MJ_CLOSE]);
  });

  it("case 57: a synchronous file takes its turns across processes", () => {
    const { test, kernel, duplicate, asOther, kept, complete } = twoProcesses();
    const { handle } = test.open("\\\\.\\X");
    const copy = duplicate(handle);
    test.user(() => kernel.files.NtReadFile(handle, 0, 0));
    const second = asOther(() => kernel.files.NtReadFile(copy, 0, 0));
    expect([kept.length, second.pending]).toEqual([1, true]);
    complete(0);
    expect(kept).toHaveLength(2);
    expect(kernel.io.irps.find(kept[1] ?? 0)?.process).toBe(kernel.ps.processes.at(-1)?.object);
  });
});

describe("going while it is open", () => {
  it("case 60: a deleted device stays for a request that outlives its handle, and refuses new opens meanwhile", () => {
    const loaded = twoProcesses();
    const { test, kernel, driver, device, complete, majors } = loaded;
    const link = () => test.open("\\\\.\\X").status;
    const { handle } = test.open("\\\\.\\X");
    test.user(() => kernel.files.NtReadFile(handle, 0, 0));
    kernel.enter(() => kernel.io.IoDeleteDevice(device));
    test.close(handle);
    expect([references(loaded), kernel.io.records.devicesOf(driver.object)]).toEqual([1, [device]]);
    expect(link()).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CLEANUP]);
    complete(0);
    expect(majors.at(-1)).toBe(IRP_MJ_CLOSE);
    expect(kernel.io.records.devicesOf(driver.object)).toEqual([]);
  });

  it("case 48: relative to an open file too a device that goes can't be opened", () => {
    const { test, kernel, device } = twoProcesses();
    const { handle } = test.open("\\\\.\\X");
    const relative = () =>
      test.user(() => kernel.files.NtCreateFile({ name: "below", rootDirectory: handle }, { desiredAccess: 1 }));
    expect(relative()).toMatchObject({ status: STATUS_SUCCESS });
    kernel.enter(() => kernel.io.IoDeleteDevice(device));
    expect(relative()).toMatchObject({ status: STATUS_NO_SUCH_DEVICE });
  });

  it("case 93: DriverUnload waits for the last handle of any process", () => {
    const test = new TestKernel();
    const { kernel } = test;
    const unloaded: number[] = [];
    const path = test.install("y", (driver) => {
      driver.handle("all", (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
      const device = driver.createDevice("\\Device\\Y");
      kernel.io.IoCreateSymbolicLink("\\??\\Y", "\\Device\\Y");
      driver.onUnload(() => {
        unloaded.push(device);
        kernel.io.IoDeleteSymbolicLink("\\??\\Y");
        kernel.io.IoDeleteDevice(device);
      });
      return undefined;
    });
    atOnce(kernel.io.NtLoadDriver(path));
    const other = kernel.ps.createProcess("other.exe");
    kernel.ps.createThread(other);
    const { handle } = test.open("\\\\.\\Y");
    kernel.ob.NtDuplicateObject(test.process, handle, other, { options: DUPLICATE_SAME_ACCESS });
    expect(atOnce(kernel.io.NtUnloadDriver(path))).toBe(STATUS_SUCCESS);
    test.close(handle);
    expect(unloaded).toEqual([]);
    expect(test.open("\\\\.\\Y").status).toBe(STATUS_NO_SUCH_DEVICE);
    test.end(other);
    expect(unloaded).toHaveLength(1);
    expect([kernel.io.driverState(path), test.rules()]).toEqual(["absent", []]);
  });
});

describe("what a driver does not handle", () => {
  it("IRP_MJ_SYSTEM_CONTROL and the like are refused by the kernel's own routine", () => {
    const plain = new TestKernel();
    let made = 0;
    plain.load("plain", (own) => {
      made = own.createDevice("\\Device\\Plain");
      return undefined;
    });
    const { driverIo, io } = plain.kernel;
    const request = { major: IRP_MJ_SYSTEM_CONTROL, device: made, buffer: 0, length: 0, startingOffset: 0n };
    const irp = driverIo.irps.IoBuildSynchronousFsdRequest({ ...request, event: 0, ioStatusBlock: 0 });
    expect(plain.kernel.enter(() => io.IoCallDriver(made, irp)).value).toBe(codes.STATUS_INVALID_DEVICE_REQUEST);
  });
});
