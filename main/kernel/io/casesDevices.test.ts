/** Cases 45 to 53 of the project's NT facts: devices and opening them. */
import { describe, expect, it } from "vitest";
import { FILE_DEVICE_SECURE_OPEN } from "../../../native-bindings/abi/deviceCharacteristics";
import {
  DO_DEVICE_HAS_NAME,
  DO_DEVICE_INITIALIZING,
  DO_EXCLUSIVE,
  DOE_DELETE_PENDING,
  DOE_REMOVE_PENDING,
  DOE_UNLOAD_PENDING,
} from "../../../native-bindings/abi/deviceFlags";
import { FO_DIRECT_DEVICE_OPEN } from "../../../native-bindings/abi/fileObjectFlags";
import {
  STATUS_ACCESS_DENIED,
  STATUS_NO_SUCH_DEVICE,
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { type TestDriver, TestKernel } from "../testKernel";

const field = DEVICE_OBJECT.offset;
const SYNCHRONIZE = 0x10_0000;
const FILE_READ_DATA = 1;

/** A driver that completes everything with success, kept for the test to play with. */
function loadDriver(
  test: TestKernel,
  name = "plain",
  prepare: (driver: TestDriver) => void = () => undefined,
): TestDriver {
  let loaded: TestDriver | undefined;
  const status = test.load(name, (driver) => {
    loaded = driver;
    driver.handle("all", (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
    driver.onUnload(() => undefined);
    prepare(driver);
    return undefined;
  });
  expect(status).toBe(STATUS_SUCCESS);
  return loaded as TestDriver;
}

function ready(test: TestKernel, device: number): number {
  const at = device + field.Flags;
  test.kernel.mem.writeU32(at, test.kernel.mem.readU32(at) & ~DO_DEVICE_INITIALIZING);
  return device;
}

describe("devices", () => {
  it("case 45: IoCreateDevice answers what the look-up of its name says", () => {
    const test = new TestKernel();
    const driver = loadDriver(test);
    const create = (name: string) => test.kernel.io.IoCreateDevice(driver.object, 0, name, 0x22, 0, false);
    expect(create("\\Device\\Twice").status).toBe(STATUS_SUCCESS);
    expect(create("\\Device\\twice")).toEqual({ status: STATUS_OBJECT_NAME_COLLISION, device: 0 });
    expect(create("\\Nowhere\\X").status).toBe(STATUS_OBJECT_PATH_NOT_FOUND);
    expect(create("Device\\X").status).toBe(STATUS_OBJECT_PATH_SYNTAX_BAD);
    expect(test.kernel.io.records.devicesOf(driver.object)).toHaveLength(1);
  });

  it("case 46: a new DEVICE_OBJECT has the fields that NT gives it", () => {
    const test = new TestKernel();
    const { mem, io, ob } = test.kernel;
    const driver = loadDriver(test);
    const first = driver.createDevice("\\Device\\First", 0, true, 20);
    const second = driver.createDevice(undefined);
    expect(mem.readU32(first + field.Flags)).toBe(DO_DEVICE_INITIALIZING | DO_EXCLUSIVE | DO_DEVICE_HAS_NAME);
    expect(mem.readU32(second + field.Flags)).toBe(DO_DEVICE_INITIALIZING);
    expect(mem.readU8(first + field.StackSize)).toBe(1);
    expect(mem.readPointer(first + field.DeviceExtension)).toBe(first + DEVICE_OBJECT.size);
    expect([...mem.readBytes(first + DEVICE_OBJECT.size, 20)]).toEqual(new Array(20).fill(0));
    expect(mem.readPointer(second + field.DeviceExtension)).toBe(0);
    expect(mem.readPointer(first + field.DriverObject)).toBe(driver.object);
    expect(mem.readPointer(driver.object + DRIVER_OBJECT.offset.DeviceObject)).toBe(second);
    expect(mem.readPointer(second + field.NextDevice)).toBe(first);
    // Permanent: the name stays without any handle.
    expect(ob.ObQueryNameString(first)).toBe("\\Device\\First");
    const sectorSize = (type: number) =>
      mem.readU16(io.IoCreateDevice(driver.object, 0, undefined, type, 0, false).device + field.SectorSize);
    expect([0x07, 0x02, 0x22].map(sectorSize)).toEqual([512, 2048, 0]);
  });

  it("case 47: DO_DEVICE_INITIALIZING goes after DriverEntry, not from devices made later", () => {
    const test = new TestKernel();
    let early = 0;
    const driver = loadDriver(test, "early", (entry) => {
      early = entry.createDevice("\\Device\\Early");
    });
    const late = driver.createDevice("\\Device\\Late");
    const isInitializing = (device: number) =>
      (test.kernel.mem.readU32(device + field.Flags) & DO_DEVICE_INITIALIZING) !== 0;
    expect([early, late].map(isInitializing)).toEqual([false, true]);
    const open = (name: string) => test.user(() => test.kernel.files.NtCreateFile({ name }, { desiredAccess: 1 }));
    expect(open("\\Device\\Early")).toMatchObject({ status: STATUS_SUCCESS });
    expect(open("\\Device\\Late")).toMatchObject({ status: STATUS_NO_SUCH_DEVICE });
  });

  it("case 48: a device that comes or goes can't be opened", () => {
    const test = new TestKernel();
    const driver = loadDriver(test);
    const open = () => test.user(() => test.kernel.files.NtCreateFile({ name: "\\Device\\X" }, { desiredAccess: 1 }));
    const device = driver.createDevice("\\Device\\X");
    expect(open()).toMatchObject({ status: STATUS_NO_SUCH_DEVICE });
    ready(test, device);
    expect(open()).toMatchObject({ status: STATUS_SUCCESS });
    const extension = test.kernel.mem.readPointer(device + field.DeviceObjectExtension);
    for (const flag of [DOE_DELETE_PENDING, DOE_UNLOAD_PENDING, DOE_REMOVE_PENDING]) {
      test.kernel.mem.writeU32(extension + 0x20, flag);
      expect(open()).toMatchObject({ status: STATUS_NO_SUCH_DEVICE });
    }
  });

  it("case 49: an exclusive device is opened once, whatever follows its name, but again relative to a file", () => {
    const test = new TestKernel();
    const driver = loadDriver(test);
    ready(test, driver.createDevice("\\Device\\One", 0, true));
    const open = (name: string, rootDirectory = 0, attaching = false) =>
      test.user(() => test.kernel.files.NtCreateFile({ name, rootDirectory }, { desiredAccess: 1, attaching }));
    const first = open("\\Device\\One\\a") as { handle: number; status: number };
    expect(first.status).toBe(STATUS_SUCCESS);
    expect(open("\\Device\\One")).toMatchObject({ status: STATUS_ACCESS_DENIED, handle: 0 });
    expect(open("\\Device\\One\\b")).toMatchObject({ status: STATUS_ACCESS_DENIED });
    expect(open("c", first.handle)).toMatchObject({ status: STATUS_SUCCESS });
    expect(open("\\Device\\One", 0, true)).toMatchObject({ status: STATUS_SUCCESS });
  });

  it("case 50: what follows the device's name is the file's name, with its backslash", () => {
    const test = new TestKernel();
    const driver = loadDriver(test);
    ready(test, driver.createDevice("\\Device\\X"));
    test.kernel.io.IoCreateSymbolicLink("\\??\\X", "\\Device\\X");
    const names: string[] = [];
    driver.handle(0, (_device, irp) => {
      const location = test.kernel.io.IoGetCurrentIrpStackLocation(irp);
      const file = test.kernel.mem.readPointer(location + 0x30);
      names.push(test.kernel.mem.readUnicodeString(file + FILE_OBJECT.offset.FileName));
      return driver.complete(irp, STATUS_SUCCESS);
    });
    for (const path of ["\\\\.\\X\\subfile", "\\\\.\\X", "\\\\.\\X\\"]) expect(test.open(path).error).toBe(0);
    expect(names).toEqual(["\\subfile", "", "\\"]);
  });

  it("case 51: below a device access is checked only with FILE_DEVICE_SECURE_OPEN, looked up on the top of the stack", () => {
    const test = new TestKernel();
    const { io, ob } = test.kernel;
    const driver = loadDriver(test);
    const open = driver.createDevice("\\Device\\Open");
    const secure = driver.createDevice("\\Device\\Secure", FILE_DEVICE_SECURE_OPEN);
    const filtered = driver.createDevice("\\Device\\Filtered", FILE_DEVICE_SECURE_OPEN);
    const filter = driver.createDevice(undefined);
    for (const device of [open, secure, filtered, filter]) ready(test, device);
    io.IoAttachDeviceToDeviceStack(filter, filtered);
    ob.accessCheck = (_object, _type, access) => ({ status: STATUS_ACCESS_DENIED, granted: access });
    const status = (name: string) => {
      const outcome = test.user(() => test.kernel.files.NtCreateFile({ name }, { desiredAccess: FILE_READ_DATA }));
      return outcome.pending ? undefined : outcome.status;
    };
    expect(status("\\Device\\Open")).toBe(STATUS_ACCESS_DENIED);
    expect(status("\\Device\\Secure\\below")).toBe(STATUS_ACCESS_DENIED);
    expect(io.devices.records.live.map((device) => test.kernel.mem.readI32(device + field.ReferenceCount))).toEqual([
      0, 0, 0, 0,
    ]);
    const checked: number[] = [];
    ob.accessCheck = (object, type, access) => {
      if (type.name === "Device") checked.push(object);
      return { status: STATUS_SUCCESS, granted: access };
    };
    expect(status("\\Device\\Open\\below")).toBe(STATUS_SUCCESS);
    expect(status("\\Device\\Filtered\\below")).toBe(STATUS_SUCCESS);
    expect(checked).toEqual([]);
    expect(status("\\Device\\Secure\\below")).toBe(STATUS_SUCCESS);
    expect(checked).toEqual([secure]);
  });

  it("case 52: attributes only and no name left is a direct device open", () => {
    const test = new TestKernel();
    const driver = loadDriver(test);
    ready(test, driver.createDevice("\\Device\\X"));
    const isDirect = (name: string, desiredAccess: number) => {
      const outcome = test.user(() => test.kernel.files.NtCreateFile({ name }, { desiredAccess }));
      if (outcome.pending) throw new Error("pending");
      const { object } = test.user(() => test.kernel.ob.ObReferenceObjectByHandle(outcome.handle, 0, undefined));
      return (test.kernel.mem.readU32(object + FILE_OBJECT.offset.Flags) & FO_DIRECT_DEVICE_OPEN) !== 0;
    };
    expect(isDirect("\\Device\\X", SYNCHRONIZE | 0x80)).toBe(true);
    expect(isDirect("\\Device\\X", SYNCHRONIZE | FILE_READ_DATA)).toBe(false);
    expect(isDirect("\\Device\\X\\a", SYNCHRONIZE)).toBe(false);
  });

  it("case 53: a create goes to the top of the stack; the file's device stays the named one", () => {
    const test = new TestKernel();
    const { io, mem } = test.kernel;
    const driver = loadDriver(test);
    const bottom = ready(test, driver.createDevice("\\Device\\Bottom"));
    const top = ready(test, driver.createDevice(undefined));
    io.IoAttachDeviceToDeviceStack(top, bottom);
    const seen: [device: number, stacks: number, fileDevice: number][] = [];
    driver.handle(0, (device, irp) => {
      const file = mem.readPointer(io.IoGetCurrentIrpStackLocation(irp) + 0x30);
      seen.push([device, mem.readU8(irp + 0x42), mem.readPointer(file + FILE_OBJECT.offset.DeviceObject)]);
      return driver.complete(irp, STATUS_SUCCESS);
    });
    test.user(() => test.kernel.files.NtCreateFile({ name: "\\Device\\Bottom" }, { desiredAccess: 1 }));
    expect(seen).toEqual([[top, 2, bottom]]);
  });

  it("case 28: nothing but a file can be made or opened below a device", () => {
    const test = new TestKernel();
    const driver = loadDriver(test);
    ready(test, driver.createDevice("\\Device\\Pipe"));
    test.kernel.io.IoCreateSymbolicLink("\\??\\PIPE", "\\Device\\Pipe");
    const { ob } = test.kernel;
    const type = ob.createType("TestMutant");
    const created = ob.ObCreateObject(type, { name: "\\??\\PIPE\\x" }, 8);
    expect(ob.ObInsertObject(created.object, 0).status).toBe(STATUS_OBJECT_PATH_NOT_FOUND);
    expect(ob.ObOpenObjectByName({ name: "\\Device\\Pipe" }, type, 0).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
  });

  it("case 29: NtCreateFile of a directory object is a type mismatch", () => {
    const test = new TestKernel();
    test.kernel.io.IoCreateSymbolicLink("\\??\\Dir", "\\Device");
    expect(test.open("\\\\.\\Dir").status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    const outcome = test.user(() => test.kernel.files.NtCreateFile({ name: "\\Device" }, { desiredAccess: 1 }));
    expect(outcome).toMatchObject({ status: STATUS_OBJECT_TYPE_MISMATCH, handle: 0 });
  });

  it("case 42: a driver finds its own object by name while it initializes", () => {
    const test = new TestKernel();
    let found: unknown;
    test.load("self", (driver) => {
      const { ob } = test.kernel;
      found = [ob.ObReferenceObjectByName("\\Driver\\self", 0, ob.typeByName("Driver")), driver.object];
      return undefined;
    });
    const [reference, object] = found as [{ status: number; object: number }, number];
    expect(reference).toEqual({ status: STATUS_SUCCESS, object });
  });
});
