/** DRIVER_OBJECTs: making one for an image, and taking it away with its last reference. */

import type { Address } from "../../../native-bindings/abi/address";
import { DRVO_LEGACY_DRIVER } from "../../../native-bindings/abi/driverFlags";
import { IO_TYPE_DRIVER } from "../../../native-bindings/abi/ioTypes";
import { IRP_MJ_MAXIMUM_FUNCTION } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_INSUFFICIENT_RESOURCES, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { OBJ_CASE_INSENSITIVE, OBJ_KERNEL_HANDLE, OBJ_PERMANENT } from "../../../native-bindings/abi/objectAttributes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { DRIVER_EXTENSION, DRIVER_OBJECT } from "../../../native-bindings/abi/structures/driverObject";
import type { Pool } from "../ex/pool";
import type { Ke } from "../ke/ke";
import type { KernelModule } from "../ke/routines";
import type { KernelMemory } from "../mem/kernelMemory";
import { setUnicodeString, UNICODE_STRING_SIZE } from "../mem/unicodeString";
import type { ObjectManager } from "../ob/objectManager";
import { type DriverRecord, RecordIndex } from "./driverRecord";
import type { IoTypes } from "./types";

const POINTER_SIZE = 8;
const STRING_TAG = "IoDr";
const HARDWARE_DATABASE = "\\REGISTRY\\MACHINE\\HARDWARE\\DESCRIPTION\\SYSTEM";

const field = DRIVER_OBJECT.offset;

export class DriverObjects {
  readonly #records = new Map<Address, DriverRecord>();
  /** By names and by image paths: a boot asks for each driver whether it is there already. */
  readonly #byName = new RecordIndex();
  readonly #byImage = new RecordIndex();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ke: Ke,
    private readonly ob: ObjectManager,
    private readonly types: () => IoTypes,
    /** IopInvalidDeviceRequest: what every major function is until the driver sets it. */
    private readonly invalidRequest: Address,
  ) {}

  get all(): IterableIterator<DriverRecord> {
    return this.#records.values();
  }

  find(driverObject: Address): DriverRecord | undefined {
    return this.#records.get(driverObject);
  }

  /** Without regard to case. More than one when an older one lives on without its name. */
  named(name: string): readonly DriverRecord[] {
    return this.#byName.find(name);
  }

  /** The drivers whose code comes from this file, without regard to case. */
  ofImage(imagePath: string): readonly DriverRecord[] {
    return this.#byImage.find(imagePath);
  }

  /** The driver whose image an address lies in. */
  byModule(name: string): DriverRecord | undefined {
    for (const record of this.#records.values()) if (record.module.name === name) return record;
    return undefined;
  }

  /** In the namespace before DriverEntry runs, so that the driver finds itself. */
  create(
    details: Omit<DriverRecord, "object" | "strings" | "links">,
    init: Address,
  ): { status: number; object: Address } {
    const created = this.ob.ObCreateObject(
      this.types().driver,
      { name: details.name, attributes: OBJ_PERMANENT | OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE },
      DRIVER_OBJECT.size + DRIVER_EXTENSION.size,
    );
    if (created.status !== STATUS_SUCCESS) return created;
    const { object } = created;
    const strings = this.#initialize(object, details.module, details.name, init);
    // The delete procedure frees the strings and the image from here on.
    this.#remember({ ...details, object, strings: strings ?? [], links: new Map() });
    if (strings === undefined) {
      this.ob.discard(object);
      return { status: STATUS_INSUFFICIENT_RESOURCES, object: 0 };
    }
    const inserted = this.ob.ObInsertObject(object, 0, { createHandle: false });
    return { status: inserted.status, object: inserted.status === STATUS_SUCCESS ? object : 0 };
  }

  #remember(record: DriverRecord): void {
    this.#records.set(record.object, record);
    this.#byName.add(record.name, record);
    this.#byImage.add(record.imagePath, record);
  }

  #initialize(object: Address, module: KernelModule, name: string, init: Address): Address[] | undefined {
    const { memory } = this;
    const extension = object + DRIVER_OBJECT.size;
    memory.writeU16(object + field.Type, IO_TYPE_DRIVER);
    memory.writeU16(object + field.Size, DRIVER_OBJECT.size);
    memory.writeU32(object + field.Flags, DRVO_LEGACY_DRIVER);
    memory.writePointer(object + field.DriverStart, module.base);
    memory.writeU32(object + field.DriverSize, module.size);
    memory.writePointer(object + field.DriverExtension, extension);
    memory.writePointer(object + field.DriverInit, init);
    memory.writePointer(extension + DRIVER_EXTENSION.offset.DriverObject, object);
    this.repair(object, true);
    return this.#strings(object, extension, name);
  }

  #strings(object: Address, extension: Address, name: string): Address[] | undefined {
    const database = this.newString(HARDWARE_DATABASE);
    const driverName = this.newString(name);
    const keyName = this.newString(name.slice(name.lastIndexOf("\\") + 1));
    const strings = [database, driverName, keyName].filter((address) => address !== 0);
    if (strings.length < 3) {
      for (const address of strings) this.freeString(address);
      return undefined;
    }
    const { memory } = this;
    memory.writePointer(object + field.HardwareDatabase, database);
    memory.copy(object + field.DriverName, driverName, UNICODE_STRING_SIZE);
    memory.copy(extension + DRIVER_EXTENSION.offset.ServiceKeyName, keyName, UNICODE_STRING_SIZE);
    return strings;
  }

  /** A UNICODE_STRING with its text in pool; 0 when that is exhausted. */
  newString(text: string): Address {
    const size = UNICODE_STRING_SIZE + text.length * 2 + 2;
    const at = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, size, STRING_TAG);
    if (at === 0) return 0;
    const buffer = at + UNICODE_STRING_SIZE;
    setUnicodeString(this.memory, at, buffer, text.length * 2, text.length * 2 + 2);
    this.memory.writeUtf16(buffer, `${text}\0`);
    return at;
  }

  freeString(at: Address): void {
    if (at !== 0) this.pool.ExFreePoolWithTag(at, STRING_TAG);
  }

  /** Major functions that are NULL get the kernel's own answer; with `all`, every one. */
  repair(object: Address, all: boolean): void {
    for (let major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++) {
      const at = object + field.MajorFunction + major * POINTER_SIZE;
      if (all || this.memory.readPointer(at) === 0) this.memory.writePointer(at, this.invalidRequest);
    }
  }

  flags(object: Address): number {
    return this.memory.readU32(object + field.Flags);
  }

  addFlags(object: Address, flags: number): void {
    this.memory.writeU32(object + field.Flags, this.flags(object) | flags);
  }

  /** The delete procedure of the type Driver: now the image goes. */
  delete(object: Address): void {
    const record = this.#records.get(object);
    if (record === undefined) return;
    this.#records.delete(object);
    this.#byName.remove(record.name, record);
    this.#byImage.remove(record.imagePath, record);
    for (const address of record.strings) this.freeString(address);
    this.ke.routines.removeModule(record.module);
  }
}
