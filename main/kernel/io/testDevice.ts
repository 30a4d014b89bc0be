/** A loaded driver with the device `\Device\X` and the link `\??\X`, for tests. */
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { type TestDriver, TestKernel } from "../testKernel";

export interface TestDevice {
  readonly test: TestKernel;
  readonly driver: TestDriver;
  readonly device: number;
  /** Major functions in the order of their IRPs. */
  readonly majors: number[];
  majorOf(irp: number): number;
  fileOf(irp: number): number;
}

/** \Device\X, \??\X, every IRP counted and completed with success. */
export function loadTestDevice(): TestDevice {
  const test = new TestKernel();
  const { mem, io } = test.kernel;
  const majors: number[] = [];
  const majorOf = (irp: number) => mem.readU8(io.IoGetCurrentIrpStackLocation(irp));
  let loaded: { driver: TestDriver; device: number } | undefined;
  test.load("x", (driver) => {
    driver.handle("all", (_device, irp) => {
      majors.push(majorOf(irp));
      return driver.complete(irp, STATUS_SUCCESS);
    });
    driver.onUnload(() => undefined);
    loaded = { driver, device: driver.createDevice("\\Device\\X") };
    io.IoCreateSymbolicLink("\\??\\X", "\\Device\\X");
    return undefined;
  });
  if (loaded === undefined) throw new Error("the driver did not load");
  const fileOf = (irp: number) => mem.readPointer(io.IoGetCurrentIrpStackLocation(irp) + 0x30);
  return { test, ...loaded, majors, majorOf, fileOf };
}

export function references({ test, device }: TestDevice): number {
  return test.kernel.mem.readI32(device + DEVICE_OBJECT.offset.ReferenceCount);
}
