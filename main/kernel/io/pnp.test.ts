/** A Plug and Play driver: its device is added, started and removed; interfaces, properties and power on the way. */
import { describe, expect, it } from "vitest";
import { DO_DEVICE_INITIALIZING } from "../../../native-bindings/abi/deviceFlags";
import * as functions from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_EXTENSION, DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import { type TestDriver, TestKernel } from "../testKernel";
import type { Ddk } from "../wdk/ddk";
import { createDdk } from "../wdk/kernelDdk";

const { STATUS_NOT_SUPPORTED, STATUS_SUCCESS, STATUS_UNSUCCESSFUL } = codes;
const GUID = "{6bdd1fc6-810f-11d0-bec7-08002be2092f}";
const BUFFER = 0x100;

interface Options {
  readonly addDevice?: number;
  readonly start?: number;
  readonly queryRemove?: number;
}

/** A function driver as the samples have it: attaches, forwards, detaches at IRP_MN_REMOVE_DEVICE. */
function pnpRig(options: Options = {}) {
  const test = new TestKernel();
  const { kernel } = test;
  const { mem } = kernel;
  const minors: number[] = [];
  const statuses: number[] = [];
  const seen = { pdo: 0, fdo: 0, unloaded: 0, power: [] as number[] };
  let driver: TestDriver | undefined;
  let ddk: Ddk | undefined;
  const entry = (made: TestDriver) => {
    driver = made;
    const own = createDdk(kernel, made.module);
    ddk = own;
    let lower = 0;
    const addDevice = made.routine((object: number, pdo: number) => {
      seen.pdo = pdo;
      if (options.addDevice !== undefined) return options.addDevice;
      const { deviceObject } = own.IoCreateDevice(object, 0, undefined, 0x22, 0, false);
      lower = own.IoAttachDeviceToDeviceStack(deviceObject, pdo);
      seen.fdo = deviceObject;
      const flags = deviceObject + DEVICE_OBJECT.offset.Flags;
      mem.writeU32(flags, mem.readU32(flags) & ~DO_DEVICE_INITIALIZING);
      return STATUS_SUCCESS;
    }, "AddDevice");
    const extension = mem.readPointer(made.object + DRIVER_OBJECT.offset.DriverExtension);
    mem.writePointer(extension + DRIVER_EXTENSION.offset.AddDevice, addDevice);
    made.handle("all", (_device, irp) => made.complete(irp, STATUS_SUCCESS));
    made.handle(functions.IRP_MJ_PNP, (device, irp) => {
      const minor = mem.readU8(own.IoGetCurrentIrpStackLocation(irp) + IO_STACK_LOCATION.offset.MinorFunction);
      minors.push(minor);
      statuses.push(mem.readU32(irp + IRP.offset["IoStatus.Status"]));
      if (minor === functions.IRP_MN_START_DEVICE && options.start !== undefined) {
        return made.complete(irp, options.start);
      }
      if (minor === functions.IRP_MN_QUERY_REMOVE_DEVICE && options.queryRemove !== undefined) {
        return made.complete(irp, options.queryRemove);
      }
      own.IoSkipCurrentIrpStackLocation(irp);
      const answer = own.IoCallDriver(lower, irp);
      if (minor === functions.IRP_MN_REMOVE_DEVICE) {
        own.IoDetachDevice(lower);
        own.IoDeleteDevice(device);
      }
      return answer;
    });
    made.handle(functions.IRP_MJ_POWER, (_device, irp) => {
      const location = own.IoGetCurrentIrpStackLocation(irp);
      seen.power.push(mem.readU32(location + IO_STACK_LOCATION.offset["Parameters.Power.State"]));
      own.PoStartNextPowerIrp(irp);
      own.IoSkipCurrentIrpStackLocation(irp);
      return own.PoCallDriver(lower, irp);
    });
    made.onUnload(() => {
      seen.unloaded += 1;
    });
    return undefined;
  };
  const path = test.install("fdo", entry);
  kernel.io.NtLoadDriver(path);
  if (driver === undefined || ddk === undefined) throw new Error("the driver did not load");
  const remove = () => {
    const { value } = kernel.removeDevices((driver as TestDriver).object);
    let status = -1;
    if (typeof value === "number") status = value;
    else
      value?.whenDone((done) => {
        status = done;
      });
    return status;
  };
  return { test, kernel, mem, minors, statuses, seen, driver, ddk, path, remove };
}

