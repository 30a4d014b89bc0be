/** The pages of a Driver: DRIVER_OBJECT decoded, its service, its devices, and the table of major functions. */
import type { Address } from "../../../native-bindings/abi/address";
import { driverObjectFlags } from "../../../native-bindings/abi/driverFlags";
import { IRP_MJ_MAXIMUM_FUNCTION, majorFunctionName } from "../../../native-bindings/abi/irpFunctions";
import { DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { FieldSection, FieldValue, NamedField } from "../../machine/fieldValue";
import { addressValue, bytes, field, flagsValue, objectLink, section, text } from "../../machine/fieldValues";
import { driverTitle, type KernelParts, serviceOf } from "./kernelParts";

const offset = DRIVER_OBJECT.offset;
const POINTER_BYTES = 8;

function routineValue({ ke }: KernelParts, address: Address): FieldValue {
  if (address === 0) return text("None");
  const symbol = ke.routines.nameOf(address);
  return addressValue(address, symbol === undefined ? {} : { symbol });
}

function majorFunctions(parts: KernelParts, driver: Address): FieldSection {
  const rows = Array.from({ length: IRP_MJ_MAXIMUM_FUNCTION + 1 }, (_, major): FieldValue[] => {
    const routine = parts.memory.readPointer(driver + offset.MajorFunction + major * POINTER_BYTES);
    return [{ kind: "number", value: major }, text(majorFunctionName(major)), routineValue(parts, routine)];
  });
  const table: FieldValue = { kind: "table", columns: ["Index", "Major function", "Routine"], rows };
  const help = "nt!IopInvalidDeviceRequest stands where the driver set nothing: STATUS_INVALID_DEVICE_REQUEST.";
  return section("majorFunctions", "Major functions", [field("majorFunctions", "Major functions", table, help)]);
}

function devicesSection(parts: KernelParts, driver: Address): FieldSection {
  const rows = parts.io.records.devicesOf(driver).map((device): FieldValue[] => {
    const path = parts.ob.names.pathOf(device);
    const name = path === "" ? text("(unnamed)") : objectLink(path, "Device");
    return [addressValue(device, { structure: "DEVICE_OBJECT" }), name];
  });
  const table: FieldValue = { kind: "table", columns: ["Device object", "Name"], rows };
  return section("devices", "Devices", [
    field("devices", "Devices", table, "Newest first, as the driver's list has them."),
  ]);
}

function imageFields(parts: KernelParts, driver: Address): NamedField[] {
  const { memory } = parts;
  const record = parts.io.drivers.find(driver);
  const routine = (id: string, label: string, at: number) =>
    field(id, label, routineValue(parts, memory.readPointer(driver + at)));
  return [
    field("image", "Image", text(record?.imagePath ?? "")),
    field("start", "Image start", addressValue(memory.readPointer(driver + offset.DriverStart))),
    field("size", "Image size", bytes(memory.readU32(driver + offset.DriverSize))),
    field(
      "flags",
      "Flags",
      flagsValue(driverObjectFlags, memory.readU32(driver + offset.Flags)),
      "DRIVER_OBJECT.Flags.",
    ),
    routine("init", "DriverEntry", offset.DriverInit),
    routine("unload", "Unload routine", offset.DriverUnload),
    routine("startIo", "StartIo", offset.DriverStartIo),
    routine("fastIo", "Fast I/O table", offset.FastIoDispatch),
  ];
}

export function driverSections(parts: KernelParts, driver: Address): FieldSection[] {
  const service = serviceOf(parts, driver);
  const fields = [
    field("service", "Service", text(service === "" ? "None: made by the kernel itself" : service)),
    field("displayName", "Display name", text(driverTitle(parts, driver))),
    ...imageFields(parts, driver),
  ];
  return [section("driver", "Driver", fields), devicesSection(parts, driver), majorFunctions(parts, driver)];
}
