/** Who is attached to whom. */
import type { Address } from "../../../native-bindings/abi/address";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import type { KernelParts } from "./kernelParts";

/** More than NT can have: StackSize is a signed byte. A driver that closed the list into a ring ends here. */
const MAX_STACK = 127;

/** Attached above a device, lowest first. */
export function devicesAbove({ memory }: KernelParts, device: Address): Address[] {
  const above: Address[] = [];
  const next = (at: Address) => memory.readPointer(at + DEVICE_OBJECT.offset.AttachedDevice);
  for (let at = next(device); at !== 0 && above.length < MAX_STACK; at = next(at)) above.push(at);
  return above;
}

/** Below a device, nearest first. */
export function devicesBelow({ io }: KernelParts, device: Address): Address[] {
  const below: Address[] = [];
  let at = io.records.attachedTo(device);
  for (; at !== 0 && below.length < MAX_STACK; at = io.records.attachedTo(at)) below.push(at);
  return below;
}
