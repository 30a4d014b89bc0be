/**
 * ObpLookupObjectName: from a path to an object, or to the place where a new one goes. The order of the checks
 * is NT's, since it decides which status a caller sees (ReactOS ob/obname.c and Wine's tests of Windows; the
 * numbers in comments are the cases of the project's facts).
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_NAME_TOO_LONG,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_REPARSE_POINT_ENCOUNTERED,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE, OBJ_DONT_REPARSE } from "../../../native-bindings/abi/objectAttributes";
import {
  DIRECTORY_CREATE_OBJECT,
  DIRECTORY_CREATE_SUBDIRECTORY,
  DIRECTORY_TRAVERSE,
} from "../../../native-bindings/abi/objectRights";
import { MAXIMUM_UNICODE_STRING_UNITS } from "../mem/unicodeString";
import type { AccessCheck } from "./accessCheck";
import { KernelMode, type ProcessorMode } from "./caller";
import type { Directories } from "./directories";
import { HASH_START, hashStep } from "./nameIndex";
import type { ObjectStore } from "./objectStore";
import type { ObjectType } from "./objectType";
import { LinkTargets } from "./symbolicLinks";

const BACKSLASH = 0x5c;
/** Case 26. The thirtieth replacement fails. */
const MAXIMUM_REPARSES = 30;

export interface LookupRequest {
  readonly name: string;
  /** Body of the object that the name is relative to; 0: the name is a full path. */
  readonly root: Address;
  readonly attributes: number;
  /** Undefined: any. */
  readonly type: ObjectType | undefined;
  /** The name is for a new object, which takes the place that is found. */
  readonly create: boolean;
  readonly mode: ProcessorMode;
  readonly desiredAccess: number;
  readonly parseContext: unknown;
  /** Told of every step; for explanations. */
  readonly observer?: ((step: LookupStep) => void) | undefined;
  /** Parse procedures are not called: their object is the result. They open things. */
  readonly stopAtParse?: boolean;
}

/** One component and what it led to. */
export interface LookupStep {
  /** "" for the start of a path: the root or a root directory handle. */
  readonly component: string;
  /** 0 when there is no such name. */
  readonly object: Address;
  /** Of a link. */
  readonly linkTarget?: string;
  /** The path that goes on instead, after a link or a reparse by a type's parse procedure. */
  readonly reparse?: string;
  /** What the type's parse procedure was given. */
  readonly parsed?: string;
}

export interface LookupResult {
  readonly status: number;
  /** Referenced; 0 unless the status is a success. */
  readonly object: Address;
  /** What its parse procedure has granted already; undefined: that is still to be checked. */
  readonly granted?: number;
  /** Only when creating, with STATUS_OBJECT_NAME_NOT_FOUND: where the name is free. Not referenced. */
  readonly place?: { readonly directory: Address; readonly component: string };
}

export interface LookupRoots {
  /** The object `\`. */
  readonly root: Address;
  /** What `\??` is for the caller; 0 while there is none. */
  dosDevices(): Address;
  readonly directoryType: ObjectType;
  readonly linkType: ObjectType;
  /** Whether directories on the way must grant DIRECTORY_TRAVERSE to the caller. */
  checksTraverse(mode: ProcessorMode): boolean;
  readonly accessCheck: AccessCheck;
}

/** Where a walk stands; one object per look-up, so that steps allocate nothing. */
interface Walk {
  path: string;
  position: number;
  directory: Address;
  reparsesLeft: number;
}

function fail(status: number): LookupResult {
  return { status, object: 0 };
}

export class NameLookup {
  readonly #targets: LinkTargets;

  constructor(
    readonly store: ObjectStore,
    readonly directories: Directories,
    readonly roots: LookupRoots,
  ) {
    this.#targets = new LinkTargets(store.memory);
  }

  lookup(request: LookupRequest): LookupResult {
    const walk: Walk = { path: request.name, position: 0, directory: 0, reparsesLeft: MAXIMUM_REPARSES };
    const early = request.root === 0 ? this.#startAtRoot(walk, request) : this.#startAtHandle(walk, request);
    return early ?? this.#walk(walk, request);
  }

