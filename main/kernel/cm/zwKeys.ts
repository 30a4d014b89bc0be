/**
 * ZwOpenKey, ZwCreateKey, ZwQueryValueKey... (wdm.h): key handles of kernel-mode callers. Handles belong to the current
 * process, or to the system with OBJ_KERNEL_HANDLE.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_KEY_DELETED,
  STATUS_NO_MORE_ENTRIES,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { OBJECT_ATTRIBUTES } from "../../../native-bindings/abi/structures/strings";
import type { KernelMemory } from "../mem/kernelMemory";
import { KernelMode } from "../ob/caller";
import type { HandleResult } from "../ob/handles";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { ObjectManager } from "../ob/objectManager";
import { type Answer, writeKeyInformation, writeValueInformation } from "./keyInformation";
import type { KeyObjects } from "./keyObjects";
import type { Registry } from "./registry";
import { dataOfBytes } from "./registryBytes";
import type { KeyOperationDetails, RegistryCallbacks } from "./registryCallbacks";
import type { RegistryKey } from "./registryKey";

/** REG_CREATED_NEW_KEY and REG_OPENED_EXISTING_KEY (wdm.h). */
const CREATED_NEW_KEY = 1;
const OPENED_EXISTING_KEY = 2;
/** Registry Element Size Limits: characters of a value's name. */
const MAXIMUM_VALUE_NAME = 16_383;
/** The model's own: a wrong size must not cost the host its memory. NT takes what its hive has room for. */
const MAXIMUM_VALUE_BYTES = 0x100_0000;

const field = OBJECT_ATTRIBUTES.offset;

/** OBJECT_ATTRIBUTES at an address. */
export function readObjectAttributes(memory: KernelMemory, at: Address): ObjectAttributes {
  const name = memory.readPointer(at + field.ObjectName);
  return {
    length: memory.readU32(at + field.Length),
    rootDirectory: memory.readPointer(at + field.RootDirectory),
    attributes: memory.readU32(at + field.Attributes),
    name: name === 0 ? undefined : memory.readUnicodeString(name),
    ...(name === 0 ? {} : { nameBytes: memory.readU16(name) }),
  };
}

