/**
 * Remove locks (wdm.h: IoInitializeRemoveLock, IoAcquireRemoveLock, IoReleaseRemoveLock, IoReleaseRemoveLockAndWait): a
 * device that is going waits for those who use it. Case 103: afterwards nobody gets in. As in a checked build, the tags
 * are kept, and what does not fit is said.
 */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { STATUS_DELETE_PENDING, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { IO_REMOVE_LOCK, IO_REMOVE_LOCK_COMMON_BLOCK } from "../../../native-bindings/abi/structures/sync";
import type { MayWait } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import { KeInitializeEvent, SynchronizationEvent } from "../ke/dispatcherObjects";
import type { KernelMemory } from "../mem/kernelMemory";
import type { IoReports } from "./reports";

const field = IO_REMOVE_LOCK_COMMON_BLOCK.offset;

export class RemoveLocks {
  /** Tags of those who hold a lock, in the order in which they came. */
  readonly #tags = new Map<Address, Address[]>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly dispatcher: Dispatcher,
    private readonly reports: IoReports,
    /** Tags are IRPs as a rule: one that is under way will release the lock. */
    private readonly isLiveIrp: (tag: Address) => boolean,
  ) {}

  /** @param lock IO_REMOVE_LOCK, 0x20 bytes in a device extension */
  IoInitializeRemoveLock(lock: Address): void {
    const { memory } = this;
    memory.fill(lock, IO_REMOVE_LOCK.size, 0);
    memory.writeI32(lock + field.IoCount, 1);
    KeInitializeEvent(memory, lock + field.RemoveEvent, SynchronizationEvent, false);
    this.#tags.set(lock, []);
  }

  /** @returns STATUS_DELETE_PENDING once the device is going: then nothing is held */
  IoAcquireRemoveLock(lock: Address, tag: Address): number {
    const { memory } = this;
    if (memory.readU8(lock + field.Removed) !== 0) return STATUS_DELETE_PENDING;
    this.#count(lock, 1);
    this.#tags.get(lock)?.push(tag);
    return STATUS_SUCCESS;
  }

  IoReleaseRemoveLock(lock: Address, tag: Address): void {
    this.#forget(lock, tag, "IoReleaseRemoveLock");
    if (this.#count(lock, -1) > 0) return;
    const { memory } = this;
    if (memory.readU8(lock + field.Removed) !== 0) {
      this.dispatcher.KeSetEvent(lock + field.RemoveEvent);
      return;
    }
    const message =
      `IoReleaseRemoveLock: remove lock ${addressToHex(lock)} was released more often than it was acquired. ` +
      "Release it once for each IoAcquireRemoveLock that answered STATUS_SUCCESS.";
    this.reports.report("removeLockOverReleased", message);
  }

  /** For IRP_MN_REMOVE_DEVICE: lets nobody in any more and waits until all the others have released it. */
  IoReleaseRemoveLockAndWait(lock: Address, tag: Address): MayWait<number> {
    this.memory.writeU8(lock + field.Removed, 1);
    this.#forget(lock, tag, "IoReleaseRemoveLockAndWait");
    // Its own, and the one that the lock had from the start.
    this.#count(lock, -1);
    if (this.#count(lock, -1) <= 0) return STATUS_SUCCESS;
    this.#reportLeaks(lock);
    return this.dispatcher.KeWaitForSingleObject(lock + field.RemoveEvent);
  }

  #reportLeaks(lock: Address): void {
    const leaked = (this.#tags.get(lock) ?? []).filter((tag) => !this.isLiveIrp(tag)).map((tag) => addressToHex(tag));
    if (leaked.length === 0) return;
    const message =
      `IoReleaseRemoveLockAndWait: remove lock ${addressToHex(lock)} is still held with tag ${leaked.join(", ")}, and ` +
      "that is no IRP under way. The removal waits until IoReleaseRemoveLock is called with it.";
    this.reports.report("removeLockLeaked", message);
  }

  #forget(lock: Address, tag: Address, routine: string): void {
    const tags = this.#tags.get(lock);
    const at = tags?.indexOf(tag) ?? -1;
    if (at >= 0) tags?.splice(at, 1);
    else {
      const message =
        `${routine}: remove lock ${addressToHex(lock)} is not held with tag ${addressToHex(tag)}; a checked build of ` +
        "Windows asserts. Release it with the tag that it was acquired with.";
      this.reports.report("removeLockTag", message);
    }
  }

  #count(lock: Address, by: 1 | -1): number {
    const at = lock + field.IoCount;
    const count = this.memory.readI32(at) + by;
    this.memory.writeI32(at, count);
    return count;
  }
}
