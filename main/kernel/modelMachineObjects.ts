/** Listing, describing, resolving and searching the model's namespace, and its structures, pool and debug filter. */

import { type Address, addressToHex, parseAddress } from "../../native-bindings/abi/address";
import { deviceCharacteristics } from "../../native-bindings/abi/deviceCharacteristics";
import { deviceTypes } from "../../native-bindings/abi/deviceTypes";
import { STATUS_OBJECT_TYPE_MISMATCH } from "../../native-bindings/abi/ntstatus/codes";
import { structureByName } from "../../native-bindings/abi/structureByName";
import { DEVICE_OBJECT } from "../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../native-bindings/abi/structures/fileObject";
import type { ClientIdentity, ClientToken } from "../machine/clientToken";
import { parseUserPath } from "../machine/dosPath";
import type { FieldSection } from "../machine/fieldValue";
import { addressValue, codeValue, field, flagsValue, section } from "../machine/fieldValues";
import type {
  DebugFilterComponent,
  DirectoryEntry,
  DirectoryListing,
  FindAnswer,
  FindQuery,
  ObjectInfo,
  Resolution,
  StructureDump,
} from "../machine/machine";
import { matchesWildcards } from "../machine/namePattern";
import { baseName } from "../machine/ntPath";
import type { PoolBlock, PoolBlockList, PoolTagUsage } from "../machine/poolUse";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import { visibleText } from "../machine/visibleText";
import { componentNames } from "./dbg/components";
import { WIN2000_COMPONENT } from "./dbg/filterMasks";
import { clientIdentity } from "./describe/clientIdentity";
import { findObjects } from "./describe/findObjects";
import { generalSection } from "./describe/generalSection";
import { addressNames } from "./describe/kernelParts";
import { type Located, locate, locateThroughLinks } from "./describe/locate";
import { objectDetail } from "./describe/objectDetail";
import { objectSecuritySections } from "./describe/objectSecuritySections";
import { resolvePath } from "./describe/resolvePath";
import { dumpStructure } from "./describe/structureDump";
import { typeSections } from "./describe/typeSections";
import type { ModelMachineFiles } from "./modelMachineFiles";
import type { ModelMachineSession } from "./modelMachineSession";
import { HEADER_BYTES } from "./ob/objectHeader";
import type { ObjectManager } from "./ob/objectManager";

/** A table of more is no use to anybody, and a frame to an agent has a limit. */
const MAXIMUM_BLOCKS = 10_000;

type Found = Extract<Located, { object: Address }>;

export class ModelMachineObjects {
  constructor(
    private readonly session: ModelMachineSession,
    private readonly files: ModelMachineFiles,
    private readonly pause: (signal: AbortSignal | undefined) => Promise<void>,
  ) {}

