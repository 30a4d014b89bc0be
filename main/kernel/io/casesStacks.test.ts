/** Cases 60 to 65 of the project's NT facts: deleting devices, links, stacks of devices. */
import { describe, expect, it } from "vitest";
import { DO_DEVICE_INITIALIZING } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_CLEANUP, IRP_MJ_CLOSE, IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { atOnce } from "../ke/call";
import { TestKernel } from "../testKernel";
import { getDeviceObjectPointer } from "../wdk/deviceObjectPointer";
import { loadTestDevice } from "./testDevice";

const { STATUS_SUCCESS } = codes;

describe("deleting, links and stacks", () => {
  it("case 60: IoDeleteDevice takes the name at once and the object with the last close", () => {
    const loaded = loadTestDevice();
    const { test, driver, device } = loaded;
    const { handle } = test.open("\\\\.\\X");
    test.kernel.io.IoDeleteDevice(device);
    expect(test.kernel.ob.lookup({ name: "\\Device\\X" }, undefined).status).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
    expect(test.open("\\\\.\\X").status).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
    expect(test.kernel.io.records.devicesOf(driver.object)).toEqual([device]);
    test.close(handle);
    expect(test.kernel.io.records.devicesOf(driver.object)).toEqual([]);
    expect(test.kernel.io.types.device.objectCount).toBe(0);
    // With nothing open it goes at once.
    const other = driver.createDevice("\\Device\\Y");
    test.kernel.io.IoDeleteDevice(other);
    expect(test.kernel.io.types.device.objectCount).toBe(0);
  });

  it("case 61: IoCreateSymbolicLink makes a permanent link; its target need not exist", () => {
    const test = new TestKernel();
    const { io } = test.kernel;
    expect(io.IoCreateSymbolicLink("\\??\\Dangling", "\\Device\\Nowhere")).toBe(STATUS_SUCCESS);
    expect(io.IoCreateSymbolicLink("\\DosDevices\\dangling", "x")).toBe(codes.STATUS_OBJECT_NAME_COLLISION);
    expect(test.open("\\\\.\\DANGLING").status).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
    const found = test.kernel.ob.ObReferenceObjectByName("\\GLOBAL??\\Dangling", 0, test.kernel.ob.symbolicLinkType);
    expect(found.status).toBe(STATUS_SUCCESS);
  });

  it("case 62: IoDeleteSymbolicLink of a missing link answers what opening it answers", () => {
    const test = new TestKernel();
    const { io } = test.kernel;
    expect(io.IoDeleteSymbolicLink("\\??\\Missing")).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
    io.IoCreateSymbolicLink("\\??\\There", "\\Device\\X");
    expect(io.IoDeleteSymbolicLink("\\??\\there")).toBe(STATUS_SUCCESS);
    expect(io.IoDeleteSymbolicLink("\\??\\There")).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
  });

  it("case 63: IoAttachDeviceToDeviceStack attaches to the top and returns it", () => {
    const { test, driver, device } = loadTestDevice();
    const { io, mem } = test.kernel;
    mem.writeU32(device + DEVICE_OBJECT.offset.AlignmentRequirement, 7);
    mem.writeU16(device + DEVICE_OBJECT.offset.SectorSize, 512);
    const [first, second, third] = [
      driver.createDevice(undefined),
      driver.createDevice(undefined),
      driver.createDevice(undefined),
    ];
    const ready = (at: number) =>
      mem.writeU32(
        at + DEVICE_OBJECT.offset.Flags,
        mem.readU32(at + DEVICE_OBJECT.offset.Flags) & ~DO_DEVICE_INITIALIZING,
      );
    ready(first);
    expect(io.IoAttachDeviceToDeviceStack(first, device)).toBe(device);
    expect(io.IoAttachDeviceToDeviceStack(second, device)).toBe(first);
    expect(mem.readU8(second + DEVICE_OBJECT.offset.StackSize)).toBe(3);
    expect(mem.readU32(second + DEVICE_OBJECT.offset.AlignmentRequirement)).toBe(7);
    expect(mem.readU16(second + DEVICE_OBJECT.offset.SectorSize)).toBe(512);
    // The top is still being initialized.
    expect(io.IoAttachDeviceToDeviceStack(third, device)).toBe(0);
  });

  it("case 64: IoDetachDevice leaves stack sizes, and lets a pending deletion go on", () => {
    const { test, driver, device } = loadTestDevice();
    const { io, mem } = test.kernel;
    const filter = driver.createDevice(undefined);
    io.IoAttachDeviceToDeviceStack(filter, device);
    io.IoDeleteDevice(device);
    expect(io.records.isLive(device)).toBe(true);
    io.IoDetachDevice(device);
    expect(io.records.isLive(device)).toBe(false);
    expect(mem.readU8(filter + DEVICE_OBJECT.offset.StackSize)).toBe(2);
  });

  it("case 65: IoGetDeviceObjectPointer opens the file and answers the top of the stack", () => {
    const { test, driver, device, majors } = loadTestDevice();
    const { io, mem, ob } = test.kernel;
    const filter = driver.createDevice(undefined);
    io.IoAttachDeviceToDeviceStack(filter, device);
    const get = (name: string) => atOnce(getDeviceObjectPointer(test.kernel, name, 0));
    const pointer = get("\\Device\\X");
    expect(pointer).toMatchObject({ status: STATUS_SUCCESS, deviceObject: filter });
    expect(mem.readPointer(pointer.fileObject + FILE_OBJECT.offset.DeviceObject)).toBe(device);
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CLEANUP]);
    ob.ObDereferenceObject(pointer.fileObject);
    expect(majors).toEqual([IRP_MJ_CREATE, IRP_MJ_CLEANUP, IRP_MJ_CLOSE]);
    expect(get("\\Device\\None").status).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
  });
});
