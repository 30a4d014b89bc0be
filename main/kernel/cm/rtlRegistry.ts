/**
 * RtlQueryRegistryValues, RtlWriteRegistryValue, RtlCheckRegistryKey (wdm.h). Paths begin where RTL_REGISTRY_xxx says; a
 * query table's routines are called with copies of the values in kernel memory.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_NO_MEMORY,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import { REG_EXPAND_SZ, REG_MULTI_SZ, REG_NONE, REG_SZ } from "../../../native-bindings/abi/registryTypes";
import { RTL_QUERY_REGISTRY_TABLE } from "../../../native-bindings/abi/structures/rtl";
import type { Pool } from "../ex/pool";
import { wideText } from "../rtl/unicodeStrings";
import { DEVICE_MAP_KEY, type Registry, SERVICES_KEY } from "./registry";
import { bytesOfData, dataOfBytes, type RegistryBytes, utf16Text } from "./registryBytes";
import type { RegistryKey } from "./registryKey";
import type { ZwKeys } from "./zwKeys";

/** RTL_REGISTRY_xxx */
const HANDLE = 0x4000_0000;
const OPTIONAL = 0x8000_0000;
const bases: readonly string[] = [
  "",
  SERVICES_KEY,
  "\\Registry\\Machine\\System\\CurrentControlSet\\Control",
  "\\Registry\\Machine\\Software\\Microsoft\\Windows NT\\CurrentVersion",
  DEVICE_MAP_KEY,
  "\\Registry\\User\\.Default",
];

/** RTL_QUERY_REGISTRY_xxx */
const SUBKEY = 0x01;
const TOPKEY = 0x02;
const REQUIRED = 0x04;
const NOVALUE = 0x08;
const NOEXPAND = 0x10;
const DIRECT = 0x20;
const DELETE = 0x40;
const TYPECHECK = 0x100;
const TYPE_SHIFT = 24;

const VALUE_TAG = "Rqrv";
/** More entries than any driver has: a table without an end. */
const MOST_ENTRIES = 1024;
const ULONG_BYTES = 4;

const entryOffset = RTL_QUERY_REGISTRY_TABLE.offset;

interface Entry {
  readonly routine: Address;
  readonly flags: number;
  readonly name: string | undefined;
  readonly context: Address;
  readonly defaultType: number;
  readonly defaultData: Address;
  readonly defaultLength: number;
}

export class RtlRegistry {
  constructor(
    private readonly pool: Pool,
    private readonly registry: Registry,
    private readonly zw: ZwKeys,
  ) {}

  /** @param path a handle where `relativeTo` says so. @returns the key, or an NTSTATUS */
  open(relativeTo: number, path: Address | string, mayCreate = false): RegistryKey | number {
    if ((relativeTo & HANDLE) !== 0) return typeof path === "number" ? this.zw.keyOf(path) : STATUS_INVALID_PARAMETER;
    const base = bases[relativeTo & ~OPTIONAL];
    if (base === undefined) return STATUS_INVALID_PARAMETER;
    const below = wideText(this.pool.memory, path);
    const whole = base === "" ? below : below === "" ? base : `${base}\\${below}`;
    const opened = mayCreate ? this.registry.create(whole) : this.registry.open(whole);
    return "key" in opened ? opened.key : opened.failure;
  }

  check(relativeTo: number, path: Address | string): number {
    const key = this.open(relativeTo, path);
    return typeof key === "number" ? key : STATUS_SUCCESS;
  }

  create(relativeTo: number, path: Address | string): number {
    const key = this.open(relativeTo, path, true);
    return typeof key === "number" ? key : STATUS_SUCCESS;
  }

  /** Makes the key when there is none. */
  write(
    relativeTo: number,
    path: Address | string,
    name: Address | string,
    type: number,
    data: Address,
    bytes: number,
  ): number {
    const key = this.open(relativeTo, path, true);
    if (typeof key === "number") return key;
    if (!(bytes >= 0 && bytes <= 0x100_0000)) return STATUS_INVALID_PARAMETER;
    const raw = { type: type >>> 0, bytes: this.pool.memory.readBytes(data, bytes) };
    key.setValue(wideText(this.pool.memory, name), dataOfBytes(raw));
    return STATUS_SUCCESS;
  }

  deleteValue(relativeTo: number, path: Address | string, name: Address | string): number {
    const key = this.open(relativeTo, path);
    if (typeof key === "number") return key;
    return key.deleteValue(wideText(this.pool.memory, name)) ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND;
  }

