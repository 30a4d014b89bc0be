/** What becomes of drivers that break the rules: NT's bugchecks, reports, and never an exception out of the kernel. */
import { describe, expect, it } from "vitest";
import { DO_BUFFERED_IO } from "../../../native-bindings/abi/deviceFlags";
import {
  IRP_MJ_CLEANUP,
  IRP_MJ_CLOSE,
  IRP_MJ_CREATE,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
} from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { STATUS_MACHINE_STOPPED } from "../kernelGate";
import { type Dispatch, type TestDriver, TestKernel } from "../testKernel";

interface Loaded {
  readonly test: TestKernel;
  readonly driver: TestDriver;
  readonly device: number;
}

function load(major?: number, dispatch?: (loaded: Loaded) => Dispatch): Loaded {
  const test = new TestKernel();
  let loaded: Loaded | undefined;
  test.load("bad", (driver) => {
    driver.handle("all", (_device, irp) => driver.complete(irp, codes.STATUS_SUCCESS));
    const device = driver.createDevice("\\Device\\Bad");
    const at = device + DEVICE_OBJECT.offset.Flags;
    test.kernel.mem.writeU32(at, test.kernel.mem.readU32(at) | DO_BUFFERED_IO);
    test.kernel.io.IoCreateSymbolicLink("\\??\\Bad", "\\Device\\Bad");
    loaded = { test, driver, device };
    if (major !== undefined && dispatch !== undefined) driver.handle(major, dispatch(loaded));
    return undefined;
  });
  if (loaded === undefined) throw new Error("the driver did not load");
  return loaded;
}