  #locate(path: string, search: typeof locate): Result<Found> {
    const parsed = parseUserPath(path);
    if (!parsed.ok) return parsed;
    const located = this.session.run(() => search(this.session.parts.ob, parsed.value.ntPath));
    if (!located.ok) return located;
    return "object" in located.value ? ok(located.value) : failNt(located.value.status, located.value.note);
  }

  /** A link to a directory stands for that directory. */
  #locateDirectory(path: string): Result<Found> {
    const found = this.#locate(path, locateThroughLinks);
    if (!found.ok || found.value.type === this.session.parts.ob.directoryType) return found;
    const sentence = `${visibleText(found.value.path)} is a ${found.value.type.name}, not a directory.`;
    return failNt(STATUS_OBJECT_TYPE_MISMATCH, sentence);
  }

  directories(path: string): Result<string[]> {
    const found = this.#locateDirectory(path);
    if (!found.ok) return found;
    return this.session.run(() => directoryNames(this.session.parts.ob, found.value.object));
  }

  list(path: string): Result<DirectoryListing> {
    const found = this.#locateDirectory(path);
    if (!found.ok) return found;
    const { parts } = this.session;
    const { object, path: directory } = found.value;
    return this.session.run(() => ({
      path: directory,
      entries: Array.from(parts.ob.children(object), (child): DirectoryEntry => {
        const detail = objectDetail(parts, child.type.name, child.object);
        const described = detail === undefined ? {} : { detail: { value: detail } };
        return { name: child.name, type: child.type.name, ...described };
      }),
    }));
  }

  async describe(path: string, options: { open: boolean }, signal?: AbortSignal): Promise<Result<ObjectInfo>> {
    const found = this.#locate(path, locate);
    if (!found.ok) return found;
    const { object, type, path: actual } = found.value;
    const isOpened = options.open && type.name === "Device";
    const opened = isOpened ? await this.#openDevice(actual, signal) : undefined;
    const { parts } = this.session;
    // Described after the open, so that the counts are those that the open left.
    const sections = this.session.run(() => [
      generalSection(parts, object, type, actual),
      ...typeSections(parts, type.name, object, actual),
      ...objectSecuritySections(parts, object, type),
    ]);
    if (!sections.ok) return sections;
    const all = opened?.section === undefined ? sections.value : [...sections.value, opened.section];
    const info = { path: actual, name: actual === "\\" ? "\\" : baseName(actual), type: type.name, sections: all };
    return ok(opened === undefined ? info : { ...info, opened: opened.result });
  }

  /** IRP_MJ_CREATE, a look at the device through the file object (FileFsDeviceInformation), CLEANUP and CLOSE. */
  async #openDevice(
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<{ result: NonNullable<ObjectInfo["opened"]>; section?: FieldSection }> {
    const { kernel, client } = this.session;
    const look = (handle: number) => {
      const file = client.handles.objectOf(handle);
      const device = kernel.mem.readPointer(file + FILE_OBJECT.offset.DeviceObject);
      return section("opened", "Asked through a handle", [
        field("fileObject", "File object", addressValue(file), "Gone again: the handle was closed."),
        field(
          "deviceType",
          "Device type",
          codeValue(deviceTypes, kernel.mem.readU32(device + DEVICE_OBJECT.offset.DeviceType)),
        ),
        field(
          "characteristics",
          "Characteristics",
          flagsValue(deviceCharacteristics, kernel.mem.readU32(device + DEVICE_OBJECT.offset.Characteristics)),
        ),
      ]);
    };
    const opened = await this.files.probe(path, look, signal);
    return opened.ok ? { result: ok(opened.value.result), section: opened.value.value } : { result: opened };
  }

  clientToken(): Result<ClientIdentity> {
    const { parts, client } = this.session;
    const identity = this.session.run(() => clientIdentity(parts.se, client.object));
    if (!identity.ok) return identity;
    if (identity.value !== undefined) return ok(identity.value);
    return fail(ntscopeError("no-token", "A driver has put something into the process that is none of its tokens."));
  }

  setClientToken(token: ClientToken): Result<ClientIdentity> {
    const { parts, client } = this.session;
    const done = this.session.run(() => parts.se.tokens.assign(client.object, parts.se.ready(token)));
    return done.ok ? this.clientToken() : done;
  }

  resolve(path: string): Result<Resolution> {
    const parsed = parseUserPath(path);
    if (!parsed.ok) return parsed;
    return this.session.run(() => resolvePath(this.session.parts, parsed.value.ntPath));
  }

  async find(query: FindQuery, signal?: AbortSignal): Promise<Result<FindAnswer>> {
    const within = query.within === undefined ? ok(undefined) : parseUserPath(query.within);
    if (!within.ok) return within;
    const { stopped } = this.session;
    if (stopped !== undefined) return fail(stopped);
    const cancelled = fail(ntscopeError("cancelled", "The search was given up."));
    if (signal?.aborted) return cancelled;
    const nt = within.value === undefined ? query : { ...query, within: within.value.ntPath };
    try {
      return await findObjects(this.session.parts, nt, async () => {
        await this.pause(signal);
        if (this.session.stopped !== undefined) throw new Error("the machine has stopped");
      });
    } catch (error) {
      if (signal?.aborted) return cancelled;
      if (this.session.stopped !== undefined) return fail(this.session.stopped);
      throw error;
    }
  }

  structure(type: string, where?: string): Result<StructureDump> {
    const layout = structureByName(type);
    if (layout === undefined) {
      return fail(ntscopeError("unknown-structure", `There is no structure "${visibleText(type.slice(0, 80))}" here.`));
    }
    const { parts } = this.session;
    if (where === undefined) return ok(dumpStructure(parts.memory, addressNames(parts), layout));
    const at = this.#addressOf(where, layout.name);
    if (!at.ok) return at;
    return this.session.run(() => dumpStructure(parts.memory, addressNames(parts), layout, at.value));
  }

  /** An address in hex, or an object's path: its body, or what lies in front of it for OBJECT_HEADER. */
  #addressOf(where: string, layout: string): Result<Address> {
    if (where.includes("\\")) {
      const found = this.#locate(where, locate);
      if (!found.ok) return found;
      return ok(layout === "OBJECT_HEADER" ? found.value.object - HEADER_BYTES : found.value.object);
    }
    const address = parseAddress(where);
    if (address !== undefined) return ok(address);
    const sentence = `"${visibleText(where.slice(0, 80))}" is neither an address in hex nor the path of an object.`;
    return fail(ntscopeError("bad-address", sentence));
  }

  /** Tags are case-sensitive; `*` and `?` work as in poolmon. */
  pool(tag?: string): Result<PoolTagUsage[]> {
    const { kernel } = this.session;
    return this.session.run(() =>
      kernel.pool
        .usageByTag()
        .filter((usage) => tag === undefined || usage.tag === tag || matchesTag(tag, usage.tag))
        .map(({ tag: name, paged, allocations, frees, bytes }) => {
          const type = paged ? ("Paged" as const) : ("Nonp" as const);
          return { tag: name, type, allocations, frees, bytes };
        }),
    );
  }

  /** As in {@link pool}; drivers' freed blocks are looked at on the way. */
  poolBlocks(tag?: string): Result<PoolBlockList> {
    const { kernel } = this.session;
    return this.session.run(() => {
      kernel.driverPool.sweep();
      const blocks: PoolBlock[] = [];
      let total = 0;
      for (const { address, bytes, tag: name, paged, inUse } of kernel.pool.blocks()) {
        if (!inUse || !(tag === undefined || name === tag || matchesTag(tag, name))) continue;
        total += 1;
        if (total > MAXIMUM_BLOCKS) continue;
        const allocatedBy = kernel.driverPool.allocatorOf(address);
        const known = allocatedBy === undefined ? {} : { allocatedBy };
        blocks.push({ address: addressToHex(address), bytes, tag: name, type: paged ? "Paged" : "Nonp", ...known });
      }
      return { blocks, total };
    });
  }

  debugFilter(): Result<DebugFilterComponent[]> {
    const { masks } = this.session.kernel.dbg;
    const { stopped } = this.session;
    if (stopped !== undefined) return fail(stopped);
    const components = componentNames.map((name, id) => {
      return { id, name, mask: masks.mask(id), dropped: masks.droppedByMask(id) };
    });
    const win2000 = { id: WIN2000_COMPONENT, name: "WIN2000", mask: masks.mask(WIN2000_COMPONENT), dropped: 0 };
    return ok([win2000, ...components]);
  }

  setDebugFilter(component: number, level: number, on: boolean): Result<void> {
    const isKnown = component === WIN2000_COMPONENT || componentNames[component] !== undefined;
    if (!isKnown) return fail(ntscopeError("bad-component", `There is no debug print component ${component}.`));
    if (!Number.isInteger(level) || level < 0 || level > 0xffff_ffff) {
      const sentence = `A level is 0 to 31, or a mask up to 0xFFFFFFFF; ${level} is not.`;
      return fail(ntscopeError("bad-level", sentence));
    }
    return this.session.run(() => {
      this.session.kernel.dbg.NtSetDebugFilterState(component, level, on);
    });
  }
}

/** Names of the directories in a directory, in the object manager's order. */
export function directoryNames(ob: ObjectManager, directory: Address): string[] {
  const names: string[] = [];
  for (const { name, type } of ob.children(directory)) if (type === ob.directoryType) names.push(name);
  return names;
}

/** Shorter tags are padded with spaces in memory; nobody types those. */
function matchesTag(pattern: string, tag: string): boolean {
  if (/[*?]/.test(pattern)) return matchesWildcards(pattern, tag) || matchesWildcards(pattern, tag.trimEnd());
  return pattern === tag.trimEnd();
}
