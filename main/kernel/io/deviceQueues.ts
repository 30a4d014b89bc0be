/**
 * KDEVICE_QUEUEs (wdm.h: KeInitializeDeviceQueue, KeInsertDeviceQueue, KeRemoveDeviceQueue...): requests that wait while
 * a device is busy. Case 85: the first insertion only makes the queue busy, and the caller begins at once.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { KDEVICE_QUEUE, KDEVICE_QUEUE_ENTRY } from "../../../native-bindings/abi/structures/deviceQueue";
import { initializeListHead } from "../ke/dispatcherObjects";
import type { Ke } from "../ke/ke";
import { InsertTailList, RemoveEntryList } from "../ke/linkedLists";
import type { KernelMemory } from "../mem/kernelMemory";
import type { IoReports } from "./reports";

/** KOBJECTS.DeviceQueueObject */
const DEVICE_QUEUE_OBJECT = 20;

const { DeviceListHead: LIST, Busy: BUSY } = KDEVICE_QUEUE.offset;
const { SortKey: SORT_KEY, Inserted: INSERTED } = KDEVICE_QUEUE_ENTRY.offset;

export class DeviceQueues {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    private readonly reports: IoReports,
  ) {}

  KeInitializeDeviceQueue(queue: Address): void {
    const { memory } = this;
    memory.fill(queue, KDEVICE_QUEUE.size, 0);
    memory.writeU16(queue + KDEVICE_QUEUE.offset.Type, DEVICE_QUEUE_OBJECT);
    memory.writeU16(queue + KDEVICE_QUEUE.offset.Size, KDEVICE_QUEUE.size);
    initializeListHead(memory, queue + LIST);
  }

  /** @returns false when the queue was idle: it is busy now, and the entry is not in it */
  KeInsertDeviceQueue(queue: Address, entry: Address): boolean {
    if (!this.#becomesBusy(queue, entry)) return false;
    InsertTailList(this.memory, this.ke, queue + LIST, entry);
    return true;
  }

  /** Behind all entries whose key is not larger. @returns as KeInsertDeviceQueue */
  KeInsertByKeyDeviceQueue(queue: Address, entry: Address, sortKey: number): boolean {
    const { memory } = this;
    memory.writeU32(entry + SORT_KEY, sortKey);
    if (!this.#becomesBusy(queue, entry)) return false;
    const head = queue + LIST;
    let next = memory.readPointer(head);
    while (next !== head && memory.readU32(next + SORT_KEY) <= sortKey) next = memory.readPointer(next);
    // At the tail of the list as seen from the entry that comes after it.
    InsertTailList(memory, this.ke, next, entry);
    return true;
  }

  /** @returns whether the entry has to be put into the list */
  #becomesBusy(queue: Address, entry: Address): boolean {
    const { memory } = this;
    const isBusy = memory.readU8(queue + BUSY) !== 0;
    memory.writeU8(queue + BUSY, 1);
    memory.writeU8(entry + INSERTED, isBusy ? 1 : 0);
    return isBusy;
  }

  /** @returns the next entry; 0 when there is none, and then the queue is idle */
  KeRemoveDeviceQueue(queue: Address): Address {
    return this.#remove(queue, this.memory.readPointer(queue + LIST), "KeRemoveDeviceQueue");
  }

  /** @returns the first entry whose key is at least `sortKey`, else the first of all; 0 for none */
  KeRemoveByKeyDeviceQueue(queue: Address, sortKey: number): Address {
    const { memory } = this;
    const head = queue + LIST;
    const first = memory.readPointer(head);
    let entry = first;
    while (entry !== head && memory.readU32(entry + SORT_KEY) < sortKey) entry = memory.readPointer(entry);
    return this.#remove(queue, entry === head ? first : entry, "KeRemoveByKeyDeviceQueue");
  }

  #remove(queue: Address, entry: Address, routine: string): Address {
    const { memory } = this;
    if (memory.readU8(queue + BUSY) === 0) {
      const message = `${routine} was called for a device queue that is not busy; each call belongs to one insertion.`;
      this.reports.report("deviceQueueIdle", message);
    }
    if (entry === queue + LIST) {
      memory.writeU8(queue + BUSY, 0);
      return 0;
    }
    RemoveEntryList(memory, this.ke, entry);
    memory.writeU8(entry + INSERTED, 0);
    return entry;
  }

  /** @returns whether the entry was in a queue; it is out of it now */
  KeRemoveEntryDeviceQueue(entry: Address): boolean {
    const { memory } = this;
    if (memory.readU8(entry + INSERTED) === 0) return false;
    memory.writeU8(entry + INSERTED, 0);
    RemoveEntryList(memory, this.ke, entry);
    return true;
  }
}
