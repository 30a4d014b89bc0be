/**
 * The registry as far as services and the debug print filter need it: a volatile tree under `\Registry`.
 * `\Registry\Machine\System\CurrentControlSet` is a link to ControlSet001, as on a running system.
 */
import {
  STATUS_CANNOT_DELETE,
  STATUS_KEY_DELETED,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_PATH_SYNTAX_BAD,
} from "../../../native-bindings/abi/ntstatus/codes";
import { RegistryKey } from "./registryKey";

export const SERVICES_KEY = "\\Registry\\Machine\\System\\CurrentControlSet\\Services";
export const DEVICE_MAP_KEY = "\\Registry\\Machine\\Hardware\\DeviceMap";
export const DEBUG_PRINT_FILTER_KEY =
  "\\Registry\\Machine\\System\\CurrentControlSet\\Control\\Session Manager\\Debug Print Filter";

/** Registry Element Size Limits: characters of a key's name. */
const MAXIMUM_KEY_NAME = 255;

export type RegistryResult = { readonly key: RegistryKey } | { /** NTSTATUS */ readonly failure: number };

type Components = { readonly components: readonly string[] } | { /** NTSTATUS */ readonly failure: number };

function componentsOf(path: string): Components {
  if (!path.startsWith("\\")) return { failure: STATUS_OBJECT_PATH_SYNTAX_BAD };
  const [root = "", ...components] = path.slice(1).split("\\");
  if (root.toUpperCase() !== "REGISTRY") return { failure: STATUS_OBJECT_PATH_NOT_FOUND };
  const bad = components.some((name) => name === "" || name.length > MAXIMUM_KEY_NAME);
  return bad ? { failure: STATUS_OBJECT_NAME_INVALID } : { components };
}

export class Registry {
  readonly root = new RegistryKey("REGISTRY", undefined);
  /** Keys that are links to others. */
  readonly #links = new Map<RegistryKey, RegistryKey>();

  constructor() {
    const system = this.root.ensureSubkey("MACHINE").ensureSubkey("SYSTEM");
    this.root.ensureSubkey("USER");
    const controlSet = system.ensureSubkey("ControlSet001");
    this.#links.set(system.ensureSubkey("CurrentControlSet"), controlSet);
    this.ensure(SERVICES_KEY);
    this.ensure(DEBUG_PRINT_FILTER_KEY);
  }

  /** One step down from a key, links followed. */
  step(key: RegistryKey, name: string): RegistryKey | undefined {
    const next = key.subkey(name);
    return next === undefined ? undefined : (this.#links.get(next) ?? next);
  }

  open(path: string): RegistryResult {
    const parsed = componentsOf(path);
    return "failure" in parsed ? parsed : this.openBelow(this.root, parsed.components);
  }

  openBelow(from: RegistryKey, components: readonly string[]): RegistryResult {
    let key = from;
    for (const [index, name] of components.entries()) {
      const next = this.step(key, name);
      if (next === undefined) {
        const isLast = index === components.length - 1;
        return { failure: isLast ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_OBJECT_PATH_NOT_FOUND };
      }
      key = next;
    }
    return { key };
  }

  /** As NtCreateKey: every component but the last must be there. */
  create(path: string): RegistryResult {
    const parsed = componentsOf(path);
    if ("failure" in parsed) return parsed;
    const last = parsed.components.at(-1);
    if (last === undefined) return { key: this.root };
    const parent = this.openBelow(this.root, parsed.components.slice(0, -1));
    if ("failure" in parent) return { failure: STATUS_OBJECT_PATH_NOT_FOUND };
    return { key: this.step(parent.key, last) ?? parent.key.ensureSubkey(last) };
  }

  /** Makes every missing component. For paths of the program's own. */
  ensure(path: string): RegistryKey {
    const parsed = componentsOf(path);
    if ("failure" in parsed) throw new RangeError(`${path} is no registry path`);
    let key = this.root;
    for (const name of parsed.components) key = this.step(key, name) ?? key.ensureSubkey(name);
    return key;
  }

  /** As NtDeleteKey: a key with subkeys stays, so do the roots. */
  delete(key: RegistryKey): number | undefined {
    if (key.isDeleted) return STATUS_KEY_DELETED;
    const isRoot = key.parent === undefined || key.parent.parent === undefined;
    if (isRoot || key.subkeyCount > 0 || this.#links.has(key)) return STATUS_CANNOT_DELETE;
    key.detach();
    return undefined;
  }
}