  #startAtRoot(walk: Walk, request: LookupRequest): LookupResult | undefined {
    // Cases 1 and 2: neither "" nor a relative name.
    if (walk.path.charCodeAt(0) !== BACKSLASH) return fail(STATUS_OBJECT_PATH_SYNTAX_BAD);
    return this.#enterPath(walk, request);
  }

  /** The start of a full path: `\` alone, `\??`, or the first component. */
  #enterPath(walk: Walk, request: LookupRequest): LookupResult | undefined {
    const { path } = walk;
    const isDosDevices = path.startsWith("\\??") && (path.length === 3 || path.charCodeAt(3) === BACKSLASH);
    const directory = isDosDevices ? this.roots.dosDevices() : this.roots.root;
    walk.directory = directory === 0 ? this.roots.root : directory;
    walk.position = isDosDevices ? 4 : 1;
    request.observer?.({ component: isDosDevices ? "??" : "", object: walk.directory });
    return path.length < (isDosDevices ? 4 : 2) ? this.#found(walk.directory, request) : undefined;
  }

  #startAtHandle(walk: Walk, request: LookupRequest): LookupResult | undefined {
    const { root } = request;
    const type = this.store.typeOf(root);
    request.observer?.({ component: "", object: root });
    // Case 10: a file may be a root whose names begin with a backslash.
    const rooted = walk.path.charCodeAt(0) === BACKSLASH;
    if (rooted && type.name !== "File") return fail(STATUS_OBJECT_PATH_SYNTAX_BAD);
    if (type === this.roots.directoryType) {
      if (walk.path === "") return this.#found(root, request); // Case 11.
      walk.directory = root;
      return undefined;
    }
    // Case 13: a link opens itself, and leads nowhere from a handle.
    if (type === this.roots.linkType) {
      const itself = walk.path === "" && request.type === type;
      return itself ? this.#found(root, request) : fail(STATUS_OBJECT_TYPE_MISMATCH);
    }
    if (type.parse === undefined) return fail(STATUS_OBJECT_TYPE_MISMATCH); // Case 12.
    return this.#parse(walk, request, root, type, walk.path);
  }

  #walk(walk: Walk, request: LookupRequest): LookupResult {
    const forced = request.type === undefined || request.type.options.caseInsensitive; // Case 20.
    const caseInsensitive = forced || (request.attributes & OBJ_CASE_INSENSITIVE) !== 0;
    const checksTraverse = this.roots.checksTraverse(request.mode);
    for (;;) {
      const { path, position: start } = walk;
      if (checksTraverse) {
        const status = this.#checkDirectory(walk.directory, DIRECTORY_TRAVERSE, request.mode);
        if (!NT_SUCCESS(status)) return fail(status);
      }
      let hash = HASH_START;
      let end = start;
      for (; end < path.length; end++) {
        const unit = path.charCodeAt(end);
        if (unit === BACKSLASH) break;
        hash = hashStep(hash, unit);
      }
      if (end === start) return fail(STATUS_OBJECT_NAME_INVALID); // Case 7.
      const last = end === path.length;
      const object = this.#findEntry(walk.directory, hash, path, start, end, caseInsensitive, request.create && last);
      if (object === 0) return this.#missing(walk, request, start, end);
      const type = this.store.typeOf(object);
      if (type === this.roots.directoryType && !last) {
        request.observer?.({ component: path.slice(start, end), object });
        walk.directory = object;
        walk.position = end + 1;
        continue;
      }
      const result = this.#arrive(walk, request, object, type, start, end);
      if (result !== undefined) return result;
    }
  }

  /** A shadow directory is searched too, but a new object never collides with what is there (case 37). */
  #findEntry(
    directory: Address,
    hash: number,
    path: string,
    start: number,
    end: number,
    caseInsensitive: boolean,
    creating: boolean,
  ): Address {
    const found = this.directories.find(directory, hash, path, start, end, caseInsensitive);
    if (found !== 0 || creating) return found;
    const shadow = this.directories.shadowOf(directory);
    return shadow === 0 ? 0 : this.directories.find(shadow, hash, path, start, end, caseInsensitive);
  }

  /** Cases 8 and 9, or the place for a new object. */
  #missing(walk: Walk, request: LookupRequest, start: number, end: number): LookupResult {
    const component = walk.path.slice(start, end);
    request.observer?.({ component, object: 0 });
    if (end !== walk.path.length) return fail(STATUS_OBJECT_PATH_NOT_FOUND);
    if (!request.create) return fail(STATUS_OBJECT_NAME_NOT_FOUND);
    const isDirectory = request.type === this.roots.directoryType;
    const right = isDirectory ? DIRECTORY_CREATE_SUBDIRECTORY : DIRECTORY_CREATE_OBJECT;
    const status = this.#checkDirectory(walk.directory, right, request.mode);
    if (!NT_SUCCESS(status)) return fail(status);
    return { status: STATUS_OBJECT_NAME_NOT_FOUND, object: 0, place: { directory: walk.directory, component } };
  }

  #checkDirectory(directory: Address, right: number, mode: ProcessorMode): number {
    if (mode === KernelMode) return STATUS_SUCCESS;
    return this.roots.accessCheck(directory, this.roots.directoryType, right, mode).status;
  }

  /** At anything but a directory in the middle of a path. Undefined: the walk goes on with another path. */
  #arrive(
    walk: Walk,
    request: LookupRequest,
    object: Address,
    type: ObjectType,
    start: number,
    end: number,
  ): LookupResult | undefined {
    const { path } = walk;
    const last = end === path.length;
    if (type === this.roots.linkType && !(last && request.type === type)) {
      return this.#follow(walk, request, object, path.slice(start, end), path.slice(end)); // Cases 23 to 25.
    }
    if (type.parse !== undefined && !request.create) {
      return this.#parse(walk, request, object, type, path.slice(end), path.slice(start, end));
    }
    request.observer?.({ component: path.slice(start, end), object });
    if (last) return this.#found(object, request);
    // Cases 28 and 27.
    return fail(type.parse !== undefined ? STATUS_OBJECT_PATH_NOT_FOUND : STATUS_OBJECT_TYPE_MISMATCH);
  }

  #follow(
    walk: Walk,
    request: LookupRequest,
    link: Address,
    component: string,
    remaining: string,
  ): LookupResult | undefined {
    const target = this.#targets.read(link);
    const path = target + remaining;
    request.observer?.({ component, object: link, linkTarget: target, reparse: path });
    if ((request.attributes & OBJ_DONT_REPARSE) !== 0) return fail(STATUS_REPARSE_POINT_ENCOUNTERED);
    return this.#reparse(walk, request, path);
  }

  #reparse(walk: Walk, request: LookupRequest, path: string): LookupResult | undefined {
    if (path.length > MAXIMUM_UNICODE_STRING_UNITS) return fail(STATUS_NAME_TOO_LONG);
    if (--walk.reparsesLeft === 0) return fail(STATUS_OBJECT_NAME_NOT_FOUND); // Case 26.
    if (path.charCodeAt(0) !== BACKSLASH) return fail(STATUS_OBJECT_NAME_NOT_FOUND);
    walk.path = path;
    return this.#enterPath(walk, request);
  }

  #parse(
    walk: Walk,
    request: LookupRequest,
    object: Address,
    type: ObjectType,
    remaining: string,
    component = "",
  ): LookupResult | undefined {
    if (type.parse === undefined) return fail(STATUS_OBJECT_TYPE_MISMATCH);
    if (request.stopAtParse) {
      request.observer?.({ component, object, parsed: remaining });
      return this.#found(object, request);
    }
    this.store.reference(object);
    let result: ReturnType<typeof type.parse>;
    try {
      result = type.parse({
        object,
        type: request.type,
        remaining,
        completeName: walk.path,
        attributes: request.attributes,
        parseContext: request.parseContext,
        mode: request.mode,
        desiredAccess: request.desiredAccess,
      });
    } finally {
      this.store.dereference(object);
    }
    if (result.reparse !== undefined) {
      request.observer?.({ component, object, parsed: remaining, reparse: result.reparse });
      return this.#reparse(walk, request, result.reparse);
    }
    request.observer?.({ component, object, parsed: remaining });
    if (!NT_SUCCESS(result.status)) return fail(result.status);
    if (result.object === undefined) return fail(STATUS_OBJECT_NAME_NOT_FOUND);
    const granted = result.granted === undefined ? {} : { granted: result.granted };
    return { status: STATUS_SUCCESS, object: result.object, ...granted };
  }

  /** References it. A type other than the wanted one is refused, except to a creator, who decides itself. */
  #found(object: Address, request: LookupRequest): LookupResult {
    const { type, create } = request;
    // Case 14.
    if (type !== undefined && !create && this.store.typeOf(object) !== type) return fail(STATUS_OBJECT_TYPE_MISMATCH);
    this.store.reference(object);
    return { status: STATUS_SUCCESS, object };
  }
}
