/**
 * The driver of "Windows Drivers in Rust: Creating Devices": \Device\Example with the link \??\Example, which prints when
 * it is opened and closed.
 */
import type { Ddk } from "../wdk/ddk";
import type { Device } from "../wdk/framework/device";
import { DeviceOperations } from "../wdk/framework/deviceOperations";
import { Access, DeviceFlags, DeviceType } from "../wdk/framework/deviceType";
import { type Droppable, orDrop } from "../wdk/framework/drop";
import type { IoRequest } from "../wdk/framework/ioRequest";
import { KernelModule, kernelModule } from "../wdk/framework/kernelModule";
import { println } from "../wdk/framework/print";
import { SymbolicLink } from "../wdk/framework/symbolicLink";

class MyDevice extends DeviceOperations {
  constructor(private readonly ddk: Ddk) {
    super();
  }

  override create(_device: Device, request: IoRequest): void {
    println(this.ddk, "userspace opened the device");
    request.complete(0);
  }

  override close(_device: Device, request: IoRequest): void {
    println(this.ddk, "userspace closed the device");
    request.complete(0);
  }

  override cleanup(_device: Device, request: IoRequest): void {
    println(this.ddk, "device is no longer in use by userspace");
    request.complete(0);
  }
}

class ExampleModule extends KernelModule {
  protected readonly fields: readonly Droppable[];

  constructor(device: Device, symbolicLink: SymbolicLink) {
    super();
    this.fields = [device, symbolicLink];
  }
}

export const exampleDriver = kernelModule((driver) => {
  const { ddk } = driver;
  const device = driver.createDevice(
    "\\Device\\Example",
    DeviceType.Unknown,
    DeviceFlags.SECURE_OPEN,
    Access.NonExclusive,
    new MyDevice(ddk),
  );
  const link = orDrop(device, () => SymbolicLink.create(ddk, "\\??\\Example", "\\Device\\Example"));
  return new ExampleModule(device, link);
});
