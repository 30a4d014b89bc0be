/** The driver object as a module sees it, after "Safe Framework" (Driver) and "Creating Devices" (create_device). */

import type { Address } from "../../../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../../native-bindings/abi/structures/deviceObject";
import type { Ddk } from "../ddk";
import { boxIntoRaw, dropBox } from "./boxes";
import { Device } from "./device";
import { DEVICE_EXTENSION, extensionOf } from "./deviceExtension";
import type { DeviceOperations } from "./deviceOperations";
import { Access, DeviceDoFlags, type DeviceType } from "./deviceType";
import { vtableFor } from "./deviceVtable";
import { NtError } from "./ntError";

export class Driver {
  constructor(
    readonly ddk: Ddk,
    private readonly raw: Address,
  ) {}

  /** The address of the DRIVER_OBJECT. */
  asRaw(): Address {
    return this.raw;
  }

  /**
   * `Driver::create_device`: a named device whose requests go to `data`, which it owns.
   *
   * `doFlags` is not in the article. Its ReadRequest and WriteRequest find a buffer only when the device object says how
   * buffers are brought (DO_BUFFERED_IO or DO_DIRECT_IO in DEVICE_OBJECT.Flags), and its create_device never says so:
   * without a flag every UserPtr is empty and reads and writes move nothing.
   * @throws NtError with IoCreateDevice's status, OBJECT_NAME_COLLISION when the name is taken
   */
  createDevice(
    name: string,
    deviceType: DeviceType,
    deviceFlags: number,
    access: Access,
    data: DeviceOperations,
    doFlags: number = DeviceDoFlags.NONE,
  ): Device {
    const { ddk } = this;
    const vtable = vtableFor(ddk, data);
    const box = boxIntoRaw(ddk, data);
    const exclusive = access === Access.Exclusive;
    const made = ddk.IoCreateDevice(this.raw, DEVICE_EXTENSION.size, name, deviceType, deviceFlags, exclusive);
    if (made.status !== STATUS_SUCCESS) {
      dropBox(ddk, box);
      throw NtError.fromStatus(made.status);
    }
    const extension = extensionOf(ddk, made.deviceObject);
    const { memory } = ddk;
    memory.writePointer(extension + DEVICE_EXTENSION.offset.vtable, vtable);
    memory.writePointer(extension + DEVICE_EXTENSION.offset.data, box);
    const flags = made.deviceObject + DEVICE_OBJECT.offset.Flags;
    memory.writeU32(flags, memory.readU32(flags) | doFlags);
    return new Device(ddk, made.deviceObject);
  }
}
