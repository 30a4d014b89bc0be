/** A device object that a driver owns, after "Windows Drivers in Rust: Creating Devices". */
import type { Address } from "../../../../native-bindings/abi/address";
import type { Ddk } from "../ddk";
import { boxesOf } from "./boxes";
import { DEVICE_EXTENSION, DEVICE_OPERATIONS, dataOf, extensionOf } from "./deviceExtension";
import type { DeviceOperations } from "./deviceOperations";
import type { Droppable } from "./drop";

export class Device implements Droppable {
  /** `raw`: the address of the DEVICE_OBJECT; 0 once it has been dropped or given away. */
  constructor(
    private readonly ddk: Ddk,
    private raw: Address,
  ) {}

  asRaw(): Address {
    return this.raw;
  }

  /** Gives the device object away: dropping this Device does nothing any more. */
  intoRaw(): Address {
    const raw = this.raw;
    this.raw = 0;
    return raw;
  }

  /** The address of the device's `device_operations`. */
  vtable(): Address {
    return this.ddk.memory.readPointer(extensionOf(this.ddk, this.raw) + DEVICE_EXTENSION.offset.vtable);
  }

  /** The data it was created with; undefined once that has been released. */
  data(): DeviceOperations | undefined {
    return dataOf(this.ddk, boxesOf(this.ddk), this.raw);
  }

  /** Releases the data, then deletes the device object. */
  drop(): void {
    if (this.raw === 0) return;
    const release = this.ddk.memory.readPointer(this.vtable() + DEVICE_OPERATIONS.offset.release);
    if (release !== 0) this.ddk.call(release, this.raw);
    this.ddk.IoDeleteDevice(this.intoRaw());
  }
}