describe("a Plug and Play driver", () => {
  it("gets a root-enumerated device: AddDevice, then START and the questions after it, all unanswered so far", () => {
    const { minors, statuses, seen, kernel, test } = pnpRig();
    expect(minors).toEqual([
      functions.IRP_MN_START_DEVICE,
      functions.IRP_MN_QUERY_CAPABILITIES,
      functions.IRP_MN_QUERY_PNP_DEVICE_STATE,
      functions.IRP_MN_QUERY_DEVICE_RELATIONS,
    ]);
    expect(new Set(statuses)).toEqual(new Set([STATUS_NOT_SUPPORTED]));
    expect(kernel.driverIo.pnp.nodeOf(seen.pdo)).toMatchObject({ instancePath: "ROOT\\FDO\\0000", isStarted: true });
    expect(kernel.ob.ObQueryNameString(seen.pdo)).toMatch(/^\\Device\\[0-9a-f]{8}$/);
    expect(kernel.io.stacks.IoGetAttachedDevice(seen.pdo)).toBe(seen.fdo);
    expect(test.rules()).toEqual([]);
  });

  it("is unloaded when its last device is removed", () => {
    const { minors, seen, remove, kernel, path, test } = pnpRig();
    minors.length = 0;
    expect(remove()).toBe(STATUS_SUCCESS);
    expect(minors).toEqual([functions.IRP_MN_QUERY_REMOVE_DEVICE, functions.IRP_MN_REMOVE_DEVICE]);
    expect([seen.unloaded, kernel.io.driverState(path)]).toEqual([1, "absent"]);
    expect(kernel.io.records.isLive(seen.pdo)).toBe(false);
    expect(test.rules()).toEqual([]);
    // And may come again.
    kernel.io.NtLoadDriver(path);
    expect(kernel.driverIo.pnp.nodeOf(seen.pdo)?.instancePath).toBe("ROOT\\FDO\\0001");
  });

  it("may refuse the removal", () => {
    const { minors, seen, remove, kernel } = pnpRig({ queryRemove: STATUS_UNSUCCESSFUL });
    expect(remove()).toBe(STATUS_UNSUCCESSFUL);
    expect(minors.slice(-2)).toEqual([functions.IRP_MN_QUERY_REMOVE_DEVICE, functions.IRP_MN_CANCEL_REMOVE_DEVICE]);
    expect([seen.unloaded, kernel.io.records.isLive(seen.pdo)]).toEqual([0, true]);
  });

  it.each<[string, Options, number[]]>([
    ["AddDevice", { addDevice: STATUS_UNSUCCESSFUL }, []],
    ["START", { start: STATUS_UNSUCCESSFUL }, [functions.IRP_MN_START_DEVICE, functions.IRP_MN_REMOVE_DEVICE]],
  ])("whose %s fails has no device, and it is said", (_what, options, sent) => {
    const { minors, seen, kernel, test } = pnpRig(options);
    expect([minors, kernel.io.records.isLive(seen.pdo)]).toEqual([sent, false]);
    expect(test.rules()).toEqual(["deviceNotStarted"]);
  });

  it("asks for its relations anew", () => {
    const { minors, seen, ddk, kernel } = pnpRig();
    minors.length = 0;
    kernel.enter(() => ddk.IoInvalidateDeviceRelations(seen.pdo, 0));
    expect(minors).toEqual([functions.IRP_MN_QUERY_DEVICE_RELATIONS]);
  });
});

