/** The General page of an object: what its header says, the same for every type. */
import type { Address } from "../../../native-bindings/abi/address";
import { objectHeaderFlags } from "../../../native-bindings/abi/objectHeaderFlags";
import type { FieldSection, NamedField } from "../../machine/fieldValue";
import { addressValue, bytes, count, field, flagsValue, section, text } from "../../machine/fieldValues";
import { FLAGS, HEADER_BYTES } from "../ob/objectHeader";
import type { ObjectType } from "../ob/objectType";
import { bodyStructure, type KernelParts } from "./kernelParts";

function securityFields(parts: KernelParts, object: Address): NamedField[] {
  const descriptor = parts.ob.securityOf(object);
  const help = "Who may do what with the object. Without a descriptor nothing is checked.";
  if (descriptor === undefined) return [field("security", "Security descriptor", text("None"), help)];
  return [field("security", "Security descriptor", bytes(descriptor.length), help)];
}

export function generalSection(parts: KernelParts, object: Address, type: ObjectType, path: string): FieldSection {
  const { memory, ob } = parts;
  const structure = bodyStructure(type.name);
  return section("general", "General", [
    field("path", "Path", { kind: "object", path, type: type.name }),
    field("type", "Type", { kind: "object", path: `\\ObjectTypes\\${type.name}`, type: "Type" }),
    field("pointerCount", "References", count(ob.pointerCount(object)), "Pointers to the object, handles included."),
    field("handleCount", "Handles", count(ob.handleCount(object)), "Open handles, in all processes."),
    field(
      "address",
      "Address",
      addressValue(object, structure === undefined ? {} : { structure }),
      "Of the object's body.",
    ),
    field(
      "header",
      "Header",
      addressValue(object - HEADER_BYTES, { structure: "OBJECT_HEADER" }),
      "Of its OBJECT_HEADER.",
    ),
    field(
      "attributes",
      "Attributes",
      flagsValue(objectHeaderFlags, memory.readU8(object + FLAGS)),
      "OBJECT_HEADER.Flags. A permanent object stays without handles; others go with their last one.",
    ),
    ...securityFields(parts, object),
  ]);
}
