/** IRPs on their way down a stack of drivers and back up: cases 77 to 82 as far as nothing waits. */
import { describe, expect, it } from "vitest";
import { IRP_MJ_WRITE } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { type Dispatch, type TestDriver, TestKernel } from "../testKernel";

const { STATUS_SUCCESS, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING } = codes;

interface Stack {
  readonly test: TestKernel;
  readonly upper: TestDriver;
  readonly lower: TestDriver;
  readonly upperDevice: number;
  readonly lowerDevice: number;
  write(): ReturnType<TestKernel["kernel"]["files"]["NtWriteFile"]>;
}

function stack(upperWrite: (stack: Stack) => Dispatch, lowerWrite: (stack: Stack) => Dispatch): Stack {
  const test = new TestKernel();
  const drivers: TestDriver[] = [];
  const devices: number[] = [];
  for (const name of ["lower", "upper"]) {
    test.load(name, (driver) => {
      driver.handle("all", (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
      drivers.push(driver);
      devices.push(driver.createDevice(name === "lower" ? "\\Device\\Lower" : undefined));
      return undefined;
    });
  }
  const [lower, upper] = drivers as [TestDriver, TestDriver];
  const [lowerDevice, upperDevice] = devices as [number, number];
  test.kernel.io.IoAttachDeviceToDeviceStack(upperDevice, lowerDevice);
  const opened = test.user(() =>
    test.kernel.files.NtCreateFile({ name: "\\Device\\Lower" }, { desiredAccess: 0x10_0002, options: 0x20 }),
  );
  if (opened.pending) throw new Error("pending");
  const write = () => test.user(() => test.kernel.files.NtWriteFile(opened.handle, 0, 0));
  const made: Stack = { test, upper, lower, upperDevice, lowerDevice, write };
  upper.handle(IRP_MJ_WRITE, upperWrite(made));
  lower.handle(IRP_MJ_WRITE, lowerWrite(made));
  return made;
}

describe("an IRP in a stack of two drivers", () => {
  it("case 82: locations count down; the creator's is one past the last", () => {
    const locations: number[] = [];
    const { write, test } = stack(
      ({ test: { kernel }, lowerDevice }) =>
        (_device, irp) => {
          locations.push(kernel.mem.readU8(irp + IRP.offset.CurrentLocation));
          kernel.io.IoCopyCurrentIrpStackLocationToNext(irp);
          return kernel.io.IoCallDriver(lowerDevice, irp);
        },
      ({ test: { kernel }, lower }) =>
        (_device, irp) => {
          locations.push(kernel.mem.readU8(irp + IRP.offset.CurrentLocation));
          return lower.complete(irp, STATUS_SUCCESS, 7);
        },
    );
    expect(write()).toEqual({ pending: false, status: STATUS_SUCCESS, information: 7 });
    expect(locations).toEqual([2, 1]);
    expect(test.rules()).toEqual([]);
  });

  it("a skipped location is the next driver's own", () => {
    const { write, test } = stack(
      ({ test: { kernel }, lowerDevice }) =>
        (_device, irp) => {
          kernel.io.IoSkipCurrentIrpStackLocation(irp);
          return kernel.io.IoCallDriver(lowerDevice, irp);
        },
      ({ test: { kernel }, lower }) =>
        (_device, irp) => {
          expect(kernel.mem.readU8(irp + IRP.offset.CurrentLocation)).toBe(2);
          return lower.complete(irp, STATUS_SUCCESS, 1);
        },
    );
    expect(write()).toMatchObject({ information: 1 });
    expect(test.rules()).toEqual([]);
  });

  it.each<[string, number, [boolean, boolean, boolean], boolean]>([
    ["success and ON_SUCCESS", STATUS_SUCCESS, [true, false, false], true],
    ["success and ON_ERROR", STATUS_SUCCESS, [false, true, true], false],
    ["an error and ON_ERROR", codes.STATUS_UNSUCCESSFUL, [false, true, false], true],
    ["an error and ON_SUCCESS", codes.STATUS_UNSUCCESSFUL, [true, false, false], false],
    ["no flag", STATUS_SUCCESS, [false, false, false], false],
  ])("case 79: the completion routine with %s", (_what, status, [onSuccess, onError, onCancel], called) => {
    const calls: number[][] = [];
    const { write, upperDevice } = stack(
      ({ test: { kernel }, upper, lowerDevice }) =>
        (_device, irp) => {
          kernel.io.IoCopyCurrentIrpStackLocationToNext(irp);
          const routine = upper.routine((device: number, _irp: number, context: number) => {
            calls.push([device, context]);
            return STATUS_SUCCESS;
          });
          kernel.io.IoSetCompletionRoutine(irp, routine, 42, onSuccess, onError, onCancel);
          return kernel.io.IoCallDriver(lowerDevice, irp);
        },
      ({ lower }) =>
        (_device, irp) =>
          lower.complete(irp, status),
    );
    expect(write()).toMatchObject({ status });
    expect(calls).toEqual(called ? [[upperDevice, 42]] : []);
  });

  it("case 80: STATUS_MORE_PROCESSING_REQUIRED stops the completion until the driver completes again", () => {
    let kept = 0;
    const { write, upper, test } = stack(
      ({ test: { kernel }, upper: driver, lowerDevice }) =>
        (_device, irp) => {
          kernel.io.IoCopyCurrentIrpStackLocationToNext(irp);
          const routine = driver.routine((_device: number, own: number) => {
            kept = own;
            return STATUS_MORE_PROCESSING_REQUIRED;
          });
          kernel.io.IoSetCompletionRoutine(irp, routine, 0, true, true, true);
          kernel.io.IoMarkIrpPending(irp);
          kernel.io.IoCallDriver(lowerDevice, irp);
          return STATUS_PENDING;
        },
      ({ lower }) =>
        (_device, irp) =>
          lower.complete(irp, STATUS_SUCCESS, 1),
    );
    const outcome = write();
    if (!outcome.pending) throw new Error("not pending");
    expect(outcome.irp).toBe(kept);
    const answers: unknown[] = [];
    outcome.whenDone((done) => answers.push(done));
    test.kernel.enter(() => upper.complete(kept, STATUS_SUCCESS, 2));
    expect(answers).toMatchObject([{ information: 2 }]);
    expect(test.rules()).toEqual([]);
  });

  it("case 81: the pending mark comes up by itself where there is no completion routine", () => {
    let kept = 0;
    const { write, lower, test } = stack(
      ({ test: { kernel }, lowerDevice }) =>
        (_device, irp) => {
          kernel.io.IoCopyCurrentIrpStackLocationToNext(irp);
          return kernel.io.IoCallDriver(lowerDevice, irp);
        },
      ({ test: { kernel } }) =>
        (_device, irp) => {
          kept = irp;
          kernel.io.IoMarkIrpPending(irp);
          return STATUS_PENDING;
        },
    );
    const outcome = write();
    expect(outcome.pending).toBe(true);
    expect(test.kernel.io.irps.find(kept)?.markedPending).toBe(false);
    const record = test.kernel.io.irps.find(kept);
    test.kernel.enter(() => lower.complete(kept, STATUS_SUCCESS));
    expect(record).toMatchObject({ done: true, markedPending: true });
    expect(test.rules()).toEqual([]);
  });
});
