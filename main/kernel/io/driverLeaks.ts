/** What a driver leaves behind when it goes: devices, links, IRPs. NT keeps them for good, unseen. */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { DeviceRecords } from "./deviceRecords";
import type { DriverObjects } from "./driverObjects";
import type { DriverRecord } from "./driverRecord";
import type { IrpRecord } from "./irpRecord";
import { IoGetCurrentIrpStackLocation } from "./irpStack";
import type { Irps } from "./irps";
import type { IoReports } from "./reports";

export class DriverLeaks {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ob: ObjectManager,
    private readonly drivers: DriverObjects,
    private readonly devices: DeviceRecords,
    private readonly irps: Irps,
    private readonly reports: IoReports,
    /** Tells of what still runs in an image. */
    private readonly reportRunning: (driver: DriverRecord, when: string) => void,
  ) {}

  /** IRPs that the driver has now: those whose current stack location is one of its devices'. */
  irpsOf(driverObject: Address): IrpRecord[] {
    const { memory } = this;
    return this.irps.live.filter(({ irp, device }) => {
      if (device === 0) return false;
      const location = IoGetCurrentIrpStackLocation(memory, irp);
      const holder = memory.readPointer(location + IO_STACK_LOCATION.offset.DeviceObject);
      return (
        this.devices.isLive(holder) && memory.readPointer(holder + DEVICE_OBJECT.offset.DriverObject) === driverObject
      );
    });
  }

  /**
   * @param what "DriverUnload" or "DriverEntry failed": when it happened
   * @param irps what it had before
   */
  report(driverObject: Address, what: string, irps: readonly IrpRecord[]): void {
    const driver = this.drivers.find(driverObject);
    if (driver === undefined) return;
    for (const device of this.devices.devicesOf(driverObject)) {
      const name = this.ob.ObQueryNameString(device) || `an unnamed device at ${addressToHex(device)}`;
      const message = `${what}: ${name} was not deleted. Until a restart it stays, and so does the driver's image.`;
      this.reports.report("leakedDevice", message, driver.name);
    }
    for (const [link, target] of driver.links) {
      const message = `${what}: the symbolic link ${link} to ${target} was not deleted.`;
      this.reports.report("leakedLink", message, driver.name);
    }
    this.reportRunning(driver, what);
    for (const record of irps) {
      if (this.irps.find(record.irp) !== record) continue;
      const message = `${what}: IRP ${addressToHex(record.irp)} was never completed.`;
      this.reports.report("leakedIrp", message, driver.name);
    }
  }
}