describe("a driver that stops the machine", () => {
  it("throws: KMODE_EXCEPTION_NOT_HANDLED with its message, and the driver's routine on the stack", () => {
    const { test } = load(IRP_MJ_CREATE, () => () => {
      throw new TypeError("x is not a function");
    });
    expect(test.open("\\\\.\\Bad")).toMatchObject({ status: STATUS_MACHINE_STOPPED, handle: 0 });
    expect(test.host.bugchecks).toHaveLength(1);
    expect(test.host.bugchecks[0]).toMatchObject({
      code: 0x1e,
      name: "KMODE_EXCEPTION_NOT_HANDLED",
      driver: "bad",
      stack: ["nt!KiDispatchException", "bad!dispatch_0"],
    });
    expect(test.host.bugchecks[0]?.rule).toContain("TypeError: x is not a function");
  });

  it("answers the same to every call until a restart", () => {
    const { test, driver } = load(IRP_MJ_WRITE, () => () => {
      throw new Error("stop");
    });
    const { handle } = test.open("\\\\.\\Bad");
    const buffer = test.buffer(4);
    const { files } = test.kernel;
    const stopped = { pending: false, status: STATUS_MACHINE_STOPPED, information: 0 };
    expect(test.user(() => files.NtWriteFile(handle, buffer, 4))).toEqual(stopped);
    expect(test.user(() => files.NtReadFile(handle, buffer, 4))).toEqual(stopped);
    expect(test.user(() => files.NtQueryInformationFile(handle, 9, buffer, 4))).toEqual(stopped);
    expect(test.open("\\\\.\\Bad").status).toBe(STATUS_MACHINE_STOPPED);
    expect(test.close(handle)).toBe(STATUS_MACHINE_STOPPED);
    expect(test.kernel.enter(() => driver.createDevice("\\Device\\More"))).toMatchObject({ bugcheck: { code: 0x1e } });
    expect(test.host.bugchecks).toHaveLength(1);
  });

  it.each<[string, number, number]>([
    ["a kernel address", -0x1000, 0x50],
    ["NULL", 0x10, 0x3b],
    ["a user address", 0x7000_0000, 0x3b],
    ["no canonical address", 0x1234_5678_9abc_de, 0x3b],
  ])("touches %s that is not there", (_what, address, code) => {
    const { test } = load(
      IRP_MJ_CREATE,
      ({ test: { kernel } }) =>
        () =>
          kernel.mem.readU32(address),
    );
    test.open("\\\\.\\Bad");
    expect(test.host.bugchecks).toMatchObject([{ code, driver: "bad" }]);
  });

  it("case 78: completes an IRP twice: MULTIPLE_IRP_COMPLETE_REQUESTS", () => {
    let completed = 0;
    const { test } = load(IRP_MJ_CREATE, ({ driver }) => (_device, irp) => {
      completed = irp;
      driver.complete(irp, codes.STATUS_SUCCESS);
      return driver.complete(irp, codes.STATUS_SUCCESS);
    });
    test.open("\\\\.\\Bad");
    expect(test.host.bugchecks).toMatchObject([{ code: 0x44, name: "MULTIPLE_IRP_COMPLETE_REQUESTS", driver: "bad" }]);
    expect(test.host.bugchecks[0]?.rule).toContain("had been completed");
    expect(completed).not.toBe(0);
  });

  it("completes what is no IRP", () => {
    const { test, device } = load(
      IRP_MJ_CREATE,
      ({ driver, device: own }) =>
        () =>
          driver.complete(own, 0),
    );
    test.open("\\\\.\\Bad");
    expect(test.host.bugchecks).toMatchObject([{ code: 0x44 }]);
    expect(test.host.bugchecks[0]?.rule).toContain("no IRP");
    expect(device).not.toBe(0);
  });

  it("deletes a device twice: REFERENCE_BY_POINTER", () => {
    const { test } = load(IRP_MJ_CREATE, ({ driver, test: { kernel } }) => (_device, irp) => {
      const other = driver.createDevice(undefined);
      kernel.io.IoDeleteDevice(other);
      kernel.io.IoDeleteDevice(other);
      return driver.complete(irp, codes.STATUS_SUCCESS);
    });
    test.open("\\\\.\\Bad");
    expect(test.host.bugchecks).toMatchObject([{ code: 0x18, name: "REFERENCE_BY_POINTER", driver: "bad" }]);
    expect(test.host.bugchecks[0]?.rule).toContain("deleted twice");
  });

  it.each<[string, (loaded: Loaded) => number, number]>([
    ["its driver object", ({ driver }) => driver.object, 0x18],
    ["NULL", () => 0, 0x3b],
    ["an address where nothing is", () => -0x1000, 0x50],
  ])("deletes %s as a device", (_what, target, code) => {
    const { test } = load(IRP_MJ_CREATE, (loaded) => (_device, irp) => {
      loaded.test.kernel.io.IoDeleteDevice(target(loaded));
      return loaded.driver.complete(irp, codes.STATUS_SUCCESS);
    });
    test.open("\\\\.\\Bad");
    expect(test.host.bugchecks).toMatchObject([{ code }]);
  });

  it("case 77: sends an IRP below the bottom of the stack: NO_MORE_IRP_STACK_LOCATIONS", () => {
    const { test } = load(
      IRP_MJ_CREATE,
      ({ test: { kernel } }) =>
        (device, irp) =>
          kernel.io.IoCallDriver(device, irp),
    );
    test.open("\\\\.\\Bad");
    expect(test.host.bugchecks).toMatchObject([{ code: 0x35, name: "NO_MORE_IRP_STACK_LOCATIONS" }]);
  });

  it("calls itself without end", () => {
    const { test } = load(IRP_MJ_CREATE, ({ test: { kernel } }) => (device, irp) => {
      kernel.io.IoSkipCurrentIrpStackLocation(irp);
      return kernel.io.IoCallDriver(device, irp);
    });
    test.open("\\\\.\\Bad");
    expect(test.host.bugchecks).toMatchObject([{ code: 0x7f }]);
  });

  it("throws from DriverEntry and from DriverUnload", () => {
    const test = new TestKernel();
    const path = test.install("entry", () => {
      throw new Error("early");
    });
    expect(test.kernel.enter(() => test.kernel.io.NtLoadDriver(path))).toMatchObject({
      bugcheck: { code: 0x1e, driver: "entry" },
    });
    const other = new TestKernel();
    const service = other.install("leave", (driver) => {
      driver.onUnload(() => {
        throw new Error("late");
      });
      return undefined;
    });
    other.kernel.io.NtLoadDriver(service);
    expect(other.kernel.enter(() => other.kernel.scm.StopService("leave"))).toMatchObject({
      bugcheck: { driver: "leave" },
    });
  });
});

