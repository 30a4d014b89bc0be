/** The pages of the remaining types: what each says of itself. */
import type { Address } from "../../../native-bindings/abi/address";
import { poolTypes } from "../../../native-bindings/abi/poolTypes";
import {
  OBJECT_TYPE,
  OBJECT_TYPE_INITIALIZER,
  objectTypeFlags,
} from "../../../native-bindings/abi/structures/objectManager";
import type { FieldSection, FieldValue } from "../../machine/fieldValue";
import {
  codeValue,
  count,
  field,
  flagsValue,
  hex32,
  objectLink,
  section,
  text,
  timeValue,
} from "../../machine/fieldValues";
import { statusValue } from "../../machine/statusText";
import { linkCreationTime, linkTarget } from "../ob/symbolicLinks";
import { deviceSections } from "./deviceSections";
import { driverSections } from "./driverSections";
import type { KernelParts } from "./kernelParts";
import { locateThroughLinks } from "./locate";
import { objectDetail } from "./objectDetail";

function reached(parts: KernelParts, path: string): FieldValue {
  const located = locateThroughLinks(parts.ob, path);
  if ("object" in located) return objectLink(located.path, located.type.name);
  return statusValue(located.status);
}

function linkSections(parts: KernelParts, link: Address, path: string): FieldSection[] {
  const target = linkTarget(parts.memory, link);
  const shown = target === "" ? text("(empty: the root)") : text(target);
  return [
    section("link", "Symbolic link", [
      field("target", "Target", shown, "As stored; NT does not check it."),
      field("reached", "Leads to", reached(parts, path), "The object at the end of all links."),
      field("created", "Created", timeValue(linkCreationTime(parts.memory, link))),
    ]),
  ];
}

function directorySections(parts: KernelParts, directory: Address): FieldSection[] {
  const entries = count(parts.ob.directoryCount(directory));
  const shadow = parts.ob.directories.shadowOf(directory);
  const fields = [field("entries", "Entries", entries)];
  if (shadow !== 0) {
    const path = parts.ob.names.pathOf(shadow);
    fields.push(
      field("shadow", "Shadow directory", objectLink(path, "Directory"), "Searched for names not found here."),
    );
  }
  return [section("directory", "Directory", fields)];
}

function objectTypeSections({ memory }: KernelParts, type: Address): FieldSection[] {
  const u32 = (at: number) => memory.readU32(type + at);
  const { offset } = OBJECT_TYPE;
  const info = offset.TypeInfo;
  const rights = (name: "GenericRead" | "GenericWrite" | "GenericExecute" | "GenericAll") =>
    text(hex32(u32(info + OBJECT_TYPE_INITIALIZER.offset[`GenericMapping.${name}`])));
  return [
    section("objectType", "Object type", [
      field("index", "Index", { kind: "number", value: memory.readU8(type + offset.Index) }),
      field("objects", "Objects", count(u32(offset.TotalNumberOfObjects))),
      field("handles", "Handles", count(u32(offset.TotalNumberOfHandles))),
      field("peakObjects", "Most objects", count(u32(offset.HighWaterNumberOfObjects))),
      field("peakHandles", "Most handles", count(u32(offset.HighWaterNumberOfHandles))),
      field("poolType", "Pool", codeValue(poolTypes, u32(info + OBJECT_TYPE_INITIALIZER.offset.PoolType))),
      field(
        "typeFlags",
        "Flags",
        flagsValue(objectTypeFlags, memory.readU8(type + info + OBJECT_TYPE_INITIALIZER.offset.ObjectTypeFlags)),
      ),
      field("validAccess", "Valid access", text(hex32(u32(info + OBJECT_TYPE_INITIALIZER.offset.ValidAccessMask)))),
      field("genericRead", "Generic read", rights("GenericRead")),
      field("genericWrite", "Generic write", rights("GenericWrite")),
      field("genericExecute", "Generic execute", rights("GenericExecute")),
      field("genericAll", "Generic all", rights("GenericAll")),
    ]),
  ];
}

/** The type's own pages, after General. */
export function typeSections(parts: KernelParts, typeName: string, object: Address, path: string): FieldSection[] {
  switch (typeName) {
    case "Device":
      return deviceSections(parts, object);
    case "Driver":
      return driverSections(parts, object);
    case "SymbolicLink":
      return linkSections(parts, object, path);
    case "Directory":
      return directorySections(parts, object);
    case "Type":
      return objectTypeSections(parts, object);
    default: {
      const detail = objectDetail(parts, typeName, object);
      return detail === undefined ? [] : [section("state", typeName, [field("state", "State", text(detail))])];
    }
  }
}
