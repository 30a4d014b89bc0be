/** The pages of a Device: DEVICE_OBJECT decoded, and the stack that it is part of. */
import type { Address } from "../../../native-bindings/abi/address";
import { deviceCharacteristics } from "../../../native-bindings/abi/deviceCharacteristics";
import { deviceExtensionFlags, deviceObjectFlags } from "../../../native-bindings/abi/deviceFlags";
import { deviceTypes } from "../../../native-bindings/abi/deviceTypes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import type { FieldSection, FieldValue, NamedField } from "../../machine/fieldValue";
import {
  addressValue,
  bytes,
  codeValue,
  count,
  field,
  flagsValue,
  objectLink,
  section,
  text,
} from "../../machine/fieldValues";
import { devicesAbove, devicesBelow } from "./deviceStack";
import type { KernelParts } from "./kernelParts";

const offset = DEVICE_OBJECT.offset;

function driverLink(parts: KernelParts, device: Address): FieldValue {
  const path = parts.io.driverNameOf(device);
  return path === undefined ? text("gone") : objectLink(path, "Driver");
}

function devicePointer(parts: KernelParts, device: Address): FieldValue {
  if (device === 0) return text("None");
  const path = parts.ob.names.pathOf(device);
  return path === "" ? addressValue(device, { structure: "DEVICE_OBJECT" }) : objectLink(path, "Device");
}

function stackTable(parts: KernelParts, device: Address): FieldValue {
  const stack = [...devicesAbove(parts, device).reverse(), device, ...devicesBelow(parts, device)];
  const rows = stack.map((each): FieldValue[] => [
    addressValue(each, { structure: "DEVICE_OBJECT" }),
    parts.ob.names.pathOf(each) === "" ? text("(unnamed)") : objectLink(parts.ob.names.pathOf(each), "Device"),
    driverLink(parts, each),
    text(each === device ? "this device" : ""),
  ]);
  return { kind: "table", columns: ["Device object", "Name", "Driver", ""], rows };
}

function extensionFields({ memory, io }: KernelParts, device: Address): NamedField[] {
  const extension = memory.readPointer(device + offset.DeviceExtension);
  const size = memory.readU16(device + offset.Size) - DEVICE_OBJECT.size;
  const help = "The driver's own data, behind the device object.";
  const pending = io.records.extensionFlags(device);
  return [
    field("extension", "Device extension", extension === 0 ? text("None") : addressValue(extension), help),
    field("extensionSize", "Extension size", bytes(size)),
    field("extensionFlags", "Pending", flagsValue(deviceExtensionFlags, pending), "DEVOBJ_EXTENSION.ExtensionFlags."),
  ];
}

export function deviceSections(parts: KernelParts, device: Address): FieldSection[] {
  const { memory } = parts;
  const note = parts.deviceNote(device);
  const fields = [
    ...(note === undefined ? [] : [field("note", "In this model", text(note))]),
    field("driver", "Driver", driverLink(parts, device)),
    field("deviceType", "Device type", codeValue(deviceTypes, memory.readU32(device + offset.DeviceType))),
    field(
      "flags",
      "Flags",
      flagsValue(deviceObjectFlags, memory.readU32(device + offset.Flags)),
      "DEVICE_OBJECT.Flags.",
    ),
    field(
      "characteristics",
      "Characteristics",
      flagsValue(deviceCharacteristics, memory.readU32(device + offset.Characteristics)),
    ),
    field("stackSize", "Stack size", count(memory.readU8(device + offset.StackSize)), "Stack locations an IRP needs."),
    field(
      "referenceCount",
      "Open references",
      count(memory.readI32(device + offset.ReferenceCount)),
      "DEVICE_OBJECT.ReferenceCount: open file objects, and what else keeps the device.",
    ),
    field("sectorSize", "Sector size", bytes(memory.readU16(device + offset.SectorSize))),
    field("alignment", "Alignment mask", count(memory.readU32(device + offset.AlignmentRequirement))),
    ...extensionFields(parts, device),
  ];
  const attached = [
    field("attachedDevice", "Attached above", devicePointer(parts, memory.readPointer(device + offset.AttachedDevice))),
    field("attachedTo", "Attached to", devicePointer(parts, parts.io.records.attachedTo(device))),
    field("stack", "Device stack", stackTable(parts, device), "The top, which sees requests first, stands first."),
  ];
  return [section("device", "Device", fields), section("stack", "Device stack", attached)];
}
