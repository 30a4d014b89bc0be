/**
 * The index of device objects: which addresses are devices, which were, and the walks over their lists. The lists
 * themselves lie in the DEVICE_OBJECTs.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { DEVICE_OBJECT, DEVOBJ_EXTENSION } from "../../../native-bindings/abi/structures/deviceObject";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { KernelMemory } from "../mem/kernelMemory";

const field = DEVICE_OBJECT.offset;
/** What every open and every request asks for. */
const ATTACHED_DEVICE = field.AttachedDevice;
const EXTENSION = field.DeviceObjectExtension;
const EXTENSION_FLAGS = DEVOBJ_EXTENSION.offset.ExtensionFlags;

export class DeviceRecords {
  readonly #devices = new Map<Address, "live" | "deleted">();

  /** Told of each device that comes, for those who remember what an address was. */
  whenCreated: ((device: Address) => void) | undefined = undefined;

  constructor(private readonly memory: KernelMemory) {}

  didCreate(device: Address): void {
    this.#devices.set(device, "live");
    this.whenCreated?.(device);
  }

  /** Out of its driver's list; the object may live on by references to it. */
  didDelete(device: Address): void {
    this.#devices.set(device, "deleted");
  }

  isLive(device: Address): boolean {
    return this.#devices.get(device) === "live";
  }

  wasDeleted(device: Address): boolean {
    return this.#devices.get(device) === "deleted";
  }

  get live(): Address[] {
    return [...this.#devices].filter(([, state]) => state === "live").map(([device]) => device);
  }

  /** Newest first, as the driver's list has them. */
  devicesOf(driverObject: Address): Address[] {
    const devices: Address[] = [];
    let device = this.memory.readPointer(driverObject + DRIVER_OBJECT.offset.DeviceObject);
    for (; device !== 0; device = this.memory.readPointer(device + field.NextDevice)) devices.push(device);
    return devices;
  }

  link(device: Address, driverObject: Address): void {
    const head = driverObject + DRIVER_OBJECT.offset.DeviceObject;
    this.memory.writePointer(device + field.NextDevice, this.memory.readPointer(head));
    this.memory.writePointer(head, device);
  }

  unlink(device: Address): void {
    const { memory } = this;
    let at = memory.readPointer(device + field.DriverObject) + DRIVER_OBJECT.offset.DeviceObject;
    for (let next = memory.readPointer(at); next !== 0; next = memory.readPointer(at)) {
      if (next === device) {
        memory.writePointer(at, memory.readPointer(device + field.NextDevice));
        return;
      }
      at = next + field.NextDevice;
    }
  }

  /** The device at the top of the stack that `device` is part of: IoGetAttachedDevice. */
  top(device: Address): Address {
    let top = device;
    for (;;) {
      const above = this.memory.readPointer(top + ATTACHED_DEVICE);
      if (above === 0) return top;
      top = above;
    }
  }

  extensionFlags(device: Address): number {
    return this.memory.readU32(this.#extension(device) + EXTENSION_FLAGS);
  }

  addExtensionFlags(device: Address, flags: number): void {
    const at = this.#extension(device) + EXTENSION_FLAGS;
    this.memory.writeU32(at, this.memory.readU32(at) | flags);
  }

  /** The device below, or 0. */
  attachedTo(device: Address): Address {
    return this.memory.readPointer(this.#extension(device) + DEVOBJ_EXTENSION.offset.AttachedTo);
  }

  setAttachedTo(device: Address, below: Address): void {
    this.memory.writePointer(this.#extension(device) + DEVOBJ_EXTENSION.offset.AttachedTo, below);
  }

  #extension(device: Address): Address {
    return this.memory.readPointer(device + EXTENSION);
  }
}