export class ZwKeys {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ob: ObjectManager,
    private readonly keys: KeyObjects,
    private readonly registry: Registry,
    private readonly callbacks: RegistryCallbacks,
    /** 100 ns since 1601. */
    private readonly now: () => bigint,
  ) {}

  open(attributes: ObjectAttributes, access: number): HandleResult {
    let opened: HandleResult = { status: STATUS_SUCCESS, handle: 0 };
    const status = this.callbacks.around("openKey", this.#byName(attributes), () => {
      opened = this.keys.NtOpenKey(attributes, access, KernelMode);
      return opened.status;
    });
    return { ...opened, status };
  }

  create(attributes: ObjectAttributes, access: number): HandleResult & { disposition: number } {
    let [handle, created] = [0, false];
    const status = this.callbacks.around("createKey", this.#byName(attributes), () => {
      const made = this.keys.NtCreateKey(attributes, access, KernelMode);
      [handle, created] = [made.handle, made.created];
      return made.status;
    });
    if (!NT_SUCCESS(status)) return { status, handle: 0, disposition: 0 };
    if (created) this.#with(handle, (key) => this.#touch(key));
    return { status, handle, disposition: created ? CREATED_NEW_KEY : OPENED_EXISTING_KEY };
  }

  query(handle: number, informationClass: number, buffer: Address, length: number): Answer {
    return this.#answer(handle, (key) => writeKeyInformation(this.memory, key, informationClass, buffer, length));
  }

  enumerate(handle: number, index: number, informationClass: number, buffer: Address, length: number): Answer {
    return this.#answer(handle, (key) => {
      const found = key.subkeys()[index];
      if (found === undefined) return { status: STATUS_NO_MORE_ENTRIES, resultLength: 0 };
      return writeKeyInformation(this.memory, found, informationClass, buffer, length);
    });
  }

  queryValue(handle: number, name: string, informationClass: number, buffer: Address, length: number): Answer {
    return this.#answer(handle, (key) => {
      const data = key.value(name);
      if (data === undefined) return { status: STATUS_OBJECT_NAME_NOT_FOUND, resultLength: 0 };
      return writeValueInformation(this.memory, { name, data }, informationClass, buffer, length);
    });
  }

  enumerateValue(handle: number, index: number, informationClass: number, buffer: Address, length: number): Answer {
    return this.#answer(handle, (key) => {
      const found = [...key.values()][index];
      if (found === undefined) return { status: STATUS_NO_MORE_ENTRIES, resultLength: 0 };
      return writeValueInformation(this.memory, found, informationClass, buffer, length);
    });
  }

  setValue(handle: number, name: string, type: number, data: Address, bytes: number): number {
    return this.#with(handle, (key) => {
      if (name.length > MAXIMUM_VALUE_NAME) return STATUS_INVALID_PARAMETER;
      if (!(bytes >= 0 && bytes <= MAXIMUM_VALUE_BYTES)) return STATUS_INSUFFICIENT_RESOURCES;
      const fill = (information: Address, nameAt: Address) => {
        this.memory.writePointer(information + 0x8, nameAt);
        this.memory.writePair(information + 0x10, 0, type);
        this.memory.writePointer(information + 0x18, data);
        this.memory.writeU32(information + 0x20, bytes);
      };
      return this.callbacks.around("setValue", { object: this.#objectOf(handle), name, fill }, () => {
        key.setValue(name, dataOfBytes({ type: type >>> 0, bytes: this.memory.readBytes(data, bytes) }));
        this.#touch(key);
        return STATUS_SUCCESS;
      });
    });
  }

  deleteValue(handle: number, name: string): number {
    return this.#with(handle, (key) => {
      const fill = (information: Address, nameAt: Address) => this.memory.writePointer(information + 0x8, nameAt);
      return this.callbacks.around("deleteValue", { object: this.#objectOf(handle), name, fill }, () => {
        if (!key.deleteValue(name)) return STATUS_OBJECT_NAME_NOT_FOUND;
        this.#touch(key);
        return STATUS_SUCCESS;
      });
    });
  }

  /** STATUS_CANNOT_DELETE for a key with subkeys. Other handles to it stay, and answer STATUS_KEY_DELETED. */
  delete(handle: number): number {
    return this.#with(handle, (key) =>
      this.callbacks.around("deleteKey", { object: this.#objectOf(handle), name: key.name }, () => {
        return this.registry.delete(key) ?? STATUS_SUCCESS;
      }),
    );
  }

  /** The model's registry is in memory alone. */
  flush(handle: number): number {
    return this.#with(handle, () => STATUS_SUCCESS);
  }

  /** The key that a handle is open for, or the status. */
  keyOf(handle: number): RegistryKey | number {
    const { status, object } = this.ob.ObReferenceObjectByHandle(handle, 0, this.keys.type, KernelMode);
    if (!NT_SUCCESS(status)) return status;
    const key = this.keys.keyOf(object);
    this.ob.ObDereferenceObject(object);
    if (key === undefined) return STATUS_OBJECT_NAME_INVALID;
    return key.isDeleted ? STATUS_KEY_DELETED : key;
  }

  /** REG_CREATE_KEY_INFORMATION and REG_OPEN_KEY_INFORMATION begin with the name and the root's key object. */
  #byName({ name = "", rootDirectory = 0 }: ObjectAttributes): KeyOperationDetails {
    const fill = (information: Address, nameAt: Address) => {
      this.memory.writePointer(information, nameAt);
      this.memory.writePointer(information + 0x8, rootDirectory === 0 ? 0 : this.#objectOf(rootDirectory));
    };
    return { object: 0, name, fill };
  }

  #objectOf(handle: number): Address {
    const { status, object } = this.ob.ObReferenceObjectByHandle(handle, 0, this.keys.type, KernelMode);
    if (NT_SUCCESS(status)) this.ob.ObDereferenceObject(object);
    return object;
  }

  #with(handle: number, action: (key: RegistryKey) => number | undefined): number {
    const key = this.keyOf(handle);
    return typeof key === "number" ? key : (action(key) ?? STATUS_SUCCESS);
  }

  #answer(handle: number, action: (key: RegistryKey) => Answer): Answer {
    const key = this.keyOf(handle);
    return typeof key === "number" ? { status: key, resultLength: 0 } : action(key);
  }

  #touch(key: RegistryKey): undefined {
    key.lastWriteTime = this.now();
    return undefined;
  }
}
