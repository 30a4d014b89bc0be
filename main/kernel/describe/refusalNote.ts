/** Why the caller may not do a thing: the access check's own reason, with whom and what it is about. */
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_DEVICE_SECURE_OPEN } from "../../../native-bindings/abi/deviceCharacteristics";
import { DO_EXCLUSIVE } from "../../../native-bindings/abi/deviceFlags";
import { STATUS_ACCESS_DENIED } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { DIRECTORY_QUERY, DIRECTORY_TRAVERSE, SYMBOLIC_LINK_QUERY } from "../../../native-bindings/abi/objectRights";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { visibleText } from "../../machine/visibleText";
import { UserMode } from "../ob/caller";
import type { LookupStep } from "../ob/nameLookup";
import type { ObjectType } from "../ob/objectType";
import { reasonText } from "../se/accessReason";
import type { KernelParts } from "./kernelParts";

const field = DEVICE_OBJECT.offset;

interface Reached {
  readonly status: number;
  readonly last: LookupStep | undefined;
}

/** The walk as the caller would go it; nothing is opened. */
function reach({ ob }: KernelParts, path: string, type: ObjectType | undefined): Reached {
  let last: LookupStep | undefined;
  const observer = (step: LookupStep) => {
    last = step;
  };
  const options = { observer, stopAtParse: true, mode: UserMode } as const;
  const { status, object } = ob.lookup({ name: path }, type, options);
  if (object !== 0) ob.ObDereferenceObject(object);
  return { status, last };
}

function shownPath({ ob }: KernelParts, object: Address): string {
  return visibleText(ob.names.pathOf(object));
}

/** Undefined when the right is granted. */
function refusal(parts: KernelParts, object: Address, access: number): string | undefined {
  const answer = parts.se.explainCheck(object, parts.ob.typeOf(object), access);
  return NT_SUCCESS(answer.status) ? undefined : reasonText(answer.reason);
}

function who({ se }: KernelParts): string {
  return se.callerToken?.description.name ?? "a process without a token";
}

function protectsNames({ memory, io }: KernelParts, device: Address): boolean {
  return (memory.readU32(io.records.top(device) + field.Characteristics) & FILE_DEVICE_SECURE_OPEN) !== 0;
}

/** What an open needs of an object of the type, and what it is then for. */
function wanted(type: ObjectType): readonly (readonly [access: number, verb: string])[] {
  switch (type.name) {
    case "Device":
      return [
        [type.genericMapping.read, "open it for reading"],
        [type.genericMapping.write, "open it for writing"],
      ];
    case "Directory":
      return [[DIRECTORY_QUERY, "list it"]];
    case "SymbolicLink":
      return [[SYMBOLIC_LINK_QUERY, "read its target"]];
    default:
      return [[type.genericMapping.read, "open it for reading"]];
  }
}

/** A sentence for each thing that the caller may not do with what the path leads to; undefined where it may do all. */
export function refusalNote(parts: KernelParts, path: string): string | undefined {
  const { status, last } = reach(parts, path, undefined);
  if (status === STATUS_ACCESS_DENIED) return traverseNote(parts, last);
  if (!NT_SUCCESS(status) || last === undefined || last.object === 0) return undefined;
  const type = parts.ob.typeOf(last.object);
  if (isDriversOwn(parts, last, type)) return undefined;
  const refused = wanted(type).flatMap(([access, verb]) => {
    const why = refusal(parts, last.object, access);
    return why === undefined ? [] : [`As ${who(parts)} you cannot ${verb}: ${why}`];
  });
  return refused.length === 0 ? undefined : refused.join(" ");
}

function isDriversOwn(parts: KernelParts, { object, parsed = "" }: LookupStep, type: ObjectType): boolean {
  return type.name === "Device" && parsed !== "" && !protectsNames(parts, object);
}

function traverseNote(parts: KernelParts, last: LookupStep | undefined): string | undefined {
  if (last === undefined || last.object === 0) return undefined;
  const why = refusal(parts, last.object, DIRECTORY_TRAVERSE);
  return why === undefined ? undefined : `The way through ${shownPath(parts, last.object)} is closed. ${why}`;
}

/** Who answered an open with STATUS_ACCESS_DENIED: the access check, exclusiveness, or the driver itself. */
export function deniedNote(parts: KernelParts, path: string, desiredAccess: number): string | undefined {
  const { status, last } = reach(parts, path, undefined);
  if (status === STATUS_ACCESS_DENIED) return traverseNote(parts, last);
  if (last === undefined || last.object === 0) return undefined;
  const { object: device } = last;
  const type = parts.ob.typeOf(device);
  const shown = shownPath(parts, device);
  if (type.name !== "Device") {
    const why = refusal(parts, device, desiredAccess);
    return why === undefined ? undefined : `${shown} refuses ${who(parts)}. ${why}`;
  }
  const { memory } = parts;
  const isExclusive = (memory.readU32(device + field.Flags) & DO_EXCLUSIVE) !== 0;
  if (isExclusive && memory.readI32(device + field.ReferenceCount) > 0) {
    return `${shown} is exclusive (DO_EXCLUSIVE) and open already.`;
  }
  const why = isDriversOwn(parts, last, type) ? undefined : refusal(parts, device, desiredAccess);
  if (why !== undefined) return `${shown} refuses ${who(parts)}. ${why}`;
  return `The security descriptor of ${shown} lets ${who(parts)} in; its driver answered STATUS_ACCESS_DENIED itself.`;
}
