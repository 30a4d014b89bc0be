/**
 * How the caller's buffer gets to the driver and back: a system buffer, locked pages, or the raw pointer.
 * Source: "Methods for Accessing Data Buffers" (Windows Driver Kit); the cases of METHOD_BUFFERED apply alike.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { DO_BUFFERED_IO, DO_DIRECT_IO } from "../../../native-bindings/abi/deviceFlags";
import { IRP_BUFFERED_IO, IRP_DEALLOCATE_BUFFER, IRP_INPUT_OPERATION } from "../../../native-bindings/abi/irpFlags";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";
import type { IrpRecord } from "./irpRecord";
import { IoReadAccess, IoWriteAccess, type Mdls } from "./mdls";
import type { IoReports } from "./reports";

/** Of NT_ERROR: severities 0, 1 and 2 copy data back, warnings such as STATUS_BUFFER_OVERFLOW included. */
const FIRST_ERROR = 0xc000_0000;
/** The tag of the I/O manager's system buffers. */
const SYSTEM_BUFFER_TAG = "IoSB";

const field = IRP.offset;

export class Transfers {
  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly mdls: Mdls,
    private readonly reports: IoReports,
  ) {}

  /**
   * Sets an IRP up for a read into `buffer` or a write from it. On failure nothing is left for the caller to free.
   * @param deviceFlags of the device that the IRP is sent to
   */
  prepare(irp: Address, record: IrpRecord, deviceFlags: number, buffer: Address, isRead: boolean): number {
    const { memory } = this;
    memory.writePointer(irp + field.UserBuffer, buffer);
    if ((deviceFlags & DO_BUFFERED_IO) !== 0) return this.prepareBuffered(irp, record.length, buffer, isRead);
    if ((deviceFlags & DO_DIRECT_IO) !== 0) return this.#prepareDirect(irp, record, buffer, isRead);
    return STATUS_SUCCESS;
  }

  /** A length of 0 gives no buffer. What a read finds in it is old pool, as on NT. */
  prepareBuffered(irp: Address, length: number, buffer: Address, isRead: boolean): number {
    const { memory } = this;
    const flags = memory.readU32(irp + field.Flags) | IRP_BUFFERED_IO | (isRead ? IRP_INPUT_OPERATION : 0);
    if (length === 0) {
      memory.writeU32(irp + field.Flags, flags);
      return STATUS_SUCCESS;
    }
    const systemBuffer = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, length, SYSTEM_BUFFER_TAG);
    if (systemBuffer === 0) return STATUS_INSUFFICIENT_RESOURCES;
    if (!isRead) memory.copy(systemBuffer, buffer, length);
    memory.writePointer(irp + field.SystemBuffer, systemBuffer);
    memory.writeU32(irp + field.Flags, flags | IRP_DEALLOCATE_BUFFER);
    return STATUS_SUCCESS;
  }

  #prepareDirect(irp: Address, record: IrpRecord, buffer: Address, isRead: boolean): number {
    if (record.length === 0) return STATUS_SUCCESS;
    const mdl = this.mdls.IoAllocateMdl(buffer, record.length);
    if (mdl === 0) return STATUS_INSUFFICIENT_RESOURCES;
    const status = this.mdls.MmProbeAndLockPages(mdl, record.process, isRead ? IoWriteAccess : IoReadAccess);
    if (status !== STATUS_SUCCESS) this.mdls.IoFreeMdl(mdl);
    else this.memory.writePointer(irp + field.MdlAddress, mdl);
    return status;
  }

  /** The end of a request: data to the caller, buffers freed. */
  finish(irp: Address, record: IrpRecord): void {
    const { memory } = this;
    const flags = memory.readU32(irp + field.Flags);
    if ((flags & IRP_BUFFERED_IO) !== 0) this.#finishBuffered(irp, record, flags);
    const mdl = memory.readPointer(irp + field.MdlAddress);
    if (mdl !== 0) {
      memory.writePointer(irp + field.MdlAddress, 0);
      this.mdls.release(mdl);
    }
  }

  #finishBuffered(irp: Address, record: IrpRecord, flags: number): void {
    const { memory } = this;
    const systemBuffer = memory.readPointer(irp + field.SystemBuffer);
    if (systemBuffer === 0) return;
    if ((flags & IRP_INPUT_OPERATION) !== 0 && record.status < FIRST_ERROR && record.information !== 0) {
      this.#copyBack(systemBuffer, memory.readPointer(irp + field.UserBuffer), record);
    }
    if ((flags & IRP_DEALLOCATE_BUFFER) === 0) return;
    memory.writePointer(irp + field.SystemBuffer, 0);
    this.pool.ExFreePoolWithTag(systemBuffer, SYSTEM_BUFFER_TAG);
  }

  /** In the address space of the process that asked, whichever runs now. It may have freed the buffer meanwhile. */
  #copyBack(systemBuffer: Address, buffer: Address, record: IrpRecord): void {
    const { memory } = this;
    const { information, length } = record;
    const isTooLarge = information < 0 || information > length;
    if (isTooLarge) this.reports.informationTooLarge(record.device, information, length);
    const count = isTooLarge ? length : information;
    const before = memory.translation.user;
    const { space } = record;
    if (space !== before) memory.attachUser(space);
    if (memory.pages.allows(buffer, count, "write")) memory.copy(buffer, systemBuffer, count);
    else record.status = STATUS_ACCESS_VIOLATION;
    if (space !== before) memory.attachUser(before);
  }
}