  /** Until the entry without routine and flags. @returns the first status that is no success */
  query(relativeTo: number, path: Address | string, table: Address, context: Address): number {
    const top = this.open(relativeTo, path);
    if (typeof top === "number") return top;
    let key = top;
    for (let index = 0; index < MOST_ENTRIES; index++) {
      const entry = this.#readEntry(table + index * RTL_QUERY_REGISTRY_TABLE.size);
      const { routine, flags, name } = entry;
      if (routine === 0 && (flags & (SUBKEY | DIRECT)) === 0) return STATUS_SUCCESS;
      const isDirect = (flags & DIRECT) !== 0;
      if (isDirect && (name === undefined || (flags & SUBKEY) !== 0 || routine !== 0)) return STATUS_INVALID_PARAMETER;
      if ((flags & (TOPKEY | SUBKEY)) !== 0) key = top;
      if ((flags & SUBKEY) !== 0) {
        if (name === undefined) return STATUS_INVALID_PARAMETER;
        const found = this.registry.openBelow(top, name.split("\\"));
        if ("failure" in found) {
          if ((flags & REQUIRED) !== 0) return found.failure;
          continue;
        }
        key = found.key;
        if (routine === 0) continue;
      }
      const status = this.#one(key, entry, context);
      if (!NT_SUCCESS(status)) return status;
    }
    return STATUS_INVALID_PARAMETER;
  }

