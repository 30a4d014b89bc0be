/** Cases 45 to 65 of the project's NT facts, as far as an open fails in them: what the person who asked is told. */
import { describe, expect, it } from "vitest";
import { DO_DEVICE_INITIALIZING, DOE_UNLOAD_PENDING } from "../../../native-bindings/abi/deviceFlags";
import { IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_ACCESS_DENIED, STATUS_PENDING, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE } from "../../../native-bindings/abi/objectAttributes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { visibleText } from "../../machine/visibleText";
import { type TestDriver, TestKernel } from "../testKernel";
import { explainFailedOpen } from "./failedOpen";
import type { KernelParts } from "./kernelParts";

const FILE_READ_DATA = 1;

function load(test: TestKernel, name: string, prepare: (driver: TestDriver) => void): void {
  expect(
    test.load(name, (driver) => {
      prepare(driver);
      return undefined;
    }),
  ).toBe(STATUS_SUCCESS);
}

function open(test: TestKernel, name: string) {
  const outcome = test.user(() =>
    test.kernel.files.NtCreateFile({ name, attributes: OBJ_CASE_INSENSITIVE }, { desiredAccess: FILE_READ_DATA }),
  );
  if (outcome.pending) throw new Error("pending");
  return outcome;
}

/** The last hops of a failed open as one line each. */
function why(test: TestKernel, name: string): string[] {
  const { mem: memory, ke, ob, io, scm, se } = test.kernel;
  const parts: KernelParts = { memory, ke, ob, io, scm, se, deviceNote: () => undefined };
  const { status, refusal } = open(test, name);
  expect(status).toBeGreaterThan(0x8000_0000);
  return explainFailedOpen(parts, name, FILE_READ_DATA, status, refusal).map((hop) =>
    `${visibleText(hop.component)} ${hop.status.name} ${hop.note ?? ""}`.trimEnd(),
  );
}

const complete = (driver: TestDriver, status: number) =>
  driver.handle("all", (_device, irp) => driver.complete(irp, status));

describe("why an open failed", () => {
  it("ends with the look-up where that fails", () => {
    const test = new TestKernel();
    expect(why(test, "\\Device\\Nope\\x")).toEqual([
      "Device STATUS_SUCCESS",
      'Nope STATUS_OBJECT_PATH_NOT_FOUND There is no "Nope" in \\Device.',
    ]);
    expect(why(test, "\\Device").at(-1)).toBe(
      "open STATUS_OBJECT_TYPE_MISMATCH \\Device is a Directory; only devices and what is below them can be opened.",
    );
  });

  it("case 48: the device is initializing, or its driver goes", () => {
    const test = new TestKernel();
    const flags = DEVICE_OBJECT.offset.Flags;
    let device = 0;
    load(test, "late", (driver) => {
      complete(driver, STATUS_SUCCESS);
      device = driver.createDevice("\\Device\\Late");
    });
    const { mem, io } = test.kernel;
    mem.writeU32(device + flags, mem.readU32(device + flags) | DO_DEVICE_INITIALIZING);
    expect(why(test, "\\Device\\Late").at(-1)).toMatch(/^device state STATUS_NO_SUCH_DEVICE .*DO_DEVICE_INITIALIZING/);
    mem.writeU32(device + flags, mem.readU32(device + flags) & ~DO_DEVICE_INITIALIZING);
    io.records.addExtensionFlags(device, DOE_UNLOAD_PENDING);
    expect(why(test, "\\Device\\Late").at(-1)).toMatch(/^device state STATUS_NO_SUCH_DEVICE .*being unloaded/);
  });

  it("case 49: an exclusive device is open", () => {
    const test = new TestKernel();
    load(test, "sole", (driver) => {
      complete(driver, STATUS_SUCCESS);
      driver.createDevice("\\Device\\Sole", 0, true);
    });
    expect(open(test, "\\Device\\Sole").status).toBe(STATUS_SUCCESS);
    expect(why(test, "\\Device\\Sole").at(-1)).toMatch(/^exclusive access STATUS_ACCESS_DENIED .*DO_EXCLUSIVE/);
  });

  it("case 54: the driver itself says no, and what is left of the name is said to be its business", () => {
    const test = new TestKernel();
    load(test, "stern", (driver) => {
      complete(driver, STATUS_ACCESS_DENIED);
      driver.createDevice("\\Device\\Stern");
    });
    expect(why(test, "\\Device\\Stern\\below")).toEqual([
      "Device STATUS_SUCCESS",
      'Stern STATUS_SUCCESS "\\below" is for the device itself to make sense of.',
      "IRP_MJ_CREATE STATUS_ACCESS_DENIED \\Driver\\stern answered so itself, in stern!dispatch_all.",
    ]);
  });

  it("case 53: the request went to the top of the stack", () => {
    const test = new TestKernel();
    let lower = 0;
    load(test, "lower", (driver) => {
      complete(driver, STATUS_SUCCESS);
      lower = driver.createDevice("\\Device\\Lower");
    });
    load(test, "filter", (driver) => {
      complete(driver, STATUS_ACCESS_DENIED);
      test.kernel.io.IoAttachDeviceToDeviceStack(driver.createDevice(undefined), lower);
    });
    expect(why(test, "\\Device\\Lower").at(-1)).toBe(
      "IRP_MJ_CREATE STATUS_ACCESS_DENIED The request went to \\Driver\\filter (filter!dispatch_all) at the top of the device's stack; it, or a driver below it, answered so.",
    );
  });

  it("case 56: there is no dispatch routine", () => {
    const test = new TestKernel();
    load(test, "bare", (driver) => void driver.createDevice("\\Device\\Bare"));
    expect(why(test, "\\Device\\Bare").at(-1)).toMatch(
      /^IRP_MJ_CREATE STATUS_INVALID_DEVICE_REQUEST .*no dispatch routine for IRP_MJ_CREATE/,
    );
  });

  it("a driver that returns an error and forgets the IRP", () => {
    const test = new TestKernel();
    load(test, "lossy", (driver) => {
      driver.handle(IRP_MJ_CREATE, () => STATUS_ACCESS_DENIED);
      driver.createDevice("\\Device\\Lossy");
    });
    expect(why(test, "\\Device\\Lossy").at(-1)).toMatch(/STATUS_ACCESS_DENIED .*did not complete the IRP/);
  });

  it("a refusal that comes later than the call", () => {
    const test = new TestKernel();
    let complete = () => undefined as undefined;
    load(test, "slow", (driver) => {
      driver.handle(IRP_MJ_CREATE, (_device, irp) => {
        test.kernel.io.IoMarkIrpPending(irp);
        complete = () => void driver.complete(irp, STATUS_ACCESS_DENIED);
        return STATUS_PENDING;
      });
      driver.createDevice("\\Device\\Slow");
    });
    const outcome = test.user(() =>
      test.kernel.files.NtCreateFile({ name: "\\Device\\Slow" }, { desiredAccess: FILE_READ_DATA }),
    );
    expect(outcome.pending).toBe(true);
    const answers: unknown[] = [];
    if (outcome.pending) outcome.whenDone(({ status, refusal }) => answers.push([status, refusal?.by]));
    test.kernel.enter(complete);
    expect(answers).toEqual([[STATUS_ACCESS_DENIED, "driver"]]);
  });
});
