/**
 * What the framework keeps in a device object's extension: a pointer to the functions that know the type of the device's
 * data, and the box of the data. Source: "Windows Drivers in Rust: Creating Devices", section "Associating User Data".
 */
import type { Address } from "../../../../native-bindings/abi/address";
import { structure } from "../../../../native-bindings/abi/structure";
import { DEVICE_OBJECT } from "../../../../native-bindings/abi/structures/deviceObject";
import type { Ddk } from "../ddk";
import type { Boxes } from "./boxes";
import type { DeviceOperations } from "./deviceOperations";

export const DEVICE_OPERATIONS = structure("device_operations", 0x10, {
  dispatch: [0x0, "pointer", "called for each request, with the device, the IRP and the major function"],
  release: [0x8, "pointer", "called once, to drop the device's data"],
});

export const DEVICE_EXTENSION = structure("DeviceExtension", 0x10, {
  vtable: [0x0, "pointer", "device_operations for the type of the data"],
  data: [0x8, "pointer", "box of the data, or NULL once it is released"],
});

/** The extension of a device object. */
export function extensionOf(ddk: Ddk, device: Address): Address {
  return ddk.memory.readPointer(device + DEVICE_OBJECT.offset.DeviceExtension);
}

/** The data that a device was created with; undefined after its release. */
export function dataOf(ddk: Ddk, boxes: Boxes, device: Address): DeviceOperations | undefined {
  return boxes.get(ddk.memory.readPointer(extensionOf(ddk, device) + DEVICE_EXTENSION.offset.data));
}
