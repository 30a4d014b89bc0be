/** Attaching devices to each other (wdm.h: IoAttachDeviceToDeviceStack, IoDetachDevice...). */
import type { Address } from "../../../native-bindings/abi/address";
import {
  DO_DEVICE_INITIALIZING,
  DOE_DELETE_PENDING,
  DOE_REMOVE_PENDING,
  DOE_UNLOAD_PENDING,
} from "../../../native-bindings/abi/deviceFlags";
import { STATUS_NO_SUCH_DEVICE, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import type { KernelMemory } from "../mem/kernelMemory";
import type { Devices } from "./devices";

const field = DEVICE_OBJECT.offset;
const GOING = DOE_DELETE_PENDING | DOE_UNLOAD_PENDING | DOE_REMOVE_PENDING;

export class DeviceStacks {
  constructor(
    private readonly memory: KernelMemory,
    private readonly devices: Devices,
  ) {}

  /**
   * Puts `source` on top of the stack that `target` is in.
   * @returns the device that was on top until now; 0 when it is being initialized, deleted or unloaded
   */
  IoAttachDeviceToDeviceStack(source: Address, target: Address): Address {
    const { memory } = this;
    const { records } = this.devices;
    const top = records.top(target);
    const initializing = (memory.readU32(top + field.Flags) & DO_DEVICE_INITIALIZING) !== 0;
    if (initializing || (records.extensionFlags(top) & GOING) !== 0) return 0;
    memory.writePointer(top + field.AttachedDevice, source);
    memory.writeU8(source + field.StackSize, memory.readU8(top + field.StackSize) + 1);
    memory.writeU32(source + field.AlignmentRequirement, memory.readU32(top + field.AlignmentRequirement));
    memory.writeU16(source + field.SectorSize, memory.readU16(top + field.SectorSize));
    records.setAttachedTo(source, top);
    return top;
  }

  /** STATUS_NO_SUCH_DEVICE where IoAttachDeviceToDeviceStack answers 0. */
  IoAttachDeviceToDeviceStackSafe(source: Address, target: Address): { status: number; attachedTo: Address } {
    const attachedTo = this.IoAttachDeviceToDeviceStack(source, target);
    return { status: attachedTo === 0 ? STATUS_NO_SUCH_DEVICE : STATUS_SUCCESS, attachedTo };
  }

  /** Takes off whatever is attached directly to `lower`. Stack sizes stay as they are. */
  IoDetachDevice(lower: Address): void {
    const above = this.memory.readPointer(lower + field.AttachedDevice);
    if (above !== 0) this.devices.records.setAttachedTo(above, 0);
    this.memory.writePointer(lower + field.AttachedDevice, 0);
    this.devices.didDetach(lower);
  }

  /** IoGetAttachedDevice; the reference that IoGetAttachedDeviceReference adds is the caller's to take. */
  IoGetAttachedDevice(device: Address): Address {
    return this.devices.records.top(device);
  }
}