describe("interfaces and properties of a device", () => {
  it("an interface is a link while it is enabled", () => {
    const { seen, ddk, test } = pnpRig();
    const { status, symbolicLinkName } = ddk.IoRegisterDeviceInterface(seen.pdo, GUID.toUpperCase());
    expect([status, symbolicLinkName]).toEqual([STATUS_SUCCESS, `\\??\\ROOT#FDO#0000#${GUID}`]);
    const win32Path = symbolicLinkName.replace("\\??\\", "\\\\.\\");
    expect(test.open(win32Path).handle).toBe(0);
    expect(ddk.IoSetDeviceInterfaceState(symbolicLinkName, false)).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
    expect(ddk.IoSetDeviceInterfaceState(symbolicLinkName, true)).toBe(STATUS_SUCCESS);
    expect(ddk.IoSetDeviceInterfaceState(symbolicLinkName, true)).toBe(codes.STATUS_OBJECT_NAME_EXISTS);
    expect(test.open(win32Path).handle).not.toBe(0);
    expect(ddk.IoSetDeviceInterfaceState(symbolicLinkName, false)).toBe(STATUS_SUCCESS);
    expect(test.open(win32Path).handle).toBe(0);
    expect(ddk.IoRegisterDeviceInterface(seen.fdo, GUID).status).toBe(codes.STATUS_INVALID_DEVICE_REQUEST);
    expect(ddk.IoRegisterDeviceInterface(seen.pdo, "no guid").status).toBe(codes.STATUS_INVALID_PARAMETER);
  });

  it("properties are told with the room that they need", () => {
    const { seen, ddk, kernel, mem } = pnpRig();
    const buffer = ddk.ExAllocatePoolWithTag(0, BUFFER, "Test");
    const hardwareId = 1;
    const text = "Root\\fdo\0\0";
    expect(ddk.IoGetDeviceProperty(seen.pdo, hardwareId, 2, buffer)).toEqual({
      status: codes.STATUS_BUFFER_TOO_SMALL,
      resultLength: text.length * 2,
    });
    expect(ddk.IoGetDeviceProperty(seen.pdo, hardwareId, BUFFER, buffer).status).toBe(STATUS_SUCCESS);
    expect(mem.readUtf16(buffer, text.length * 2)).toBe(text);
    const name = ddk.IoGetDeviceProperty(seen.pdo, 11, BUFFER, buffer);
    expect(mem.readUtf16(buffer, name.resultLength)).toBe(`${kernel.ob.ObQueryNameString(seen.pdo)}\0`);
    expect(ddk.IoGetDeviceProperty(seen.pdo, 99, BUFFER, buffer).status).toBe(codes.STATUS_OBJECT_NAME_NOT_FOUND);
  });
});

describe("power", () => {
  it("PoRequestPowerIrp goes through the stack, and its completion is told", () => {
    const { seen, ddk, driver, kernel, mem } = pnpRig();
    const told: number[][] = [];
    const completion = driver.routine(
      (device: number, minor: number, state: number, context: number, block: number) => {
        told.push([device, minor, state, context, mem.readU32(block)]);
      },
    );
    const request = (minor: number) =>
      kernel.enter(() => ddk.PoRequestPowerIrp(seen.pdo, minor, 4, completion, 9)).value;
    expect(request(functions.IRP_MN_SET_POWER)).toBe(codes.STATUS_PENDING);
    expect(seen.power).toEqual([4]);
    expect(told).toEqual([[seen.pdo, functions.IRP_MN_SET_POWER, 4, 9, STATUS_SUCCESS]]);
    expect(request(functions.IRP_MN_POWER_SEQUENCE)).toBe(codes.STATUS_INVALID_PARAMETER_2);
    expect([ddk.PoSetPowerState(seen.fdo, 1, 4), ddk.PoSetPowerState(seen.fdo, 1, 1)]).toEqual([1, 4]);
  });
});
