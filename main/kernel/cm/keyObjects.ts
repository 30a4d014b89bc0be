/**
 * Registry keys as objects: `\REGISTRY` is a Key in the namespace, and its parse procedure finds the rest.
 * Source: "Registry Key Object Routines" (Windows Driver Kit).
 */
import type { Address } from "../../../native-bindings/abi/address";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import { KernelMode, type ProcessorMode } from "../ob/caller";
import type { HandleResult } from "../ob/handles";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";
import type { ParseContext, ParseResult } from "../ob/parse";
import type { Registry } from "./registry";
import type { RegistryKey } from "./registryKey";

/** Handed through the look-up by NtCreateKey: a last component that is missing is made. */
class CreateKeyContext {
  created = false;
}

export class KeyObjects {
  readonly type: ObjectType;
  readonly #keys = new Map<Address, RegistryKey>();

  constructor(
    private readonly ob: ObjectManager,
    private readonly registry: Registry,
  ) {
    this.type = ob.createType("Key", {
      parse: (context) => this.#parse(context),
      delete: (object) => this.#keys.delete(object),
      queryName: (object) => ({ status: codes.STATUS_SUCCESS, name: this.#keys.get(object)?.path ?? "" }),
    });
    this.#createRoot();
  }

  #createRoot(): void {
    const attributes = { name: "\\REGISTRY", attributes: OBJ_PERMANENT | OBJ_CASE_INSENSITIVE };
    const { status, object } = this.ob.ObCreateObject(this.type, attributes);
    if (status !== codes.STATUS_SUCCESS) throw new RangeError("no pool is left for the registry's root key");
    this.#keys.set(object, this.registry.root);
    this.ob.ObInsertObject(object, 0, { createHandle: false });
    this.ob.ObDereferenceObject(object);
  }

  /** The key behind a key object. */
  keyOf(object: Address): RegistryKey | undefined {
    return this.#keys.get(object);
  }

  NtOpenKey(attributes: ObjectAttributes, access: number, mode: ProcessorMode = KernelMode): HandleResult {
    return this.ob.ObOpenObjectByName(attributes, this.type, access, mode);
  }

  NtCreateKey(
    attributes: ObjectAttributes,
    access: number,
    mode: ProcessorMode = KernelMode,
  ): HandleResult & { created: boolean } {
    const context = new CreateKeyContext();
    const opened = this.ob.ObOpenObjectByName(attributes, this.type, access, mode, context);
    return { ...opened, created: context.created };
  }

  #parse(context: ParseContext): ParseResult {
    const { object, remaining, parseContext } = context;
    const from = this.#keys.get(object);
    if (from === undefined || from.isDeleted) return { status: codes.STATUS_KEY_DELETED };
    if (remaining === "") {
      this.ob.ObReferenceObject(object);
      return { status: codes.STATUS_SUCCESS, object };
    }
    const components = (remaining.startsWith("\\") ? remaining.slice(1) : remaining).split("\\");
    if (components.includes("")) return { status: codes.STATUS_OBJECT_NAME_INVALID };
    let found = this.registry.openBelow(from, components);
    if ("failure" in found && parseContext instanceof CreateKeyContext) {
      const parent = this.registry.openBelow(from, components.slice(0, -1));
      if ("key" in parent) {
        found = { key: parent.key.ensureSubkey(components.at(-1) ?? "") };
        parseContext.created = true;
      }
    }
    return "failure" in found ? { status: found.failure } : this.#objectFor(found.key);
  }

  #objectFor(key: RegistryKey): ParseResult {
    const created = this.ob.ObCreateObject(this.type, undefined);
    if (created.status === codes.STATUS_SUCCESS) this.#keys.set(created.object, key);
    return created;
  }
}
