/**
 * Memory descriptor lists (wdm.h: IoAllocateMdl, MmProbeAndLockPages, MmGetSystemAddressForMdlSafe...): a caller's
 * buffer by its physical pages, so that a driver reaches it from any process, and although it is unmapped meanwhile.
 */

import type { Address } from "../../../native-bindings/abi/address";
import {
  MDL_MAPPED_TO_SYSTEM_VA,
  MDL_PAGES_LOCKED,
  MDL_SOURCE_IS_NONPAGED_POOL,
  MDL_WRITE_OPERATION,
} from "../../../native-bindings/abi/mdlFlags";
import { STATUS_ACCESS_VIOLATION, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { MDL } from "../../../native-bindings/abi/structures/mdl";
import type { Pool } from "../ex/pool";
import { PAGE_SIZE } from "../mem/frames";
import type { KernelMemory } from "../mem/kernelMemory";
import { SYSTEM_PTE_REGION } from "../mem/regions";

const field = MDL.offset;
const MDL_TAG = "Mdl ";
const PFN_SIZE = 8;

/** LOCK_OPERATION (wdm.h): what the device does to the buffer. */
export const IoReadAccess = 0;
export const IoWriteAccess = 1;
export type LockOperation = typeof IoReadAccess | typeof IoWriteAccess;

export class Mdls {
  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
  ) {}

  /** @returns 0 when the pool is exhausted. The pages are not looked at yet. */
  IoAllocateMdl(virtualAddress: Address, length: number): Address {
    const { memory } = this;
    const offset = virtualAddress & (PAGE_SIZE - 1);
    const size = MDL.size + pageCount(offset, length) * PFN_SIZE;
    const mdl = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, size, MDL_TAG);
    if (mdl === 0) return 0;
    memory.fill(mdl, MDL.size, 0);
    memory.writeU16(mdl + field.Size, size);
    memory.writePointer(mdl + field.StartVa, virtualAddress - offset);
    memory.writeU32(mdl + field.ByteCount, length);
    memory.writeU32(mdl + field.ByteOffset, offset);
    return mdl;
  }

  /**
   * In the context of the process that the buffer belongs to.
   * @returns STATUS_ACCESS_VIOLATION where NT raises it
   */
  MmProbeAndLockPages(mdl: Address, process: Address, operation: LockOperation): number {
    const { memory } = this;
    const start = this.MmGetMdlVirtualAddress(mdl);
    const length = this.MmGetMdlByteCount(mdl);
    if (!memory.pages.allows(start, length, operation === IoWriteAccess ? "write" : "read")) {
      return STATUS_ACCESS_VIOLATION;
    }
    const frames = memory.pages.lock(memory.readPointer(mdl + field.StartVa), this.#pages(mdl));
    for (const [index, frame] of frames.entries()) memory.writePointer(mdl + MDL.size + index * PFN_SIZE, frame);
    memory.writePointer(mdl + field.Process, process);
    this.#setFlags(mdl, MDL_PAGES_LOCKED | (operation === IoWriteAccess ? MDL_WRITE_OPERATION : 0), 0);
    return STATUS_SUCCESS;
  }

  /** For a buffer in nonpaged pool: it needs neither locking nor mapping. */
  MmBuildMdlForNonPagedPool(mdl: Address): void {
    this.memory.writePointer(mdl + field.MappedSystemVa, this.MmGetMdlVirtualAddress(mdl));
    this.#setFlags(mdl, MDL_SOURCE_IS_NONPAGED_POOL, 0);
  }

  /** @returns a kernel address of the buffer, the same each time; 0 when there is no room to map it */
  MmGetSystemAddressForMdlSafe(mdl: Address): Address {
    const { memory } = this;
    const flags = this.#flags(mdl);
    if ((flags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) !== 0) {
      return memory.readPointer(mdl + field.MappedSystemVa);
    }
    const protection = { write: true };
    const base = memory.pages.mapLocked(SYSTEM_PTE_REGION, this.#frames(mdl), protection);
    if (base === undefined) return 0;
    const address = base + memory.readU32(mdl + field.ByteOffset);
    memory.writePointer(mdl + field.MappedSystemVa, address);
    this.#setFlags(mdl, MDL_MAPPED_TO_SYSTEM_VA, 0);
    return address;
  }

  MmUnlockPages(mdl: Address): void {
    const { memory } = this;
    const flags = this.#flags(mdl);
    if ((flags & MDL_MAPPED_TO_SYSTEM_VA) !== 0) {
      const mapped = memory.readPointer(mdl + field.MappedSystemVa);
      memory.pages.unmapLocked(SYSTEM_PTE_REGION, mapped - (mapped & (PAGE_SIZE - 1)), this.#pages(mdl));
    }
    if ((flags & MDL_PAGES_LOCKED) !== 0) memory.pages.unlock(this.#frames(mdl));
    this.#setFlags(mdl, 0, MDL_MAPPED_TO_SYSTEM_VA | MDL_PAGES_LOCKED | MDL_WRITE_OPERATION);
  }

  IoFreeMdl(mdl: Address): void {
    this.pool.ExFreePoolWithTag(mdl, MDL_TAG);
  }

  /** Unlocks and frees a chain of MDLs, as completing an IRP does. */
  release(first: Address): void {
    for (let mdl = first; mdl !== 0; ) {
      const next = this.memory.readPointer(mdl + field.Next);
      this.MmUnlockPages(mdl);
      this.IoFreeMdl(mdl);
      mdl = next;
    }
  }

  MmGetMdlByteCount(mdl: Address): number {
    return this.memory.readU32(mdl + field.ByteCount);
  }

  MmGetMdlByteOffset(mdl: Address): number {
    return this.memory.readU32(mdl + field.ByteOffset);
  }

  MmGetMdlVirtualAddress(mdl: Address): Address {
    return this.memory.readPointer(mdl + field.StartVa) + this.memory.readU32(mdl + field.ByteOffset);
  }

  #pages(mdl: Address): number {
    return pageCount(this.MmGetMdlByteOffset(mdl), this.MmGetMdlByteCount(mdl));
  }

  #frames(mdl: Address): number[] {
    return Array.from({ length: this.#pages(mdl) }, (_, index) =>
      this.memory.readPointer(mdl + MDL.size + index * PFN_SIZE),
    );
  }

  #flags(mdl: Address): number {
    return this.memory.readU16(mdl + field.MdlFlags);
  }

  #setFlags(mdl: Address, set: number, clear: number): void {
    this.memory.writeU16(mdl + field.MdlFlags, (this.#flags(mdl) & ~clear) | set);
  }
}

function pageCount(offset: number, length: number): number {
  return Math.ceil((offset + length) / PAGE_SIZE);
}
