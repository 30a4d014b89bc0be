/** IoAttachDevice (wdm.h): a device by its name, opened so that it stays meanwhile, and the driver's own on top of it. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { FILE_READ_ATTRIBUTES } from "../../../native-bindings/abi/objectRights";
import { type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import type { Kernel } from "../kernel";
import { type DeviceObjectPointer, getDeviceObjectPointer } from "./deviceObjectPointer";

export interface AttachedDevice {
  readonly status: number;
  /** What was on top until now; 0 unless the status is a success. */
  readonly attachedTo: Address;
}

/** @returns STATUS_NO_SUCH_DEVICE when the device is going, else what opening it answers */
export function attachDevice(kernel: Kernel, source: Address, name: string): MayWait<AttachedDevice> {
  const opened = getDeviceObjectPointer(kernel, name, FILE_READ_ATTRIBUTES, true);
  return isCoroutine(opened) ? kernel.ke.awaiting(attachLater(kernel, source, opened)) : attach(kernel, source, opened);
}

function* attachLater(
  kernel: Kernel,
  source: Address,
  opened: Coroutine<DeviceObjectPointer>,
): Coroutine<AttachedDevice> {
  return attach(kernel, source, yield* opened);
}

function attach({ io, ob }: Kernel, source: Address, opened: DeviceObjectPointer): AttachedDevice {
  const { status, fileObject, deviceObject } = opened;
  if (status !== STATUS_SUCCESS) return { status, attachedTo: 0 };
  const attached = io.stacks.IoAttachDeviceToDeviceStackSafe(source, deviceObject);
  ob.ObDereferenceObject(fileObject);
  return attached;
}
