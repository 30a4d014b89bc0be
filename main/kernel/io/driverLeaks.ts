/** What a driver leaves behind when it goes: devices, links, IRPs. NT keeps them for good, unseen. */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { DeviceRecords } from "./deviceRecords";
import type { DriverObjects } from "./driverObjects";
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
  ) {}

  /** @param what "DriverUnload" or "DriverEntry failed": when it happened */
  report(driverObject: Address, what: string): void {
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
    for (const irp of this.irps.live) {
      if (irp.device === 0 || this.memory.readPointer(irp.device + DEVICE_OBJECT.offset.DriverObject) !== driverObject)
        continue;
      const message = `${what}: IRP ${addressToHex(irp.irp)} was never completed.`;
      this.reports.report("leakedIrp", message, driver.name);
    }
  }
}
