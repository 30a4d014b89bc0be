/**
 * The driver of "Windows Drivers in Rust: Reading and Writing": keeps what was last written, up to 4096 bytes, and reads
 * it back. It takes the names of the driver before it, as the article's does.
 */
import type { Device } from "../wdk/framework/device";
import { DeviceOperations } from "../wdk/framework/deviceOperations";
import { Access, DeviceDoFlags, DeviceFlags, DeviceType } from "../wdk/framework/deviceType";
import { type Droppable, orDrop } from "../wdk/framework/drop";
import type { ReadRequest, WriteRequest } from "../wdk/framework/ioRequest";
import { KernelModule, kernelModule } from "../wdk/framework/kernelModule";
import { NtError } from "../wdk/framework/ntError";
import { SymbolicLink } from "../wdk/framework/symbolicLink";

/** The article's limit for one write. */
const MAX_BYTES = 4096;

class MyDevice extends DeviceOperations {
  private data: Uint8Array = new Uint8Array(0);

  override read(_device: Device, request: ReadRequest): void {
    const slice = request.userPtr().asMutSlice();
    const wanted = request.offset();
    // Rust's `as usize` makes a huge number of a negative offset, so the end of the data is what it means.
    const offset = wanted < 0 ? this.data.length : Math.min(wanted, this.data.length);
    const size = Math.min(slice.length, this.data.length - offset);
    slice.copyFrom(this.data.slice(offset, offset + size));
    request.complete(size);
  }

  override write(_device: Device, request: WriteRequest): void {
    const userPtr = request.userPtr();
    if (request.offset() > 0) throw NtError.END_OF_FILE;
    this.data = userPtr.read(Math.min(userPtr.readSize, MAX_BYTES));
    request.complete(this.data.length);
  }
}

class ExampleModule extends KernelModule {
  protected readonly fields: readonly Droppable[];

  constructor(device: Device, symbolicLink: SymbolicLink) {
    super();
    this.fields = [device, symbolicLink];
  }
}

export const exampleRwDriver = kernelModule((driver) => {
  const { ddk } = driver;
  const device = driver.createDevice(
    "\\Device\\Example",
    DeviceType.Unknown,
    DeviceFlags.SECURE_OPEN,
    Access.NonExclusive,
    new MyDevice(),
    // Without it the I/O manager makes no system buffer and every request would look empty: see Driver.createDevice.
    DeviceDoFlags.BUFFERED_IO,
  );
  const link = orDrop(device, () => SymbolicLink.create(ddk, "\\??\\Example", "\\Device\\Example"));
  return new ExampleModule(device, link);
});
