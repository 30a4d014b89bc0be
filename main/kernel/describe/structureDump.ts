/**
 * `dt`: a structure's fields with offsets, types and meanings, and, at an address, with what lies there. The layout is
 * WinDbg's: one line a field, a nested structure in one line, unions at the same offset.
 */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import type { ByteMemory } from "../../../native-bindings/abi/byteMemory";
import { readScalar } from "../../../native-bindings/abi/scalar";
import type { ElementType, Field as LayoutField, StructureLayout } from "../../../native-bindings/abi/structure";
import type { FieldValue } from "../../machine/fieldValue";
import { addressValue, codeValue, flagsValue, text } from "../../machine/fieldValues";
import type { StructureDump, StructureField } from "../../machine/machine";
import { type Field, ntscopeError, type StatusError } from "../../machine/result";
import { KernelFault } from "../mem/kernelFault";

/** What the dump asks about addresses. */
export interface AddressNames {
  /** `example!dispatchDevice`, or an object's path. */
  symbolOf(address: Address): string | undefined;
  /** The structure that lies at an address, when it is known. */
  structureAt(address: Address): string | undefined;
}

/** Longer strings than names are, in characters, would fill the panel. */
const MAX_STRING = 1024;
/** Elements of an array that are shown: MajorFunction has 28, HashBuckets 37. */
const MAX_ELEMENTS = 64;

/** What a pointer field points to, by its name, where the address itself does not tell. */
const pointees: Readonly<Record<string, string>> = {
  DeviceObject: "DEVICE_OBJECT",
  NextDevice: "DEVICE_OBJECT",
  AttachedDevice: "DEVICE_OBJECT",
  AttachedTo: "DEVICE_OBJECT",
  DriverObject: "DRIVER_OBJECT",
  DriverExtension: "DRIVER_EXTENSION",
  DeviceObjectExtension: "DEVOBJ_EXTENSION",
  FileObject: "FILE_OBJECT",
  OriginalFileObject: "FILE_OBJECT",
  RelatedFileObject: "FILE_OBJECT",
  CurrentIrp: "IRP",
  MdlAddress: "MDL",
  CurrentStackLocation: "IO_STACK_LOCATION",
  FastIoDispatch: "FAST_IO_DISPATCH",
  Vpb: "VPB",
  ChainLink: "OBJECT_DIRECTORY_ENTRY",
};

function typeName(type: LayoutField["type"]): string {
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return `${typeName(type[0] as ElementType)}[${type[1]}]`;
  return (type as StructureLayout).name;
}

function pointerValue(names: AddressNames, address: Address, fieldName: string): FieldValue {
  if (address === 0) return addressValue(0);
  const symbol = names.symbolOf(address);
  const structure = names.structureAt(address) ?? pointees[fieldName];
  return addressValue(address, {
    ...(symbol === undefined ? {} : { symbol }),
    ...(structure === undefined ? {} : { structure }),
  });
}

function integerValue(value: number | bigint): FieldValue {
  const narrow = Number(value);
  if (Number.isSafeInteger(narrow)) return { kind: "number", value: narrow };
  return text(`0x${BigInt.asUintN(64, BigInt(value)).toString(16).toUpperCase().padStart(16, "0")}`);
}

function unicodeStringText(memory: ByteMemory, address: Address): string {
  const units = Math.min(memory.readU16(address) >>> 1, MAX_STRING);
  const buffer = memory.readPointer(address + 8);
  if (buffer === 0 || units === 0) return "";
  const raw = memory.readBytes(buffer, units * 2);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: units }, (_, index) => String.fromCharCode(view.getUint16(index * 2, true))).join("");
}

function nestedValue(memory: ByteMemory, address: Address, layout: StructureLayout): FieldValue {
  if (layout.name === "UNICODE_STRING") return text(unicodeStringText(memory, address));
  if (layout.name === "LIST_ENTRY") {
    const links = [memory.readPointer(address), memory.readPointer(address + 8)].map(addressToHex);
    return text(`[ ${links.join(" - ")} ]`);
  }
  return addressValue(address, { structure: layout.name });
}

function elementValue(
  memory: ByteMemory,
  names: AddressNames,
  address: Address,
  type: ElementType,
  fieldName: string,
): FieldValue {
  if (typeof type !== "string") return nestedValue(memory, address, type);
  if (type === "pointer") return pointerValue(names, memory.readPointer(address), fieldName);
  return integerValue(readScalar(memory, address, type));
}

function arrayValue(
  memory: ByteMemory,
  names: AddressNames,
  address: Address,
  [element, length]: readonly [ElementType, number],
  field: LayoutField,
): FieldValue {
  const stride = field.size / length;
  const rows = Array.from({ length: Math.min(length, MAX_ELEMENTS) }, (_, index): FieldValue[] => [
    { kind: "number", value: index },
    elementValue(memory, names, address + index * stride, element, field.name),
  ]);
  return { kind: "table", columns: ["Index", "Value"], rows };
}

function decoded(memory: ByteMemory, names: AddressNames, at: Address, field: LayoutField): FieldValue {
  const { type } = field;
  if (field.names !== undefined && typeof type === "string") {
    const raw = Number(readScalar(memory, at, type));
    return field.names.kind === "flags" ? flagsValue(field.names, raw) : codeValue(field.names, raw);
  }
  if (Array.isArray(type)) return arrayValue(memory, names, at, type as readonly [ElementType, number], field);
  return elementValue(memory, names, at, type as ElementType, field.name);
}

function faultError(fault: KernelFault): StatusError {
  return ntscopeError("not-mapped", `The memory cannot be read: ${fault.message}.`);
}

function readValue(memory: ByteMemory, names: AddressNames, at: Address, field: LayoutField): Field<FieldValue> {
  try {
    return { value: decoded(memory, names, at, field) };
  } catch (error) {
    if (!(error instanceof KernelFault)) throw error;
    return { error: faultError(error) };
  }
}

/** @param address left out: the layout alone */
export function dumpStructure(
  memory: ByteMemory,
  names: AddressNames,
  layout: StructureLayout,
  address?: Address,
): StructureDump {
  const fields = layout.fields.map((field): StructureField => {
    const { offset, name, type, meaning } = field;
    const described = { offset, name, type: typeName(type), meaning };
    if (address === undefined) return described;
    return { ...described, value: readValue(memory, names, address + offset, field) };
  });
  const at = address === undefined ? {} : { address: addressToHex(address) };
  return { type: layout.name, size: layout.size, ...at, fields };
}