describe("a driver that NT lets go on", () => {
  it("case 78: completes with STATUS_PENDING, or with the cancel routine still set: what a checked build asserts", () => {
    const { test } = load(IRP_MJ_READ, ({ driver, test: { kernel } }) => (_device, irp) => {
      kernel.io.cancel.IoSetCancelRoutine(
        irp,
        driver.routine(() => undefined),
      );
      return driver.complete(irp, codes.STATUS_PENDING);
    });
    const { handle } = test.open("\\\\.\\Bad");
    test.user(() => test.kernel.files.NtReadFile(handle, 0, 0));
    expect(test.rules()).toEqual(["completedWithPending", "completedWithCancelRoutine", "pendingNotMarked"]);
  });

  it("case 76: returns STATUS_PENDING without IoMarkIrpPending", () => {
    let kept = 0;
    const { test, driver } = load(IRP_MJ_READ, () => (_device, irp) => {
      kept = irp;
      return codes.STATUS_PENDING;
    });
    const { handle } = test.open("\\\\.\\Bad");
    const outcome = test.user(() => test.kernel.files.NtReadFile(handle, test.buffer(4), 4));
    expect(outcome.pending).toBe(true);
    expect(test.host.reports).toMatchObject([{ rule: "pendingNotMarked", driver: "\\Driver\\bad" }]);
    test.kernel.enter(() => driver.complete(kept, codes.STATUS_SUCCESS, 4));
    expect(test.rules()).toEqual(["pendingNotMarked"]);
    expect(test.kernel.io.pendingIrps()).toEqual([]);
  });

  it("case 76: marks an IRP pending and returns something else", () => {
    const { test } = load(IRP_MJ_READ, ({ driver, test: { kernel } }) => (_device, irp) => {
      kernel.io.IoMarkIrpPending(irp);
      return driver.complete(irp, codes.STATUS_SUCCESS);
    });
    const { handle } = test.open("\\\\.\\Bad");
    expect(test.user(() => test.kernel.files.NtReadFile(handle, test.buffer(4), 4))).toMatchObject({ status: 0 });
    expect(test.rules()).toEqual(["markedNotReturned"]);
  });

  it("never completes a request: it stays listed, and keeps its file", () => {
    const { test } = load(IRP_MJ_READ, () => () => codes.STATUS_SUCCESS);
    const { handle } = test.open("\\\\.\\Bad");
    expect(test.user(() => test.kernel.files.NtReadFile(handle, test.buffer(4), 4))).toEqual({
      pending: false,
      status: codes.STATUS_SUCCESS,
      information: 0,
    });
    expect(test.rules()).toEqual(["notCompleted"]);
    expect(test.kernel.io.pendingIrps()).toMatchObject([{ major: IRP_MJ_READ, driver: "\\Driver\\bad" }]);
    test.close(handle);
    expect(test.kernel.io.types.file.objectCount).toBe(1);
  });

  it("answers more bytes than the buffer has", () => {
    const { test } = load(
      IRP_MJ_READ,
      ({ driver }) =>
        (_device, irp) =>
          driver.complete(irp, codes.STATUS_SUCCESS, 4000),
    );
    const { handle } = test.open("\\\\.\\Bad");
    const buffer = test.buffer(8);
    expect(test.user(() => test.kernel.files.NtReadFile(handle, buffer, 4))).toMatchObject({ information: 4000 });
    expect(test.rules()).toEqual(["informationTooLarge"]);
    expect([...test.bytes(buffer + 4, 4)]).toEqual([0, 0, 0, 0]);
  });

  it("pends CLEANUP: CLOSE comes after it", () => {
    const majors: number[] = [];
    let kept = 0;
    const { test, driver } = load(IRP_MJ_CLEANUP, ({ test: { kernel } }) => (_device, irp) => {
      kept = irp;
      kernel.io.IoMarkIrpPending(irp);
      return codes.STATUS_PENDING;
    });
    driver.handle(IRP_MJ_CLOSE, (_device, irp) => {
      majors.push(IRP_MJ_CLOSE);
      return driver.complete(irp, codes.STATUS_SUCCESS);
    });
    const { handle } = test.open("\\\\.\\Bad");
    expect(test.close(handle)).toBe(codes.STATUS_SUCCESS);
    expect(majors).toEqual([]);
    test.kernel.enter(() => driver.complete(kept, codes.STATUS_SUCCESS));
    expect(majors).toEqual([IRP_MJ_CLOSE]);
    expect(test.kernel.io.types.file.objectCount).toBe(0);
  });

  it("deletes a device again while it is open", () => {
    const { test, device } = load();
    const { handle } = test.open("\\\\.\\Bad");
    test.kernel.io.IoDeleteDevice(device);
    test.kernel.io.IoDeleteDevice(device);
    expect(test.rules()).toEqual(["deletedTwice"]);
    test.close(handle);
    expect(test.kernel.io.types.device.objectCount).toBe(0);
  });
});
