/** A driver service for tests. */
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import type { TestDriver, TestKernel } from "../testKernel";

/** \Device\NAME, everything completed; `prepare` runs in DriverEntry. */
export function installService(
  test: TestKernel,
  name: string,
  prepare: (driver: TestDriver) => number | undefined = () => undefined,
): string {
  return test.install(name, (driver) => {
    driver.createDevice(`\\Device\\${name}`);
    driver.handle("all", (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
    driver.onUnload(() => {
      for (const device of test.kernel.io.records.devicesOf(driver.object)) test.kernel.io.IoDeleteDevice(device);
    });
    return prepare(driver);
  });
}
