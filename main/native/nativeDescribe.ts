/** The properties of one object, each read with the least access and each with its own status where it cannot be had. */

import { STATUS_OBJECT_NAME_NOT_FOUND } from "../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { objectAttributes as attributeNames } from "../../native-bindings/abi/objectAttributes";
import { DIRECTORY_QUERY, SYMBOLIC_LINK_QUERY } from "../../native-bindings/abi/objectRights";
import { OBJECT_BASIC_INFORMATION } from "../../native-bindings/abi/structures/nativeQueries";
import type { NativeFunction } from "../../native-bindings/koffi/library";
import { NtOpenDirectoryObject, NtOpenSymbolicLinkObject, NtQueryObject } from "../../native-bindings/koffi/ntdll";
import type { FieldSection, NamedField } from "../machine/fieldValue";
import { count, failedField, field, flagsValue, objectLink, section, text } from "../machine/fieldValues";
import type { ObjectInfo } from "../machine/machine";
import { baseName, parentPath, ROOT_PATH } from "../machine/ntPath";
import { ntscopeError, ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import { visibleText } from "../machine/visibleText";
import { readDirectory } from "./nativeDirectory";
import { withHandle } from "./nativeHandle";
import { readLink, typeIn } from "./nativeLinks";
import { type NativeType, nativeTypes, unopenable } from "./typeTable";

/** Opens nothing but what the type's own query call needs; never a device. */
export function describeNative(path: string): Result<ObjectInfo> {
  const type = typeOf(path);
  if (!type.ok) return type;
  const sections = [general(path, type.value), ...own(path, type.value)];
  return ok({ path, name: path === ROOT_PATH ? ROOT_PATH : baseName(path), type: type.value, sections });
}

/** As its directory lists it: nothing is opened to find out. */
export function typeOf(path: string): Result<string> {
  if (path === ROOT_PATH) return ok("Directory");
  const found = typeIn(parentPath(path), baseName(path));
  if (!found.ok) return found;
  if (found.value !== undefined) return ok(found.value);
  const note = `There is no "${visibleText(baseName(path))}" in ${visibleText(parentPath(path))}.`;
  return failNt(STATUS_OBJECT_NAME_NOT_FOUND, note);
}

function general(path: string, type: string): FieldSection {
  const fields = [field("path", "Path", objectLink(path, type)), field("type", "Type", text(type))];
  return section("general", "General", [...fields, ...countFields(path, type)]);
}

function openerOf(type: string): { open: NativeFunction; access: number } | undefined {
  if (type === "Directory") return { open: NtOpenDirectoryObject, access: DIRECTORY_QUERY };
  if (type === "SymbolicLink") return { open: NtOpenSymbolicLinkObject, access: SYMBOLIC_LINK_QUERY };
  return nativeTypes[type];
}

/** NtQueryObject counts the handle that asks, so it is taken off again. */
function countFields(path: string, type: string): NamedField[] {
  const opener = openerOf(type);
  if (opener === undefined) {
    const sentence = unopenable[type] ?? `NtScope knows no way to open an object of the type ${visibleText(type)}.`;
    return [failedField("handles", "Handles", ntscopeError("cannot-open", sentence))];
  }
  const { offset, size } = OBJECT_BASIC_INFORMATION;
  const basic = withHandle(opener.open, path, opener.access, (handle) => query(NtQueryObject, handle, 0, size, 0));
  if (!basic.ok) return [failedField("handles", "Handles", basic.error)];
  const read = (at: number) => basic.value.readUInt32LE(at);
  return [
    field("handles", "Handles", count(Math.max(0, read(offset.HandleCount) - 1)), "Without the one that asked."),
    field(
      "references",
      "References",
      count(Math.max(0, read(offset.PointerCount) - 1)),
      "Without the one that asked. Since Windows 8 the system keeps some in reserve, so this is not the true count.",
    ),
    field("attributes", "Attributes", flagsValue(attributeNames, read(offset.Attributes))),
  ];
}

function query(
  call: NativeFunction,
  handle: bigint,
  informationClass: number,
  size: number,
  slack: number,
): Result<Buffer> {
  const answer = Buffer.alloc(size + slack);
  const status = call(handle, informationClass, answer, answer.length, Buffer.alloc(4)) >>> 0;
  return NT_SUCCESS(status) ? ok(answer) : failNt(status);
}

function own(path: string, type: string): FieldSection[] {
  if (type === "Directory") return [directorySection(path)];
  if (type === "SymbolicLink") return [linkSection(path)];
  const known = nativeTypes[type];
  return known === undefined ? [] : [section("state", type, stateFields(path, known))];
}

function stateFields(path: string, type: NativeType): NamedField[] {
  const answer = withHandle(type.open, path, type.access, (handle) =>
    query(type.query, handle, type.class, type.layout.size, type.slack),
  );
  return answer.ok ? type.fields(answer.value) : [failedField("state", "State", answer.error)];
}

function directorySection(path: string): FieldSection {
  const listed = readDirectory(path);
  const entries = listed.ok
    ? field("entries", "Objects", count(listed.value.length))
    : failedField("entries", "Objects", listed.error);
  return section("directory", "Directory", [entries]);
}

function linkSection(path: string): FieldSection {
  const target = readLink(path);
  const shown = target.ok
    ? field("target", "Target", text(target.value))
    : failedField("target", "Target", target.error);
  return section("link", "Symbolic link", [shown]);
}
