/** Where an open file leads, read off the FILE_OBJECT: asking for its name would send the driver a request. */
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";

/** Raw path of the device and the name below it. */
export function filePath(memory: KernelMemory, ob: ObjectManager, file: Address): string {
  const device = memory.readPointer(file + FILE_OBJECT.offset.DeviceObject);
  const name = memory.readUnicodeString(file + FILE_OBJECT.offset.FileName);
  return (device === 0 ? "" : ob.names.pathOf(device)) + name;
}
