/** Objects' places in the namespace: giving them, taking them away, and spelling them out. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { OB_FLAG_PERMANENT_OBJECT } from "../../../native-bindings/abi/objectHeaderFlags";
import type { KernelHost, NamespaceChange } from "../kernelHost";
import { setUnicodeString } from "../mem/unicodeString";
import type { Directories } from "./directories";
import {
  HANDLE_COUNT,
  hasFlag,
  NAME_BUFFER,
  NAME_DIRECTORY,
  NAME_LENGTH,
  NAME_STRING,
  nameInfoOf,
  setFlag,
} from "./objectHeader";
import { allocateObjectName, freeObjectName } from "./objectName";
import type { ObjectStore } from "./objectStore";

/** What ObQueryNameString puts in place of a parent that has no name any more. */
const LOST_PARENT = "...";

export class Names {
  constructor(
    readonly store: ObjectStore,
    readonly directories: Directories,
    readonly host: KernelHost,
    readonly root: () => Address,
  ) {}

  /**
   * Enters an object that has a name header and no place yet. The directory references the object, and the
   * object the directory.
   * @returns false when there is no pool
   */
  add(directory: Address, object: Address, name: string): boolean {
    const { memory, pool } = this.store;
    const nameInfo = nameInfoOf(memory, object);
    const buffer = allocateObjectName(memory, pool, name);
    if (buffer === 0) return false;
    if (!this.directories.insert(directory, object, name, buffer)) {
      freeObjectName(pool, buffer);
      return false;
    }
    setUnicodeString(memory, nameInfo + NAME_STRING, buffer, name.length * 2);
    memory.writePointer(nameInfo + NAME_DIRECTORY, directory);
    this.store.reference(object);
    this.store.reference(directory);
    this.#report("added", directory, object, name);
    return true;
  }

  /** ObpDeleteNameCheck: an object without handles that is not permanent loses its name (case 21). */
  removeIfUnused(object: Address): void {
    const { memory } = this.store;
    if (memory.readPointer(object + HANDLE_COUNT) !== 0 || hasFlag(memory, object, OB_FLAG_PERMANENT_OBJECT)) return;
    const nameInfo = nameInfoOf(memory, object);
    if (nameInfo === 0) return;
    const directory = memory.readPointer(nameInfo + NAME_DIRECTORY);
    if (directory === 0) return;
    const name = this.nameOf(object);
    this.directories.remove(directory, name);
    this.#report("removed", directory, object, name);
    const buffer = memory.readPointer(nameInfo + NAME_BUFFER);
    memory.writePointer(nameInfo + NAME_DIRECTORY, 0);
    setUnicodeString(memory, nameInfo + NAME_STRING, 0, 0);
    freeObjectName(this.store.pool, buffer);
    this.store.dereference(directory);
    this.store.dereference(object);
  }

  /** ObMakeTemporaryObject. */
  makeTemporary(object: Address): void {
    setFlag(this.store.memory, object, OB_FLAG_PERMANENT_OBJECT, false);
    this.removeIfUnused(object);
  }

  /** Within its directory; "" without one. */
  nameOf(object: Address): string {
    const nameInfo = nameInfoOf(this.store.memory, object);
    return nameInfo === 0 ? "" : this.store.memory.readUnicodeString(nameInfo + NAME_STRING);
  }

  /** The directory it is in, 0: none. */
  directoryOf(object: Address): Address {
    const nameInfo = nameInfoOf(this.store.memory, object);
    return nameInfo === 0 ? 0 : this.store.memory.readPointer(nameInfo + NAME_DIRECTORY);
  }

  /** ObQueryNameString: "" for an object without a name; a File asks its driver, so that a status can come. */
  query(object: Address): { status: number; name: string } {
    const { queryName } = this.store.typeOf(object).options;
    return queryName === undefined ? { status: STATUS_SUCCESS, name: this.pathOf(object) } : queryName(object);
  }

  /** The full path as the directories spell it; `...\name` when a parent has lost its name. */
  pathOf(object: Address): string {
    const { memory } = this.store;
    const root = this.root();
    if (object === root) return "\\";
    const parts: string[] = [];
    for (let at = object; at !== root; ) {
      const nameInfo = nameInfoOf(memory, at);
      const directory = nameInfo === 0 ? 0 : memory.readPointer(nameInfo + NAME_DIRECTORY);
      if (directory === 0) {
        if (parts.length === 0) return "";
        return [LOST_PARENT, ...parts.reverse()].join("\\");
      }
      const bytes = memory.readU16(nameInfo + NAME_LENGTH);
      parts.push(memory.readUtf16(memory.readPointer(nameInfo + NAME_BUFFER), bytes));
      at = directory;
    }
    return `\\${parts.reverse().join("\\")}`;
  }

  #report(kind: NamespaceChange["kind"], directory: Address, object: Address, name: string): void {
    if (this.host.didChange === undefined) return;
    this.host.didChange({ kind, directory: this.pathOf(directory), name, type: this.store.typeOf(object).name });
  }
}
