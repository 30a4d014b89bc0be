/** Symbolic links: their targets, and the way of a path through them, component by component. */
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { SYMBOLIC_LINK_QUERY } from "../../native-bindings/abi/objectRights";
import { UNICODE_STRING } from "../../native-bindings/abi/structures/strings";
import { addressOf } from "../../native-bindings/koffi/library";
import { NtOpenSymbolicLinkObject, NtQuerySymbolicLinkObject } from "../../native-bindings/koffi/ntdll";
import type { Resolution, ResolveHop } from "../machine/machine";
import { joinPath, ROOT_PATH, splitPath } from "../machine/ntPath";
import { ok, type Result } from "../machine/result";
import { failNt, ntStatusText } from "../machine/statusText";
import { visibleText } from "../machine/visibleText";
import { readDirectory } from "./nativeDirectory";
import { withHandle } from "./nativeHandle";
import { probeType } from "./probeType";

/** ObpMaxReparseAttempts: NT gives up after so many links. */
const MOST_LINKS = 30;
/** Bytes; a target longer than this is asked for again with what the first answer says. */
const FIRST_TARGET = 1024;

export function readLink(path: string): Result<string> {
  return withHandle(NtOpenSymbolicLinkObject, path, SYMBOLIC_LINK_QUERY, (handle) => {
    let size = FIRST_TARGET;
    for (;;) {
      const units = Buffer.alloc(size);
      const target = Buffer.alloc(UNICODE_STRING.size);
      target.writeUInt16LE(Math.min(size, 0xfffe), UNICODE_STRING.offset.MaximumLength);
      target.writeBigUInt64LE(addressOf(units), UNICODE_STRING.offset.Buffer);
      const needed = Buffer.alloc(4);
      const status = NtQuerySymbolicLinkObject(handle, target, needed) >>> 0;
      if (status === STATUS_BUFFER_TOO_SMALL && size < 0x1_0000) {
        size = 0x1_0000;
        continue;
      }
      if (!NT_SUCCESS(status)) return failNt(status);
      return ok(units.toString("utf16le", 0, target.readUInt16LE(UNICODE_STRING.offset.Length)));
    }
  });
}

/**
 * The type of what a name stands for, undefined where there is nothing. Directories and links are found without a list,
 * which may be long; for the rest it is that of the list, without case where no entry is spelled so.
 */
export function typeIn(directory: string, name: string): Result<string | undefined> {
  // An empty name would probe the directory itself.
  const probed = name === "" ? undefined : probeType(joinPath(directory, name));
  if (probed !== undefined) return ok(probed === "missing" ? undefined : probed);
  const listed = readDirectory(directory);
  if (!listed.ok) return listed;
  const low = name.toLowerCase();
  const found =
    listed.value.find((entry) => entry.name === name) ?? listed.value.find((entry) => entry.name.toLowerCase() === low);
  return ok(found?.type ?? (low === "??" && directory === ROOT_PATH ? "Directory" : undefined));
}

/** Follows a path as the object manager does, opening nothing but directories and links. */
export function resolveNative(path: string): Resolution {
  const hops: ResolveHop[] = [];
  let components = splitPath(path);
  let within = ROOT_PATH;
  let type = "Directory";
  let links = 0;
  const end = (status: number): Resolution => {
    const reached = status === STATUS_SUCCESS ? { reached: { path: within, type } } : {};
    return { path, hops, status: ntStatusText(status), ...reached };
  };
  while (components.length > 0) {
    const [component = "", ...rest] = components;
    const remaining = rest.length === 0 ? "" : `\\${rest.join("\\")}`;
    // No name is empty, as in `\\Device\\\\Null`; the object manager says so before it looks.
    if (component === "") return end(STATUS_OBJECT_NAME_INVALID);
    const found = typeIn(within, component);
    if (!found.ok) {
      const { status, name, message } = found.error;
      hops.push({ component, within, remaining, status: { status, name, message } });
      return { path, hops, status: { status, name, message } };
    }
    if (found.value === undefined) {
      const status = rest.length === 0 ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_OBJECT_PATH_NOT_FOUND;
      const note = `There is no "${visibleText(component)}" in ${visibleText(within)}.`;
      hops.push({ component, within, remaining, status: ntStatusText(status), note });
      return end(status);
    }
    type = found.value;
    const here = joinPath(within, component);
    const hop: ResolveHop = { component, within, type, remaining, status: ntStatusText(STATUS_SUCCESS) };
    hops.push(hop);
    if (type === "SymbolicLink") {
      const target = readLink(here);
      links += 1;
      if (!target.ok) return end(target.error.code);
      hop.linkTarget = target.value;
      // A target that does not begin at the root leads nowhere, and neither does a circle.
      const isAstray = links === MOST_LINKS || !target.value.startsWith(ROOT_PATH);
      if (isAstray) return end(STATUS_OBJECT_NAME_NOT_FOUND);
      components = [...splitPath(target.value), ...rest];
      within = ROOT_PATH;
      continue;
    }
    within = here;
    components = rest;
    // What is no directory parses the rest of the name itself: a device's file.
    if (type !== "Directory") break;
  }
  return end(STATUS_SUCCESS);
}