  #readEntry(at: Address): Entry {
    const { memory } = this.pool;
    const name = memory.readPointer(at + entryOffset.Name);
    return {
      routine: memory.readPointer(at + entryOffset.QueryRoutine),
      flags: memory.readU32(at + entryOffset.Flags),
      name: name === 0 ? undefined : wideText(memory, name),
      context: memory.readPointer(at + entryOffset.EntryContext),
      defaultType: memory.readU32(at + entryOffset.DefaultType),
      defaultData: memory.readPointer(at + entryOffset.DefaultData),
      defaultLength: memory.readU32(at + entryOffset.DefaultLength),
    };
  }

  #one(key: RegistryKey, entry: Entry, context: Address): number {
    const { flags, name } = entry;
    if (name === undefined || (flags & SUBKEY) !== 0) return this.#all(key, entry, context);
    const data = key.value(name);
    const value = data === undefined ? this.#defaultOf(entry) : bytesOfData(data);
    if (value === undefined) return (flags & REQUIRED) !== 0 ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS;
    const status = this.#deliver(entry, name, value, context);
    if (NT_SUCCESS(status) && (flags & DELETE) !== 0) key.deleteValue(name);
    return status;
  }

  /** Every value of a key, or just the call that NOVALUE asks for. */
  #all(key: RegistryKey, entry: Entry, context: Address): number {
    if ((entry.flags & NOVALUE) !== 0) return this.#call(entry, undefined, undefined, context);
    const values = [...key.values()];
    if (values.length === 0 && (entry.flags & REQUIRED) !== 0) return STATUS_OBJECT_NAME_NOT_FOUND;
    for (const { name, data } of values) {
      const status = this.#deliver(entry, name, bytesOfData(data), context);
      if (!NT_SUCCESS(status)) return status;
      if ((entry.flags & DELETE) !== 0) key.deleteValue(name);
    }
    return STATUS_SUCCESS;
  }

  #defaultOf({ flags, defaultType, defaultData, defaultLength }: Entry): RegistryBytes | undefined {
    if ((flags & REQUIRED) !== 0) return undefined;
    const type = (flags & TYPECHECK) !== 0 ? defaultType & 0xff_ffff : defaultType;
    if (type === REG_NONE) return undefined;
    const { memory } = this.pool;
    if (defaultLength > 0 || type > REG_EXPAND_SZ) {
      return { type, bytes: memory.readBytes(defaultData, Math.min(defaultLength, 0x1_0000)) };
    }
    return bytesOfData({ type: type === REG_SZ ? "REG_SZ" : "REG_EXPAND_SZ", text: wideText(memory, defaultData) });
  }

  /** Texts are expanded unless the entry says not to: each of REG_MULTI_SZ by itself. */
  #deliver(entry: Entry, name: string, value: RegistryBytes, context: Address): number {
    const { flags, defaultType } = entry;
    if ((flags & TYPECHECK) !== 0 && defaultType >>> TYPE_SHIFT !== value.type) return STATUS_OBJECT_TYPE_MISMATCH;
    const expands = (flags & NOEXPAND) === 0;
    if (expands && value.type === REG_MULTI_SZ) {
      const texts = utf16Text(value.bytes).split("\0");
      for (const text of texts.slice(0, texts.indexOf(""))) {
        const status = this.#give(entry, name, bytesOfData({ type: "REG_SZ", text }), context);
        if (!NT_SUCCESS(status)) return status;
      }
      return STATUS_SUCCESS;
    }
    if (expands && value.type === REG_EXPAND_SZ) {
      const text = expand(utf16Text(value.bytes).split("\0")[0] ?? "");
      return this.#give(entry, name, bytesOfData({ type: "REG_SZ", text }), context);
    }
    return this.#give(entry, name, value, context);
  }

  #give(entry: Entry, name: string, value: RegistryBytes, context: Address): number {
    return (entry.flags & DIRECT) !== 0 ? this.#store(entry.context, value) : this.#call(entry, name, value, context);
  }

  /** QueryRoutine(ValueName, ValueType, ValueData, ValueLength, Context, EntryContext) */
  #call(entry: Entry, name: string | undefined, value: RegistryBytes | undefined, context: Address): number {
    const { memory, ke } = this.pool;
    const nameBytes = name === undefined ? 0 : (name.length + 1) * 2;
    const dataAt = Math.ceil(nameBytes / 8) * 8;
    const bytes = value?.bytes ?? new Uint8Array(0);
    const block = this.pool.ExAllocatePoolWithTag(PagedPool, dataAt + bytes.length, VALUE_TAG);
    if (block === 0) return STATUS_NO_MEMORY;
    if (name !== undefined) memory.writeUtf16(block, `${name}\0`);
    memory.writeBytes(block + dataAt, bytes);
    const [nameAt, data] = [name === undefined ? 0 : block, value === undefined ? 0 : block + dataAt];
    const parameters = [nameAt, value?.type ?? REG_NONE, data, bytes.length, context, entry.context];
    const answer = ke.routines.call(entry.routine, ...parameters);
    this.pool.ExFreePoolWithTag(block, VALUE_TAG);
    return typeof answer === "number" ? answer : STATUS_SUCCESS;
  }

  /** RTL_QUERY_REGISTRY_DIRECT: into the variable that EntryContext points to. */
  #store(target: Address, { type, bytes }: RegistryBytes): number {
    const { memory } = this.pool;
    if (type === REG_SZ || type === REG_EXPAND_SZ || type === REG_MULTI_SZ) return this.#storeText(target, bytes);
    if (bytes.length <= ULONG_BYTES) {
      memory.writeBytes(target, bytes);
      return STATUS_SUCCESS;
    }
    // The first ULONG says how much room there is: below 0 for the data alone, else for length, type and data.
    const room = memory.readI32(target);
    if (room < 0) {
      if (-room < bytes.length) return STATUS_BUFFER_TOO_SMALL;
      memory.writeBytes(target, bytes);
      return STATUS_SUCCESS;
    }
    if (room < bytes.length + 2 * ULONG_BYTES) return STATUS_BUFFER_TOO_SMALL;
    memory.writePair(target, bytes.length, type);
    memory.writeBytes(target + 2 * ULONG_BYTES, bytes);
    return STATUS_SUCCESS;
  }

  /** Into a UNICODE_STRING; without a buffer one is allocated, which the driver frees. */
  #storeText(target: Address, bytes: Uint8Array): number {
    const { memory } = this.pool;
    if (bytes.length > 0xfffe) return STATUS_BUFFER_TOO_SMALL;
    let buffer = memory.readPointer(target + 8);
    if (buffer === 0) {
      buffer = this.pool.ExAllocatePoolWithTag(PagedPool, bytes.length, VALUE_TAG);
      if (buffer === 0) return STATUS_NO_MEMORY;
      memory.writeU16(target + 2, bytes.length);
      memory.writePointer(target + 8, buffer);
    } else if (memory.readU16(target + 2) < bytes.length) return STATUS_BUFFER_TOO_SMALL;
    memory.writeBytes(buffer, bytes);
    memory.writeU16(target, Math.max(0, bytes.length - 2));
    return STATUS_SUCCESS;
  }
}

/** The environment of the kernel has the one variable that services use. */
function expand(text: string): string {
  return text.replace(/%SystemRoot%/gi, "C:\\Windows");
}
