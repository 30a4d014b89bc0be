/**
 * From a path to the object that stands there, the way an explorer looks: nothing is opened, no driver is asked, and a
 * link at the end is the answer itself. Names are first compared exactly, so that of two names that differ only in case
 * each can be reached, and then without case.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
  STATUS_OBJECT_TYPE_MISMATCH,
} from "../../../native-bindings/abi/ntstatus/codes";
import { ROOT_PATH, splitPath } from "../../machine/ntPath";
import { visibleText } from "../../machine/visibleText";
import { nameHash } from "../ob/nameIndex";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";
import { linkTarget } from "../ob/symbolicLinks";

/** NT's own limit for links that lead to links. */
const MAX_REPARSES = 30;
/** UNICODE_STRING's limit as names have it: 65532 bytes. */
const MAX_UNITS = 32_766;

export type Located =
  | { readonly object: Address; readonly type: ObjectType; readonly path: string }
  /** `note`: a sentence that says where the search ended. */
  | { readonly status: number; readonly note?: string };

interface Walk {
  directory: Address;
  components: string[];
  reparses: number;
}

function entryOf(ob: ObjectManager, directory: Address, name: string): Address {
  const hash = nameHash(name);
  const find = (where: Address, caseInsensitive: boolean) =>
    ob.directories.find(where, hash, name, 0, name.length, caseInsensitive);
  const here = find(directory, false) || find(directory, true);
  if (here !== 0) return here;
  const shadow = ob.directories.shadowOf(directory);
  return shadow === 0 ? 0 : find(shadow, false) || find(shadow, true);
}

/** `\??` is no object of the root but the caller's DOS devices. */
function startOf(ob: ObjectManager, path: string): Omit<Walk, "reparses"> {
  const components = splitPath(path);
  if (components[0] !== "??") return { directory: ob.root, components };
  return { directory: ob.caller.process.dosDevices ?? ob.globalDosDevices, components: components.slice(1) };
}

function missing(ob: ObjectManager, walk: Walk, name: string): Located {
  const status = walk.components.length === 0 ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_OBJECT_PATH_NOT_FOUND;
  const within = visibleText(ob.names.pathOf(walk.directory));
  return { status, note: `There is no "${visibleText(name)}" in ${within}.` };
}

function blocked(ob: ObjectManager, object: Address, type: ObjectType): Located {
  const status = type.parse === undefined ? STATUS_OBJECT_TYPE_MISMATCH : STATUS_OBJECT_PATH_NOT_FOUND;
  return { status, note: `${visibleText(ob.names.pathOf(object))} is a ${type.name}; names below it are not objects.` };
}

function follow(ob: ObjectManager, walk: Walk, link: Address): Located | undefined {
  walk.reparses += 1;
  const target = linkTarget(ob.memory, link);
  if (walk.reparses > MAX_REPARSES) {
    return { status: STATUS_OBJECT_NAME_NOT_FOUND, note: `More than ${MAX_REPARSES} links lead to each other.` };
  }
  if (!target.startsWith("\\")) {
    const path = visibleText(ob.names.pathOf(link));
    return {
      status: STATUS_OBJECT_NAME_NOT_FOUND,
      note: `${path} leads to "${visibleText(target)}", which is no path.`,
    };
  }
  const { directory, components } = startOf(ob, target);
  walk.directory = directory;
  walk.components = [...components, ...walk.components];
  return undefined;
}

function found(ob: ObjectManager, object: Address): Located {
  return { object, type: ob.typeOf(object), path: ob.names.pathOf(object) };
}

/** One component. Undefined: the walk goes on. */
function step(ob: ObjectManager, walk: Walk): Located | undefined {
  const name = walk.components.shift();
  if (name === undefined) return found(ob, walk.directory);
  if (name === "") return { status: STATUS_OBJECT_NAME_INVALID, note: "A component of the path is empty." };
  const object = entryOf(ob, walk.directory, name);
  if (object === 0) return missing(ob, walk, name);
  if (walk.components.length === 0) return found(ob, object);
  const type = ob.typeOf(object);
  if (type === ob.symbolicLinkType) return follow(ob, walk, object);
  if (type !== ob.directoryType) return blocked(ob, object, type);
  walk.directory = object;
  return undefined;
}

/** @param path an NT path; see `parseUserPath` for what people type */
export function locate(ob: ObjectManager, path: string): Located {
  if (path === ROOT_PATH) return found(ob, ob.root);
  if (!path.startsWith("\\")) return { status: STATUS_OBJECT_PATH_SYNTAX_BAD };
  if (path.length > MAX_UNITS) {
    return {
      status: STATUS_OBJECT_NAME_INVALID,
      note: `The path has ${path.length} characters; NT takes ${MAX_UNITS}.`,
    };
  }
  const walk: Walk = { ...startOf(ob, path), reparses: 0 };
  for (;;) {
    const result = step(ob, walk);
    if (result !== undefined) return result;
  }
}

/** As {@link locate}, and a link at the end is followed too. */
export function locateThroughLinks(ob: ObjectManager, path: string): Located {
  let located = locate(ob, path);
  for (let hop = 0; hop < MAX_REPARSES; hop += 1) {
    if (!("object" in located) || located.type !== ob.symbolicLinkType) return located;
    const target = linkTarget(ob.memory, located.object);
    if (target === "") return found(ob, ob.root);
    located = locate(ob, target);
  }
  return { status: STATUS_OBJECT_NAME_NOT_FOUND, note: `More than ${MAX_REPARSES} links lead to each other.` };
}
