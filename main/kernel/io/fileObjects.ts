/**
 * FILE_OBJECTs from the I/O manager's side (wdm.h): made by an open, told of their last handle (IRP_MJ_CLEANUP) and
 * their last reference (IRP_MJ_CLOSE).
 */

import type { Address } from "../../../native-bindings/abi/address";
import { FO_CLEANUP_COMPLETE } from "../../../native-bindings/abi/fileObjectFlags";
import { IO_TYPE_FILE } from "../../../native-bindings/abi/ioTypes";
import { IRP_CLOSE_OPERATION } from "../../../native-bindings/abi/irpFlags";
import { IRP_MJ_CLEANUP, IRP_MJ_CLOSE } from "../../../native-bindings/abi/irpFunctions";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Pool } from "../ex/pool";
import {
  initializeListHead,
  KeInitializeEvent,
  NotificationEvent,
  SynchronizationEvent,
} from "../ke/dispatcherObjects";
import { DISPATCH_LEVEL, type Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";
import { setUnicodeString } from "../mem/unicodeString";
import type { ObjectManager } from "../ob/objectManager";
import type { Devices } from "./devices";
import type { IoReports } from "./reports";
import type { IoRequests } from "./requests";

const field = FILE_OBJECT.offset;
const FILE_NAME_TAG = "IoNm";

export class FileObjects {
  /** Told of a file that goes. */
  whenReleased: (file: Address) => void = () => undefined;

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ob: ObjectManager,
    private readonly devices: Devices,
    private readonly requests: IoRequests,
    private readonly reports: IoReports,
    private readonly ke: Ke,
    /** Runs something soon, at PASSIVE_LEVEL in a thread of the system's. */
    private readonly inSystemThread: (action: () => void) => void,
  ) {}

  /** Fills in a fresh, zeroed body. @returns false when there is no pool for the name */
  initialize(file: Address, device: Address, relatedFile: Address, name: string, flags: number): boolean {
    const { memory } = this;
    memory.writeU16(file + field.Type, IO_TYPE_FILE);
    memory.writeU16(file + field.Size, FILE_OBJECT.size);
    memory.writePointer(file + field.RelatedFileObject, relatedFile);
    memory.writeU32(file + field.Flags, flags);
    KeInitializeEvent(memory, file + field.Lock, SynchronizationEvent, false);
    KeInitializeEvent(memory, file + field.Event, NotificationEvent, false);
    initializeListHead(memory, file + field.IrpList);
    if (name !== "" && !this.#setName(file, name)) return false;
    memory.writePointer(file + field.DeviceObject, device);
    return true;
  }

  #setName(file: Address, name: string): boolean {
    const buffer = this.pool.ExAllocatePoolWithTag(PagedPool, name.length * 2, FILE_NAME_TAG);
    if (buffer === 0) return false;
    this.memory.writeUtf16(buffer, name);
    setUnicodeString(this.memory, file + field.FileName, buffer, name.length * 2);
    return true;
  }

  /** The device that requests for the file go to: IoGetRelatedDeviceObject. */
  relatedDevice(file: Address): Address {
    return this.devices.records.top(this.memory.readPointer(file + field.DeviceObject));
  }

  /** The close procedure of the type File. */
  didCloseHandle(file: Address, systemHandleCount: number): void {
    if (systemHandleCount !== 1 || this.memory.readPointer(file + field.DeviceObject) === 0) return;
    const record = this.requests.create(this.relatedDevice(file), file, IRP_MJ_CLEANUP);
    if (record === undefined) return;
    this.memory.writeU32(record.irp + IRP.offset.Flags, IRP_CLOSE_OPERATION);
    this.#addFlags(file, FO_CLEANUP_COMPLETE);
    this.requests.send(record);
    if (record.isOver) return;
    // The file lives on until the driver has cleaned up, so that IRP_MJ_CLOSE comes after it.
    this.ob.ObReferenceObject(file);
    record.finish = () => this.ob.ObDereferenceObject(file);
  }

  /**
   * The delete procedure of the type File: the last reference is gone. The driver's answer does not matter, but the file
   * stays until it has come.
   */
  beginDelete(file: Address): boolean {
    const device = this.memory.readPointer(file + field.DeviceObject);
    if (device !== 0 && this.#sendClose(file, device)) return true;
    this.#release(file, device);
    return false;
  }

  #release(file: Address, device: Address): void {
    const { memory } = this;
    this.whenReleased(file);
    const name = memory.readPointer(file + field["FileName.Buffer"]);
    // Whatever its tag: a driver that answers STATUS_REPARSE puts a buffer of its own there.
    if (name !== 0) this.pool.ExFreePoolWithTag(name);
    if (device !== 0) this.devices.dereference(device);
  }

  /** @returns whether it ends later */
  #sendClose(file: Address, device: Address): boolean {
    const whenClosed = () => {
      this.#release(file, device);
      this.ob.store.destroy(file);
    };
    if (this.ke.irql >= DISPATCH_LEVEL) {
      // A driver is called at PASSIVE_LEVEL for it: NT hands such objects to a system thread too.
      this.inSystemThread(() => {
        if (!this.#sendCloseNow(file, whenClosed)) whenClosed();
      });
      return true;
    }
    return this.#sendCloseNow(file, whenClosed);
  }

  #sendCloseNow(file: Address, whenClosed: () => void): boolean {
    const top = this.relatedDevice(file);
    const record = this.requests.create(top, file, IRP_MJ_CLOSE);
    if (record === undefined) return false;
    this.memory.writeU32(record.irp + IRP.offset.Flags, IRP_CLOSE_OPERATION);
    this.requests.send(record);
    if (record.isOver) return false;
    if (!record.isRunning && !record.done) this.reports.closePended(top);
    record.finish = whenClosed;
    return true;
  }

  #addFlags(file: Address, flags: number): void {
    const at = file + field.Flags;
    this.memory.writeU32(at, this.memory.readU32(at) | flags);
  }
}
