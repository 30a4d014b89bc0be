/** The properties of one object, each read with the least access and each with its own status where it cannot be had. */

import { STATUS_OBJECT_NAME_NOT_FOUND } from "../../native-bindings/abi/ntstatus/codes";
import { sidText } from "../../native-bindings/abi/security/sid";
import type { FieldSection, NamedField } from "../machine/fieldValue";
import { count, failedField, field, objectLink, section, text } from "../machine/fieldValues";
import type { ObjectInfo } from "../machine/machine";
import { baseName, parentPath, ROOT_PATH } from "../machine/ntPath";
import { ok, type Result } from "../machine/result";
import { type AccountNames, type ReadSecurity, securitySection, sidsIn } from "../machine/securitySection";
import { failNt } from "../machine/statusText";
import { visibleText } from "../machine/visibleText";
import { readDirectory } from "./nativeDirectory";
import { readLink, typeIn } from "./nativeLinks";
import type { AskObject } from "./objectQuestions";
import { nativeTypes } from "./typeTable";

/** Opens nothing but what the type's own query call needs; never a device. */
export async function describeNative(path: string, ask: AskObject): Promise<Result<ObjectInfo>> {
  const type = typeOf(path);
  if (!type.ok) return type;
  const sections = [await general(path, type.value, ask), ...(await own(path, type.value, ask))];
  const security = await ask<"security">({ kind: "security", path, type: type.value });
  // Why there is no handle is said once, at the counts.
  if (security.ok || security.error.name !== "cannot-open") {
    sections.push(await describeSecurity(type.value, security, ask));
  }
  return ok({ path, name: path === ROOT_PATH ? ROOT_PATH : baseName(path), type: type.value, sections });
}

/** The page for what was read, with names of accounts as far as Windows tells them in time. */
export async function describeSecurity(
  type: string,
  read: Result<ReadSecurity>,
  ask: AskObject,
): Promise<FieldSection> {
  return securitySection(type, read, read.ok ? await accountNames(read.value, ask) : new Map());
}

async function accountNames({ descriptor }: ReadSecurity, ask: AskObject): Promise<AccountNames> {
  const sids = sidsIn(descriptor);
  const names = await ask<"accounts">({ kind: "accounts", sids });
  if (!names.ok) return new Map();
  const known = sids.map((sid, index): [string, string] => [sidText(sid) ?? "", names.value[index] ?? ""]);
  return new Map(known.filter(([, name]) => name !== ""));
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

async function general(path: string, type: string, ask: AskObject): Promise<FieldSection> {
  const help = Object.hasOwn(nativeTypes, type) ? nativeTypes[type]?.help : undefined;
  const fields = [field("path", "Path", objectLink(path, type)), field("type", "Type", text(type), help)];
  const counts = await ask<"counts">({ kind: "counts", path, type });
  return section("general", "General", [...fields, ...fieldsOr("handles", "Handles", counts)]);
}

function fieldsOr(id: string, label: string, fields: Result<NamedField[]>): NamedField[] {
  return fields.ok ? fields.value : [failedField(id, label, fields.error)];
}

async function own(path: string, type: string, ask: AskObject): Promise<FieldSection[]> {
  if (type === "Directory") return [directorySection(path)];
  if (type === "SymbolicLink") return [linkSection(path)];
  if (!Object.hasOwn(nativeTypes, type) || nativeTypes[type]?.queries.length === 0) return [];
  const state = await ask<"state">({ kind: "state", path, type });
  return [section("state", type, fieldsOr("state", "State", state))];
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
