/** What an object's type says of it in a few words: the Description column of lists. */
import type { Address } from "../../../native-bindings/abi/address";
import { deviceTypes } from "../../../native-bindings/abi/deviceTypes";
import { findNamedValue } from "../../../native-bindings/abi/flags";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { DISPATCHER_HEADER, KMUTANT, KSEMAPHORE } from "../../../native-bindings/abi/structures/dispatcher";
import { OBJECT_TYPE } from "../../../native-bindings/abi/structures/objectManager";
import type { KernelMemory } from "../mem/kernelMemory";
import { SECTION_ATTRIBUTES, SECTION_SIZE } from "../nt/objectsWaitable";
import { linkTarget } from "../ob/symbolicLinks";
import { driverTitle, type KernelParts } from "./kernelParts";

const NOTIFICATION = 0;

export function eventText(memory: KernelMemory, event: Address): string {
  const kind =
    memory.readU8(event + DISPATCHER_HEADER.offset.Type) === NOTIFICATION ? "Notification" : "Synchronization";
  const set = memory.readI32(event + DISPATCHER_HEADER.offset.SignalState) > 0;
  return `${kind} event, ${set ? "signalled" : "not signalled"}`;
}

export function mutantText(memory: KernelMemory, mutant: Address): string {
  const state = memory.readI32(mutant + DISPATCHER_HEADER.offset.SignalState);
  const abandoned = memory.readU8(mutant + KMUTANT.offset.Abandoned) !== 0 ? ", abandoned" : "";
  return state > 0 ? `Not held${abandoned}` : `Held, recursion ${1 - state}${abandoned}`;
}

export function semaphoreText(memory: KernelMemory, semaphore: Address): string {
  const count = memory.readI32(semaphore + DISPATCHER_HEADER.offset.SignalState);
  return `Count ${count} of ${memory.readI32(semaphore + KSEMAPHORE.offset.Limit)}`;
}

export function timerText(memory: KernelMemory, timer: Address): string {
  const running = memory.readU8(timer + DISPATCHER_HEADER.offset.Inserted) !== 0;
  const due = memory.readI32(timer + DISPATCHER_HEADER.offset.SignalState) > 0;
  return `${running ? "Running" : "Not running"}, ${due ? "signalled" : "not signalled"}`;
}

export function typeText(memory: KernelMemory, type: Address): string {
  const objects = memory.readU32(type + OBJECT_TYPE.offset.TotalNumberOfObjects);
  const handles = memory.readU32(type + OBJECT_TYPE.offset.TotalNumberOfHandles);
  return `${objects.toLocaleString("en")} objects, ${handles.toLocaleString("en")} handles`;
}

const SEC_IMAGE = 0x100_0000;

export function sectionText(memory: KernelMemory, section: Address): string {
  const isImage = (memory.readU32(section + SECTION_ATTRIBUTES) & SEC_IMAGE) !== 0;
  const bytes = memory.readPointer(section + SECTION_SIZE);
  return `${isImage ? "Image" : "Memory"}, ${bytes.toLocaleString("en")} bytes`;
}

function deviceText(parts: KernelParts, device: Address): string {
  const owner = parts.io.driverNameOf(device) ?? "its driver is gone";
  const code = parts.memory.readU32(device + DEVICE_OBJECT.offset.DeviceType);
  const type = findNamedValue(deviceTypes, code)?.name ?? `type 0x${code.toString(16)}`;
  return `${owner}, ${type}`;
}

type Describer = (parts: KernelParts, object: Address) => string;

const describers: Readonly<Record<string, Describer>> = {
  SymbolicLink: ({ memory }, link) => linkTarget(memory, link),
  Event: ({ memory }, event) => eventText(memory, event),
  Mutant: ({ memory }, mutant) => mutantText(memory, mutant),
  Semaphore: ({ memory }, semaphore) => semaphoreText(memory, semaphore),
  Timer: ({ memory }, timer) => timerText(memory, timer),
  Section: ({ memory }, section) => sectionText(memory, section),
  Type: ({ memory }, type) => typeText(memory, type),
  Device: deviceText,
  Driver: driverTitle,
};

/** Undefined for a type that says nothing of itself. */
export function objectDetail(parts: KernelParts, typeName: string, object: Address): string | undefined {
  return Object.hasOwn(describers, typeName) ? describers[typeName]?.(parts, object) : undefined;
}
