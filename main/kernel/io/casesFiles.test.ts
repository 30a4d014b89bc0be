/** Cases 54 to 59 of the project's NT facts: what drivers see of files. */
import { describe, expect, it } from "vitest";
import {
  IRP_MJ_CLEANUP,
  IRP_MJ_CLOSE,
  IRP_MJ_CREATE,
  IRP_MJ_QUERY_INFORMATION,
} from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { TestKernel } from "../testKernel";
import { loadTestDevice, references } from "./testDevice";

const { STATUS_SUCCESS } = codes;
const DUPLICATE_SAME_ACCESS = 2;

describe("files", () => {
  it("case 54: a failed create is the caller's answer; neither CLEANUP nor CLOSE follows", () => {
    const loaded = loadTestDevice();
    const { test, driver, majors } = loaded;
    const files: number[] = [];
    driver.handle(IRP_MJ_CREATE, (_device, irp) => {
      files.push(loaded.fileOf(irp));
      return driver.complete(irp, codes.STATUS_DEVICE_BUSY);
    });
    expect(test.open("\\\\.\\X")).toMatchObject({ status: codes.STATUS_DEVICE_BUSY, handle: 0 });
    expect(files).toHaveLength(1);
    expect(majors).toEqual([]);
    expect(references(loaded)).toBe(0);
    expect(test.kernel.io.types.file.objectCount).toBe(0);
  });

  it("goes on at the name that a driver answers STATUS_REPARSE with", () => {
    const { test, driver, majors, fileOf } = loadTestDevice();
    const { mem, pool, io } = test.kernel;
    const mount = driver.createDevice("\\Device\\Mount");
    mem.writeU32(mount + DEVICE_OBJECT.offset.Flags, 0);
    const target = "\\Device\\X\\there";
    driver.handle(IRP_MJ_CREATE, (device, irp) => {
      majors.push(IRP_MJ_CREATE);
      const name = fileOf(irp) + FILE_OBJECT.offset.FileName;
      if (device !== mount) {
        expect(mem.readUnicodeString(name)).toBe("\\there");
        return driver.complete(irp, STATUS_SUCCESS);
      }
      const buffer = pool.ExAllocatePoolWithTag(1, target.length * 2, "Mine");
      mem.writeUtf16(buffer, target);
      pool.ExFreePoolWithTag(mem.readPointer(name + 8));
      mem.writeU16(name, target.length * 2);
      mem.writePointer(name + 8, buffer);
      return driver.complete(irp, codes.STATUS_REPARSE);
    });
    const outcome = test.user(() =>
      test.kernel.files.NtCreateFile({ name: "\\Device\\Mount\\here" }, { desiredAccess: 1 }),
    );
    expect(outcome).toMatchObject({ status: STATUS_SUCCESS, handle: 4 });
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CREATE]);
    expect(mem.readI32(mount + DEVICE_OBJECT.offset.ReferenceCount)).toBe(0);
    test.close(4);
    expect(io.types.file.objectCount).toBe(0);
    expect(pool.usageByTag().find(({ tag }) => tag === "Mine")?.bytes).toBe(0);
  });

  it("case 55: a pending create ends when the driver completes it", () => {
    const loaded = loadTestDevice();
    const { test, driver } = loaded;
    let kept = 0;
    driver.handle(IRP_MJ_CREATE, (_device, irp) => {
      kept = irp;
      test.kernel.io.IoMarkIrpPending(irp);
      return codes.STATUS_PENDING;
    });
    const outcome = test.user(() => test.kernel.win32.CreateFileW("\\\\.\\X", { desiredAccess: 0x8000_0000 }));
    if (!outcome.pending) throw new Error("the create is not pending");
    expect(outcome.irp).toBe(kept);
    expect(test.kernel.io.pendingIrps()).toMatchObject([{ irp: kept, major: IRP_MJ_CREATE, driver: "\\Driver\\x" }]);
    const answers: unknown[] = [];
    outcome.whenDone((done) => answers.push(done));
    expect(answers).toEqual([]);
    test.kernel.enter(() => driver.complete(kept, STATUS_SUCCESS));
    expect(answers).toEqual([{ pending: false, error: 0, status: 0, handle: 4 }]);
    expect(test.close(4)).toBe(STATUS_SUCCESS);
    expect(test.rules()).toEqual([]);
    expect(references(loaded)).toBe(0);
  });

  it("case 55: a pending create that fails in the end gives no handle", () => {
    const loaded = loadTestDevice();
    const { test, driver } = loaded;
    let kept = 0;
    driver.handle(IRP_MJ_CREATE, (_device, irp) => {
      kept = irp;
      test.kernel.io.IoMarkIrpPending(irp);
      return codes.STATUS_PENDING;
    });
    const outcome = test.user(() => test.kernel.files.NtCreateFile({ name: "\\Device\\X" }, { desiredAccess: 1 }));
    if (!outcome.pending) throw new Error("the create is not pending");
    test.kernel.enter(() => driver.complete(kept, codes.STATUS_CANCELLED));
    let answer: unknown;
    outcome.whenDone((done) => {
      answer = done;
    });
    expect(answer).toMatchObject({ status: codes.STATUS_CANCELLED, handle: 0 });
    expect(references(loaded)).toBe(0);
    expect(test.kernel.io.types.file.objectCount).toBe(0);
  });

  it("case 56: without IRP_MJ_CREATE a device can't be opened; entries set to NULL are repaired", () => {
    const test = new TestKernel();
    const { mem, ke } = test.kernel;
    let object = 0;
    test.load("silent", (driver) => {
      object = driver.object;
      driver.createDevice("\\Device\\Silent");
      mem.writePointer(object + DRIVER_OBJECT.offset.MajorFunction + 8, 0);
      return undefined;
    });
    expect(ke.routines.nameOf(mem.readPointer(object + DRIVER_OBJECT.offset.MajorFunction + 8))).toBe(
      "nt!IopInvalidDeviceRequest",
    );
    const outcome = test.user(() => test.kernel.files.NtCreateFile({ name: "\\Device\\Silent" }, { desiredAccess: 1 }));
    expect(outcome).toMatchObject({
      pending: false,
      status: codes.STATUS_INVALID_DEVICE_REQUEST,
      information: 0,
      handle: 0,
    });
  });

  it("case 57: a duplicated handle is the same open: one CREATE, CLEANUP with the last handle, CLOSE with the last reference", () => {
    const { test, majors } = loadTestDevice();
    const { ob } = test.kernel;
    const { handle } = test.open("\\\\.\\X");
    const { object } = test.user(() => ob.ObReferenceObjectByHandle(handle, 0, undefined));
    const copy = ob.NtDuplicateObject(test.process, handle, test.process, { options: DUPLICATE_SAME_ACCESS });
    expect(test.user(() => ob.ObReferenceObjectByHandle(copy.handle, 0, undefined)).object).toBe(object);
    expect(majors).toEqual([IRP_MJ_CREATE]);
    test.close(handle);
    expect(majors).toEqual([IRP_MJ_CREATE]);
    test.close(copy.handle);
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CLEANUP]);
    ob.ObDereferenceObject(object);
    ob.ObDereferenceObject(object);
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CLEANUP, IRP_MJ_CLOSE]);
  });

  it("case 58: what IRP_MJ_CLOSE answers does not matter; the device loses its reference after it", () => {
    const loaded = loadTestDevice();
    const { test, driver } = loaded;
    const during: number[] = [];
    driver.handle(IRP_MJ_CLOSE, (_device, irp) => {
      during.push(references(loaded));
      return driver.complete(irp, codes.STATUS_UNSUCCESSFUL);
    });
    const { handle } = test.open("\\\\.\\X");
    expect(references(loaded)).toBe(1);
    expect(test.close(handle)).toBe(STATUS_SUCCESS);
    expect(during).toEqual([1]);
    expect(references(loaded)).toBe(0);
  });

  it("case 59: a file's name is the device's and what the driver adds", () => {
    const { test, driver } = loadTestDevice();
    const { mem, ob } = test.kernel;
    const { handle } = test.open("\\\\.\\X\\sub");
    const { object } = test.user(() => ob.ObReferenceObjectByHandle(handle, 0, undefined));
    const answer = (status: number, name = "") =>
      driver.handle(IRP_MJ_QUERY_INFORMATION, (_device, irp) => {
        const buffer = mem.readPointer(irp + IRP.offset.SystemBuffer);
        if (name !== "") {
          mem.writeU32(buffer, name.length * 2);
          mem.writeUtf16(buffer + 4, name);
        }
        return driver.complete(irp, status, name === "" ? 0 : 4 + name.length * 2);
      });
    answer(STATUS_SUCCESS, "\\sub");
    expect(ob.names.query(object)).toEqual({ status: STATUS_SUCCESS, name: "\\Device\\X\\sub" });
    const nameless = [
      codes.STATUS_NOT_IMPLEMENTED,
      codes.STATUS_INVALID_PARAMETER,
      codes.STATUS_INVALID_DEVICE_REQUEST,
    ];
    for (const status of nameless) {
      answer(status);
      expect(ob.names.query(object)).toEqual({ status: STATUS_SUCCESS, name: "\\Device\\X" });
    }
    answer(codes.STATUS_ACCESS_DENIED);
    expect(ob.names.query(object).status).toBe(codes.STATUS_ACCESS_DENIED);
  });

  it("case 59: a short buffer gets STATUS_BUFFER_OVERFLOW and the name cut", () => {
    const { test, driver } = loadTestDevice();
    const { mem } = test.kernel;
    const { handle } = test.open("\\\\.\\X");
    driver.handle(IRP_MJ_QUERY_INFORMATION, (_device, irp) => {
      const length = mem.readU32(test.kernel.io.IoGetCurrentIrpStackLocation(irp) + 8);
      const buffer = mem.readPointer(irp + IRP.offset.SystemBuffer);
      mem.writeU32(buffer, 12);
      mem.writeUtf16(buffer + 4, "\\file1".slice(0, (length - 4) / 2));
      return driver.complete(irp, length < 16 ? codes.STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS, Math.min(length, 16));
    });
    const buffer = test.buffer(16);
    const outcome = test.user(() => test.kernel.files.NtQueryInformationFile(handle, 9, buffer, 10));
    expect(outcome).toEqual({ pending: false, status: codes.STATUS_BUFFER_OVERFLOW, information: 10 });
    expect(test.user(() => mem.readUtf16(buffer + 4, 12))).toBe("\\fi\0\0\0");
  });
});
